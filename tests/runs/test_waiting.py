"""What a run waits for: from when on it counts, whether it is there, and what is said of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.model.parents import AssetParent, Parent, SourceParent
from summary_tables.model.table import Schedule
from summary_tables.runs.dates import RunDates
from summary_tables.runs.waiting import (
    Awaited,
    Publication,
    limit_words,
    may_go_on,
    missing_words,
    publication,
    since,
    there_words,
)
from summary_tables.warehouse.newest_row import NewestRow, as_newest_row

START, END = datetime(2026, 11, 21, 6, tzinfo=UTC), datetime(2026, 11, 22, 6, tzinfo=UTC)
RUN = RunDates(start=START, end=END, due=END)
ORDERS = SourceParent(table="raw.orders", column="loaded_at", within_hours=6)
LANDED = AssetParent(asset="landed")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("parent", "dates", "moment"),
    [
        ("a.b", RUN, START),
        (LANDED, RUN, START),
        (ORDERS, RUN, datetime(2026, 11, 22, 0, tzinfo=UTC)),
        (ORDERS, RunDates(due=END), datetime(2026, 11, 22, 0, tzinfo=UTC)),
    ],
)
def test_from_when_on_it_counts(parent: Parent, dates: RunDates, moment: datetime) -> None:
    assert since(parent, dates) == moment


def published(due: datetime) -> Awaited:
    return Awaited(parent="a.b", since=START, found=Publication(due=due, published_at=END))


def came(came_at: datetime | None, *, is_stand_in: bool = False) -> Awaited:
    newest = NewestRow(came_at=came_at, is_stand_in=is_stand_in)
    return Awaited(parent=ORDERS, since=datetime(2026, 11, 22, 0, tzinfo=UTC), found=newest)


@pytest.mark.parametrize(
    ("awaited", "is_there"),
    [
        # The run of the time before publishes late; one that was due at that very time is that run.
        (published(START - MINUTE), False),
        (published(START), False),
        (published(START + MINUTE), True),
        # By hand, after this time.
        (published(END + MINUTE), True),
        (Awaited(parent="a.b", since=START), False),
        (came(datetime(2026, 11, 21, 23, 59, tzinfo=UTC)), False),
        (came(datetime(2026, 11, 22, 0, 0, tzinfo=UTC)), True),
        (came(None), False),
        (came(None, is_stand_in=True), False),
    ],
)
def test_whether_it_is_there(awaited: Awaited, is_there: bool) -> None:
    assert awaited.is_there == is_there


@given(st.lists(st.booleans(), min_size=1), st.booleans())
def test_all_of_it_or_any_of_it(there: list[bool], any_of: bool) -> None:
    awaited = [published(START + MINUTE if each else START) for each in there]
    assert may_go_on(Schedule(any_of=any_of), awaited) == (any(there) if any_of else all(there))


def test_a_publication_belongs_to_the_time_that_it_says_or_to_when_it_came() -> None:
    assert publication({"due": START.isoformat()}, END) == Publication(due=START, published_at=END)
    for extra in ({}, {"due": None}, {"due": "yesterday"}, {"rows": 1}):
        assert publication(extra, END) == Publication(due=END, published_at=END)


def test_words() -> None:
    awaited = [
        Awaited(parent="a.never", since=START),
        Awaited(parent=LANDED, since=START, found=publication({}, START - MINUTE)),
        published(START),
        came(datetime(2026, 11, 21, 21, 10, tzinfo=UTC)),
        came(None),
        came(None, is_stand_in=True),
        Awaited(parent="a.there", since=START, found=Publication(due=END, published_at=END)),
        came(END),
    ]
    expected = "and one from 2026-11-22 00:00 UTC on was expected."
    missing = (
        "a.never: it has not been published since 2026-11-21 06:00 UTC. "
        "The asset landed: it was published last at 2026-11-21 05:59 UTC, and not since 2026-11-21 06:00 UTC. "
        "a.b: it was published last at 2026-11-22 06:00 UTC, by its run of 2026-11-21 06:00 UTC, and one due after "
        "2026-11-21 06:00 UTC was expected. "
        f"raw.orders: its newest `loaded_at` is 2026-11-21 21:10 UTC, {expected} "
        f"raw.orders: no row of it has a `loaded_at`, {expected} "
        f"raw.orders: its newest `loaded_at` lies so far ahead that it only stands for a time, {expected}"
    )
    assert missing_words("UTC", awaited) == missing
    assert there_words("UTC", awaited) == (
        "a.there is there: it was published at 2026-11-22 06:00 UTC. "
        "raw.orders is there: its newest row came at 2026-11-22 06:00 UTC."
    )
    assert limit_words(Schedule(wait_hours=1), "UTC", awaited[:1]) == (
        "it waited 1 hour (`wait_hours`) for what did not come. a.never: it has not been published since 2026-11-21 "
        "06:00 UTC. Clear `wait` of this run in Airflow to have it wait once more."
    )


def test_words_are_of_the_tables_zone() -> None:
    assert missing_words("Asia/Seoul", [Awaited(parent="a.b", since=START)]) == (
        "a.b: it has not been published since 2026-11-21 15:00 Asia/Seoul."
    )


@pytest.mark.parametrize(
    ("seconds", "row"),
    [
        (None, NewestRow()),
        (Decimal(END.timestamp()), NewestRow(came_at=END)),
        (END.timestamp(), NewestRow(came_at=END)),
        (Decimal("Infinity"), NewestRow(is_stand_in=True)),
        (Decimal("-Infinity"), NewestRow()),
        (datetime(9999, 12, 31, tzinfo=UTC).timestamp(), NewestRow(is_stand_in=True)),
        (Decimal(9) * 10**12, NewestRow(is_stand_in=True)),
    ],
)
def test_the_newest_row_as_the_warehouse_gives_it(seconds: Decimal | float | None, row: NewestRow) -> None:
    assert as_newest_row(seconds, END) == row
