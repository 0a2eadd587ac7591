"""The data interval says which rows are replaced: without one, or with another kind of column, none can be."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.dialects.postgres.dialect import statements
from summary_tables.warehouse.increments.delete_insert import DeleteInsert
from summary_tables.warehouse.increments.strategy import Addition, Change, Condition, Whole

_SQL = statements("versions").increments
_REFRESH = Refresh(strategy="delete_insert", time_column="day")
_TABLE = SummaryTable(table="daily", schema="analytics", main_sql="", refresh=_REFRESH)
_NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def build(first: float, last: float, **others: Any) -> Build:
    """A build of the days from `first` to before `last`."""
    start, end = (_NOON + timedelta(days=day - 1.5) for day in (first, last))
    values = {"strategy": "delete_insert", "interval_start": start, "interval_end": end, **others}
    return Build(version="v", run_id="r", run_at=end, started_at=_NOON, rows=1, **values)


def run(hours: float) -> BuildRun:
    return BuildRun(
        run_id="r",
        try_number=1,
        run_at=_NOON,
        interval_start=_NOON - timedelta(hours=12),
        interval_end=_NOON + timedelta(hours=hours - 12),
    )


def addition(hours: float = 24, full_type: str = "date") -> Addition:
    return Addition(table=_TABLE, run=run(hours), version="new", types={"day": full_type}, has_runs=True)


@pytest.mark.parametrize(
    ("newer", "holds", "collides"),
    [
        (build(3, 4), True, True),
        (build(2, 5), True, True),
        (build(3, 3.5), False, True),
        (build(2, 3), False, False),
        (build(4, 5), False, False),
        (build(3, 4, interval_start=None, interval_end=None), False, False),
        (build(1, 3.5, strategy="replace"), False, True),
        (build(4, 5, strategy="replace"), False, True),
        (build(1, 3, strategy="replace"), False, False),
    ],
)
def test_order(newer: Build, *, holds: bool, collides: bool) -> None:
    older = build(3, 4)
    assert DeleteInsert().holds(newer, older) == holds
    assert DeleteInsert().collides(newer, older) == collides


def test_rows_of_the_interval_go() -> None:
    within = "\"day\" >= DATE '2026-11-01' AND \"day\" < DATE '2026-11-02'"
    change = DeleteInsert().change(_SQL, addition(), "base")
    assert isinstance(change, Change)
    assert change.delete == f'DELETE FROM "versions"."base"\nWHERE {within}'
    assert DeleteInsert().replaced(_SQL, addition()) == Condition(text=within)
    assert DeleteInsert().whole(_SQL, addition(), "old", "fresh") == Whole(stay=f"\nWHERE ({within}) IS NOT TRUE")


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (addition(0), "This run covers no data interval"),
        (addition(23.5), ""),
        (addition(22), 'The time column "day" is a date, and a run covers less than a day'),
        (addition(full_type="text"), 'The time column "day" is of the type text'),
    ],
)
def test_why_no_row_can_be_replaced(of: Addition, words: str) -> None:
    change = DeleteInsert().change(_SQL, of, "base")
    assert (isinstance(change, str), DeleteInsert().replaced(_SQL, of) is None) == (bool(words), bool(words))
    assert not words or str(change).startswith(words)


def test_a_run_without_interval() -> None:
    assert DeleteInsert().why_not_run(run(24)) == ""
    assert DeleteInsert().why_not_run(run(0)) == (
        "This run covers no data interval, so `delete_insert` does not know which rows to replace: it was started by "
        "another table, or by hand without a date. Give the table a cron schedule, or start the run with a date."
    )
