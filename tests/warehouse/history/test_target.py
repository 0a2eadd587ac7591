"""Which version is meant: by a run's id, by when it was due, or by nothing at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from summary_tables.model.build import Build, RollBack
from summary_tables.model.table import SummaryTable
from summary_tables.model.version import Version, VersionState
from summary_tables.warehouse.history.target import version_before, version_of_run
from summary_tables.warehouse.history.versions import sent_back
from summary_tables.warehouse.session.errors import WarehouseError

NAME = "analytics.daily"
TABLE = SummaryTable(table="daily", schema="analytics")


def at(day: int, second: int = 0) -> datetime:
    return datetime(2026, 11, day, 3, 0, second, 123456 if second else 0, tzinfo=UTC)


def version(day: int, state: VersionState = "published", second: int = 0, **changes: object) -> Version:
    moment = at(day, second)
    facts: dict[str, object] = {
        "version": f"daily__{day}",
        "run_id": f"scheduled__{day}",
        "run_at": moment,
        "started_at": moment,
        "rows": day,
        "published_at": None if state == "not published" else moment + timedelta(minutes=1),
    }
    return Version(build=Build(**{**facts, **changes}), built_at=moment, state=state)  # type: ignore[arg-type]  # facts of several types


VERSIONS = (version(4, "not published"), version(3, "live"), version(2, second=7), version(1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("scheduled__2", 2),
        ("daily__2", 2),
        ("2026-11-02 03:00:07 UTC", 2),
        ("2026-11-02T03:00:07+00:00", 2),
        ("2026-11-02T12:00:07+09:00", 2),
        (" 2026-11-02 ", 2),
        ("2026-11-02 03:00 UTC", 2),
        ("2026-11-02T12:00+09:00", 2),
        ("2026-11-01 03:00 UTC", 1),
        ("2026-11-01 03:00", 1),
        ("2026-11-03", 3),
    ],
)
def test_a_run_is_found(text: str, day: int) -> None:
    assert version_of_run(TABLE, VERSIONS, text).build.rows == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-02", 3),
        ("2026-11-01 19:00", 2),
        ("2026-11-01 19:00:07 America/Los_Angeles", 2),
        ("2026-11-03 12:00 Asia/Seoul", 3),
        ("2026-11-02 03:00:07 UTC", 2),
    ],
)
def test_days_and_times_are_those_of_the_zone_of_the_table(text: str, day: int) -> None:
    """In Los Angeles it is the evening of the day before when its runs are due."""
    assert version_of_run(replace(TABLE, timezone="America/Los_Angeles"), VERSIONS, text).build.rows == day


def test_of_two_runs_in_a_minute_the_one_that_was_due_at_its_beginning_is_meant() -> None:
    versions = (version(2, second=7), version(2, rows=99))
    assert version_of_run(TABLE, versions, "2026-11-02 03:00 UTC").build.rows == 99


def refusal(text: str, versions: tuple[Version, ...] = VERSIONS) -> str:
    with pytest.raises(WarehouseError) as caught:
        version_of_run(TABLE, versions, text)
    return str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "run", "2026-11-02 03:00:00", "2026-11-02 03:01", "2026-11-09", "scheduled__", "12"]
)
def test_no_such_run_and_those_that_are_there(text: str) -> None:
    assert refusal(text) == (
        f'No version of analytics.daily that stands in the warehouse is of the run "{text}". These can be shown:\n'
        "  2026-11-03 03:00 UTC  scheduled__3\n"
        "  2026-11-02 03:00:07 UTC  scheduled__2\n"
        "  2026-11-01 03:00 UTC  scheduled__1"
    )


def test_no_text_names_no_version_whose_run_is_not_known() -> None:
    plain = version(1, "before", run_id="")
    assert refusal("", (plain,)) == (
        'No version of analytics.daily that stands in the warehouse is of the run "". These can be shown:\n'
        "  2026-11-01 03:00 UTC"
    )


def test_nothing_stands() -> None:
    assert refusal("x", ()) == 'No version of analytics.daily that stands in the warehouse is of the run "x".'


def test_a_run_whose_build_nobody_ever_saw() -> None:
    assert refusal("scheduled__4") == (
        'The build of analytics.daily that "scheduled__4" names was never published: it failed a check, or was '
        "stopped. Only what readers have seen can be shown to them again."
    )


def test_several_builds_of_one_run_are_named() -> None:
    twice = (version(3, "live", run_id="same"), version(2, run_id="same"), version(1, "not published", run_id="same"))
    assert refusal("same", twice) == (
        '"same" means 2 versions of analytics.daily. Name one of them:\n'
        "  daily__3  (built 2026-11-03 03:00:00 UTC, live)\n"
        "  daily__2  (built 2026-11-02 03:00:00 UTC, published)"
    )


def test_the_one_before() -> None:
    assert version_before(NAME, VERSIONS) == VERSIONS[2]


def test_what_readers_were_sent_back_from_is_passed_over() -> None:
    versions = (version(4, "live"), version(3, "rolled back"), version(2, "not published"), version(1))
    assert version_before(NAME, versions) == versions[3]


def test_a_newer_one_is_never_before() -> None:
    """Somebody pointed the view back by hand."""
    versions = (version(3), version(2, "live"), version(1))
    assert version_before(NAME, versions) == versions[2]


@pytest.mark.parametrize(
    "versions",
    [(version(1, "live"),), (version(2), version(1, "live")), (version(2, "live"), version(1, "rolled back"))],
)
def test_none_before(versions: tuple[Version, ...]) -> None:
    with pytest.raises(WarehouseError) as caught:
        version_before(NAME, versions)
    assert str(caught.value) == (
        "No version of analytics.daily that was published before the live one stands in the warehouse, "
        "so there is nothing to roll back to."
    )


def test_nothing_is_live() -> None:
    with pytest.raises(WarehouseError) as caught:
        version_before(NAME, (version(1),))
    assert str(caught.value) == (
        "Readers of analytics.daily see no build of ours now, so there is nothing to roll back from. "
        "Run the table in Airflow: it publishes a new build."
    )


def event(from_day: int, to_day: int) -> RollBack:
    minute = timedelta(minutes=1)
    return RollBack(
        from_version=f"daily__{from_day}",
        to_version=f"daily__{to_day}",
        from_shown_at=at(from_day) + minute,
        to_shown_at=at(to_day) + minute,
        at=at(9),
        role="anna",
    )


@pytest.mark.parametrize(
    ("events", "left"),
    [
        ([], set()),
        ([event(3, 2)], {"daily__3"}),
        ([event(3, 1)], {"daily__3", "daily__2"}),
        ([event(3, 2), event(2, 1)], {"daily__3", "daily__2"}),
        ([event(3, 1), event(1, 3)], set()),
        ([event(3, 1), event(1, 2)], {"daily__3"}),
        ([event(3, 2), event(4, 3)], {"daily__4"}),
        ([event(3, 2), event(2, 3), event(3, 2)], {"daily__3"}),
    ],
)
def test_sent_back(events: list[RollBack], left: set[str]) -> None:
    builds = [version(day).build for day in (4, 3, 2, 1)]
    assert set(sent_back(builds, events)) == left


def test_what_a_single_run_added_is_no_target() -> None:
    added = version(2, "added", strategy="append", applied_to="daily__1")
    live = version(1, "live", strategy="append", applied_to="daily__1")
    assert refusal("scheduled__2", (added, live)) == (
        'The run that "scheduled__2" names added its rows to analytics.daily; they are a part of it and cannot be '
        "shown by themselves. Only a whole build can be."
    )
    with pytest.raises(WarehouseError) as caught:
        version_before(NAME, (added, live))
    assert str(caught.value) == (
        "What single runs added to analytics.daily cannot be taken out again, and no whole build from before stands in "
        'the warehouse. To build all of it anew, start a run in Airflow with the configuration {"full_refresh": true}; '
        "to build some days anew, start a backfill of them."
    )
