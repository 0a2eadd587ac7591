"""What somebody asks of a run: keys that are known, and intervals that can be meant."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.runs.run_configuration import wanted_full_refresh, wanted_interval, wanted_loss, why_refused

GROWS = SummaryTable(table="t", schema="analytics", main_sql="SELECT 1", refresh=Refresh(strategy="append"))
FORBIDDEN = SummaryTable(
    table="t", schema="analytics", main_sql="SELECT 1", refresh=Refresh(strategy="append"), full_refresh=False
)
KEYS = "`full_refresh`, `may_lose_rows`, `roll_back_to`, `data_interval_start` and `data_interval_end`"


@pytest.mark.parametrize(
    ("configuration", "words"),
    [
        (
            {"full_refersh": True},
            "The configuration of this run has `full_refersh`, which means nothing. Write `full_refresh`. "
            "Nothing was done.",
        ),
        (
            {"Data interval begin": "2026-11-21"},
            "The configuration of this run has `Data interval begin`, which means nothing. Write "
            "`data_interval_start`. Nothing was done.",
        ),
        (
            {"ticket": 12},
            f"The configuration of this run has `ticket`, which means nothing. It can have {KEYS}. Nothing was done.",
        ),
        (
            {"data_interval_start": "2026-11-21"},
            "`data_interval_end` in the configuration of this run is missing beside the other one. "
            'Write it like "2026-11-21 03:00 UTC".',
        ),
        (
            {"data_interval_start": "yesterday", "data_interval_end": "2026-11-21"},
            '`data_interval_start` in the configuration of this run is "yesterday", which is no date or time. '
            'Write it like "2026-11-21 03:00 UTC".',
        ),
        (
            {"data_interval_start": "2026-11-21", "data_interval_end": "2026-11-21 00:00 UTC"},
            "`data_interval_end` in the configuration of this run is not later than `data_interval_start`.",
        ),
        (
            {"data_interval_start": "2026-11-21", "data_interval_end": "2026-11-22", "full_refresh": True},
            "The configuration of this run asks for both an interval and `full_refresh`. Start a run with one of them.",
        ),
        (
            {"data_interval_start": "2026-11-21", "data_interval_end": "2026-11-22", "rollback": "x"},
            "The configuration of this run asks for both an interval and a roll-back. Start a run with one of them.",
        ),
    ],
)
def test_what_means_nothing_is_refused(configuration: dict[str, Any], words: str) -> None:
    assert why_refused(configuration, GROWS) == words


@pytest.mark.parametrize(
    "configuration",
    [None, {}, {"Full refresh": "yes"}, {"full_refresh": True, "may-lose-rows": True}, {"rollback": "2026-11-21"}],
)
def test_what_is_known_is_not(configuration: dict[str, Any] | None) -> None:
    assert why_refused(configuration, GROWS) == ""


@pytest.mark.parametrize(
    "start", ["2026-11-21 03:00 UTC", "2026-11-21T03:00Z", "2026-11-21 03:00", "2026-11-21T04:00+01:00"]
)
def test_times_are_utc_unless_they_say_otherwise(start: str) -> None:
    configuration = {"data interval start": start, "DATA_INTERVAL_END": "2026-11-22"}
    found = datetime(2026, 11, 21, 3, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
    assert (why_refused(configuration, GROWS), wanted_interval(configuration, "UTC")) == ("", found)


@pytest.mark.parametrize(
    "start",
    ["2026-11-21 12:00", "2026-11-21 12:00 Asia/Seoul", "2026-11-20 19:00 America/Los_Angeles", "2026-11-21T03:00Z"],
)
def test_times_are_those_of_the_zone_of_the_table_unless_they_say_otherwise(start: str) -> None:
    configuration = {"data_interval_start": start, "data_interval_end": "2026-11-22"}
    found = datetime(2026, 11, 21, 3, tzinfo=UTC), datetime(2026, 11, 21, 15, tzinfo=UTC)
    table = replace(GROWS, timezone="Asia/Seoul")
    assert (why_refused(configuration, table), wanted_interval(configuration, "Asia/Seoul")) == ("", found)


def test_a_time_that_clocks_show_twice_or_never_is_asked_for_again() -> None:
    table = replace(GROWS, timezone="Europe/Berlin")
    twice = {"data_interval_start": "2026-10-25 02:30", "data_interval_end": "2026-10-26"}
    assert why_refused(twice, table) == (
        '`data_interval_start` in the configuration of this run is "2026-10-25 02:30", which clocks show twice. Write '
        '"2026-10-25 02:30+02:00 Europe/Berlin" or "2026-10-25 02:30+01:00 Europe/Berlin".'
    )
    for meant in ("2026-10-25 02:30+02:00 Europe/Berlin", "2026-10-25 02:30+01:00 Europe/Berlin"):
        assert why_refused({**twice, "data_interval_start": meant}, table) == ""
    never = {"data_interval_start": "2026-03-29 02:30", "data_interval_end": "2026-03-30"}
    assert why_refused(never, table) == (
        '`data_interval_start` in the configuration of this run is "2026-03-29 02:30", which is no date or time. Write '
        'it like "2026-11-21 03:00 Europe/Berlin".'
    )


def test_a_file_can_forbid_a_full_refresh() -> None:
    assert why_refused({"full_refresh": True}, FORBIDDEN) == (
        "analytics.t may not be built anew as a whole: its file or `defaults.yaml` says `full_refresh: false`. "
        "Nothing was done."
    )
    assert why_refused({"full_refresh": False}, FORBIDDEN) == why_refused({"full_refresh": True}, GROWS) == ""


def test_loss_is_asked_for_by_name() -> None:
    assert wanted_loss({"full_refresh": True, "may_lose_rows": True})
    assert not wanted_loss({"full_refresh": True})


@pytest.mark.parametrize("key", ["full_refresh", "full refresh", "Full Refresh", "fullrefresh", "FULL-REFRESH"])
@pytest.mark.parametrize("value", [True, "true", "True ", "yes", 1, "on"])
def test_a_full_refresh_however_it_is_spelt(key: str, value: object) -> None:
    assert wanted_full_refresh({"other": 1, key: value})
    assert why_refused({key: value}, GROWS) == ""


@pytest.mark.parametrize(
    "configuration", [None, {}, {"full_refresh": False}, {"full_refresh": "no"}, {"full_refresh": None}]
)
def test_any_other_run_is_none(configuration: dict[str, object] | None) -> None:
    assert not wanted_full_refresh(configuration)
    assert why_refused(configuration, GROWS) == ""
    assert why_refused({**(configuration or {}), "roll_back_to": "2026-11-21"}, GROWS) == ""


@pytest.mark.parametrize("value", ["maybe", "2026-01-01", ["x"], "하루"])
def test_value_that_means_neither_is_refused(value: object) -> None:
    words = f'`full_refresh` in the configuration of this run is "{str(value).lower()}"; it can be true or false.'
    assert why_refused({"full_refresh": value}, GROWS) == words
    assert not wanted_full_refresh({"full_refresh": value})


def test_building_and_rolling_back_at_once_is_refused() -> None:
    assert why_refused({"Full refresh": True, "roll_back_to": "2026-11-21"}, GROWS) == (
        "The configuration of this run asks for both `full_refresh`, which builds the table, and a roll-back, "
        "which builds nothing. Start a run with one of them."
    )
