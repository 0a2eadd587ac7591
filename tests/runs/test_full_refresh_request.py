"""How a run is asked to build the whole table."""

from datetime import UTC, datetime

import pytest

from summary_tables.model.table import Refresh
from summary_tables.runs.full_refresh_request import first_moment, refusal, wanted_full_refresh


@pytest.mark.parametrize("key", ["full_refresh", "full refresh", "Full Refresh", "fullrefresh", "FULL-REFRESH"])
@pytest.mark.parametrize("value", [True, "true", "True ", "yes", 1, "on"])
def test_key_and_value_however_they_are_spelt(key: str, value: object) -> None:
    assert wanted_full_refresh({"other": 1, key: value})
    assert refusal({"other": 1, key: value}, rolls_back=False) == ""


@pytest.mark.parametrize(
    "configuration", [None, {}, {"full_refresh": False}, {"full_refresh": "no"}, {"full_refresh": None}, {"full": True}]
)
def test_any_other_run(configuration: dict[str, object] | None) -> None:
    assert not wanted_full_refresh(configuration)
    assert refusal(configuration, rolls_back=False) == ""
    assert refusal(configuration, rolls_back=True) == ""


@pytest.mark.parametrize("value", ["maybe", "2026-01-01", ["x"], "하루"])
def test_value_that_means_neither_is_refused(value: object) -> None:
    words = f'`full_refresh` in the configuration of this run is "{str(value).lower()}"; it can be true or false.'
    assert refusal({"full_refresh": value}, rolls_back=False) == words
    assert not wanted_full_refresh({"full_refresh": value})


def test_building_and_rolling_back_at_once_is_refused() -> None:
    assert refusal({"Full refresh": True}, rolls_back=True) == (
        "The configuration of this run asks for both `full_refresh`, which builds the table, and a roll-back, "
        "which builds nothing. Start a run with one of them."
    )


def test_begins_where_the_table_begins() -> None:
    start = datetime(2026, 1, 31, tzinfo=UTC)
    assert first_moment(Refresh(strategy="append", start=start)) == start
    assert first_moment(Refresh(strategy="append")) == datetime(2000, 1, 1, tzinfo=UTC)
