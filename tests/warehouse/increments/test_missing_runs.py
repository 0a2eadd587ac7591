"""What a roll-back leaves out of a table that grows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.model.build import Build, MissingRuns, RollBack
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.increments.missing_runs import Contents, lacking, versions_left

TABLE = SummaryTable(table="daily", schema="analytics", main_sql="")
A_DAY = timedelta(days=1)


def day(number: int) -> datetime:
    return datetime(2026, 11, 1, 3, tzinfo=UTC) + (number - 1) * A_DAY


def build(strategy: str, first: int, last: int, run: str = "r") -> Build:
    """It covers the days from `first` to before `last`; none, if they are the same."""
    start, end = (None, None) if first == last else (day(first), day(last))
    return Build(
        version=f"{strategy} {first} {last}",
        run_id=run,
        run_at=day(last),
        started_at=day(last),
        rows=1,
        strategy=strategy,
        interval_start=start,
        interval_end=end,
    )


def whole(last: int, *days: int) -> Contents:
    """A whole build of all before the day `last`, and the runs of these days."""
    return Contents(base=build("replace", -3, last), increments=runs(*days))


def grown(*days: int) -> Contents:
    """A table that began with the run of the first of these days."""
    return Contents(base=runs(*days)[0], increments=runs(*days))


def plain(last: int, *days: int) -> Contents:
    """A plain table that was there until the day `last`."""
    return Contents(base=build("replace", last, last, run=""), increments=runs(*days))


def runs(*days: int) -> tuple[Build, ...]:
    return tuple(build("append", number, number + 1) for number in days)


@pytest.mark.parametrize(
    ("before", "after", "spans"),
    [
        ([whole(8, 8, 9)], whole(5, 5, 6), [(7, 10)]),
        ([whole(8, 8, 9)], whole(5, 5, 6, 9), [(7, 9)]),
        ([whole(8)], whole(5, 5, 6, 7), []),
        ([whole(8, 8), whole(10)], whole(5, 5), [(6, 10)]),
        ([whole(5, 5, 9)], whole(5), [(5, 6), (9, 10)]),
        ([whole(5)], whole(8), []),
        ([whole(8, 2)], grown(3, 4, 6), [(2, 3), (5, 6), (7, 8)]),
        ([whole(8, 8)], plain(4, 4), [(5, 9)]),
        ([whole(8, 8)], plain(9), [(8, 9)]),
    ],
)
def test_what_is_missing(before: Sequence[Contents], after: Contents, spans: list[tuple[int, int]]) -> None:
    found = lacking(before, after)
    assert (found.spans if found else ()) == tuple((day(start), day(end)) for start, end in spans)


@given(
    st.integers(1, 9), st.integers(1, 9), st.sets(st.integers(1, 9), min_size=1), st.sets(st.integers(1, 9), min_size=1)
)
def test_every_day_is_there_or_missing(before: int, after: int, added_before: set[int], added_after: set[int]) -> None:
    there = set(range(after)) | added_after
    was = set(range(before)) | added_before
    found = lacking([whole(before, *added_before)], whole(after, *added_after))
    days = {n for start, end in (found.spans if found else ()) for n in range(10) if start <= day(n) < end}
    assert days == was - there


def test_runs_without_an_interval_are_told_by_when_they_were_due() -> None:
    before = Contents(base=build("replace", 1, 2), increments=(build("append", 3, 3), build("append", 4, 4)))
    after = Contents(base=build("replace", 1, 2), increments=(build("append", 4, 4),))
    assert lacking([before], after) == MissingRuns(moments=(day(3),))
    assert lacking([after], before) is None


def event(left: int, shown: int) -> RollBack:
    """A person went from one version to another."""
    return RollBack(
        from_version=f"v{left}",
        to_version=f"v{shown}",
        from_shown_at=day(left),
        to_shown_at=day(shown),
        at=day(20),
        role="jin",
    )


@pytest.mark.parametrize(
    ("events", "live", "left"),
    [
        ([], "v2", ()),
        ([(3, 2)], "v2", ("v3",)),
        ([(3, 2), (2, 1)], "v1", ("v2", "v3")),
        ([(3, 2), (4, 2)], "v2", ("v4",)),
        ([(3, 2)], "v4", ()),
        ([(3, 1), (1, 3)], "v3", ()),
        ([(3, 1), (1, 3), (3, 2)], "v2", ("v3",)),
    ],
)
def test_versions_that_readers_were_sent_back_from(
    events: list[tuple[int, int]], live: str, left: tuple[str, ...]
) -> None:
    assert versions_left(live, [event(*one) for one in events]) == left
