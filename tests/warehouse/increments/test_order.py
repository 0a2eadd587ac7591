"""An older picture of some rows never replaces a newer one, whatever order the runs are published in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from summary_tables.model.build import Build
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.warehouse.increments.order import why_not_added, why_not_shown, why_skipped

_TABLE = SummaryTable(table="daily", schema="analytics", main_sql="", refresh=Refresh(strategy="append"))
_DAY = datetime(2026, 11, 1, tzinfo=UTC)
_SINCE_9 = Refresh(strategy="append", start=_DAY + timedelta(days=8))
_NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def build(strategy: str, first: float, last: float, began: int, *, interval: bool = True, run: str = "r") -> Build:
    """A build of the days from `first` to before `last` of November that began so many minutes past noon."""
    start, end = (_DAY + timedelta(days=day - 1) for day in (first, last))
    return Build(
        version=f"{strategy} {first} {last} {began}",
        run_id=run,
        run_at=end,
        started_at=_NOON + timedelta(minutes=began),
        rows=1,
        strategy=strategy,
        interval_start=start if interval else None,
        interval_end=end if interval else None,
    )


FIRST = build("append", 1, 2, 0)
PLAIN = build("replace", 20, 20, 9, interval=False, run="")
NEWER = (
    "A newer build of this interval is in analytics.daily already: it began at 2026-12-01 12:0{} UTC, "
    "this one at 2026-12-01 12:05:00 UTC. Nothing needs to be done."
)


@pytest.mark.parametrize("strategy", ["append", "delete_insert", "merge"])
@pytest.mark.parametrize(
    ("base", "since", "newer"),
    [
        (FIRST, [], ""),
        (PLAIN, [], ""),
        (FIRST, [("replace", 3, 4, 9)], "9:00"),
        (FIRST, [(4, 5, 9), (3, 4, 8)], "8:00"),
        (FIRST, [(2, 3, 9), (4, 5, 8)], ""),
        (FIRST, [(3, 4, 4)], ""),
        (("replace", 1, 4, 9), [], "9:00"),
        (("replace", 1, 3, 9), [], ""),
    ],
)
def test_what_is_newer_stays(strategy: str, base: object, since: list[tuple[object, ...]], newer: str) -> None:
    one = build(strategy, 3, 4, 5)
    standing = base if isinstance(base, Build) else build(*base)  # type: ignore[misc]  # the cases are short tuples
    added = [build(*(item if isinstance(item[0], str) else (strategy, *item))) for item in since]  # type: ignore[arg-type]  # the same
    assert why_skipped(_TABLE, one, standing, added) == (NEWER.format(newer) if newer else "")


def test_a_part_that_is_newer_stays() -> None:
    one = build("delete_insert", 3, 4, 5)
    part = build("delete_insert", 3.25, 3.5, 9)
    assert why_not_added(_TABLE, one, FIRST, [part], FIRST) == (
        "A newer build of a part of this interval is in analytics.daily already: that of 2026-11-03 06:00 to "
        "2026-11-03 12:00 UTC, while this one is of 2026-11-03 00:00 to 2026-11-04 00:00 UTC. "
        "Clear `create` of this run in Airflow to build it once more."
    )
    assert "a part of this interval" in why_not_added(_TABLE, one, build("replace", 1, 3.5, 9), [], None)
    assert (
        why_not_added(_TABLE, one, FIRST, [build("delete_insert", 4, 5, 9), build("delete_insert", 2, 3, 9)], FIRST)
        == ""
    )


def test_append_cannot_tell_its_rows_in_a_whole_build() -> None:
    whole = build("replace", 1, 10, 0)
    assert why_skipped(_TABLE, build("append", 3, 4, 5), whole, []) == (
        "The whole table was built by the run of 2026-11-10 00:00 UTC, which covers this run's interval, 2026-11-03 "
        "00:00 to 2026-11-04 00:00 UTC; adding its rows would double them. Nothing needs to be done. To build the "
        'whole table anew, start a run with the configuration {"full_refresh": true}.'
    )
    assert why_skipped(_TABLE, build("append", 10, 11, 5), whole, []) == ""
    assert why_skipped(_TABLE, build("merge", 3, 4, 5), whole, []) == ""


def test_append_cannot_tell_its_rows_in_a_plain_table_that_was_there_before() -> None:
    first, earlier = build("append", 10, 11, 0), build("append", 9, 10, 5)
    assert why_not_added(_TABLE, earlier, PLAIN, [], first) == (
        "analytics.daily was a plain table with rows of its own when the first run added some, that of 2026-11-10 "
        "00:00 to 2026-11-11 00:00 UTC. Whether those of 2026-11-09 00:00 to 2026-11-10 00:00 UTC are among them is "
        "not known; if so, adding them would double them. Nothing was changed. If they are missing, write `start` with "
        "the first day of which runs add the rows (`refresh: {append: {start: ...}}`) and clear `publish` of "
        "this run in Airflow."
    )
    assert why_not_added(replace(_TABLE, refresh=_SINCE_9), earlier, PLAIN, [], first) == ""
    assert why_not_added(replace(_TABLE, refresh=_SINCE_9), build("append", 8, 9, 5), PLAIN, [], first)
    assert why_not_added(_TABLE, build("append", 10, 11, 5), PLAIN, [], first) == ""
    assert why_not_added(_TABLE, build("append", 11, 12, 5), PLAIN, [], first) == ""
    assert why_not_added(_TABLE, earlier, PLAIN, [], None) == ""
    assert why_not_added(_TABLE, earlier, FIRST, [], first) == ""
    assert why_not_added(_TABLE, replace(earlier, strategy="delete_insert"), PLAIN, [], first) == ""
    due = [build("append", day, day, 5, interval=False) for day in (9, 10, 11)]
    assert [bool(why_not_added(_TABLE, one, PLAIN, [], due[1])) for one in due] == [True, False, False]


def test_runs_without_an_interval_are_told_by_when_they_were_due() -> None:
    whole = build("replace", 1, 10, 9, interval=False)
    assert "A newer build" in why_skipped(_TABLE, build("append", 3, 4, 5, interval=False), whole, [])
    assert why_skipped(_TABLE, build("append", 10, 11, 5, interval=False), whole, []) == ""
    again = build("append", 3, 3, 9, interval=False)
    assert "A newer build" in why_skipped(_TABLE, build("append", 3, 3, 5, interval=False), FIRST, [again])


def test_a_whole_build_loses_no_rows() -> None:
    whole = build("replace", 1, 10, 5)
    assert why_not_shown(_TABLE, whole, FIRST, build("append", 9, 10, 0), []) == ""
    assert why_not_shown(_TABLE, whole, PLAIN, None, []) == ""
    assert why_not_shown(_TABLE, whole, FIRST, None, [build("append", 10, 11, 6)]) == (
        "While this build of the whole table analytics.daily was under way, the rows of 2026-11-10 00:00 to 2026-11-11 "
        "00:00 UTC were added; publishing it would lose them. Nothing was changed. "
        "Start the run again while no other run of the table is under way."
    )
    ends_early = (
        "This build of the whole table analytics.daily ends with 2026-11-10 00:00 UTC, but readers have rows up to "
        "2026-11-11 00:00 UTC; publishing it would lose them. Nothing was changed. "
        'Start a new run with {"full_refresh": true} and without a date.'
    )
    assert why_not_shown(_TABLE, whole, FIRST, build("append", 10, 11, 0), []) == ends_early
    assert why_not_shown(_TABLE, whole, build("replace", 1, 11, 0), None, []) == ends_early


def test_a_table_that_is_built_whole_each_time_may_go_back_in_time() -> None:
    table = SummaryTable(table="daily", schema="analytics", main_sql="")
    assert why_not_shown(table, build("replace", 1, 10, 5), build("replace", 1, 11, 0), None, []) == ""
