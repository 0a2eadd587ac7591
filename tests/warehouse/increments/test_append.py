"""What is added has no key and no time: only its run tells one row from another."""

from datetime import UTC, datetime

import pytest

from summary_tables.model.build import Build
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.dialects.postgres.dialect import statements
from summary_tables.warehouse.increments.append import Append
from summary_tables.warehouse.increments.overlap import SharedTime
from summary_tables.warehouse.increments.strategy import Addition, Change, Condition, Preview, Whole

_SQL = statements("versions").increments
_TABLE = SummaryTable(table="daily", schema="analytics", main_sql="", refresh=Refresh(strategy="append"))


def build(day: int) -> Build:
    start, end = (datetime(2026, 11, number, tzinfo=UTC) for number in (day, day + 1))
    return Build(
        version=f"day {day}",
        run_id="r",
        run_at=end,
        started_at=end,
        rows=1,
        strategy="append",
        interval_start=start,
        interval_end=end,
    )


def addition(shared: SharedTime, *, has_runs: bool = True) -> Addition:
    types = {"day": "date", "n": "bigint"}
    return Addition(table=_TABLE, run=build(2), version="new", types=types, shared=shared, has_runs=has_runs)


REPLACED = addition(SharedTime(replaced=(build(1),)))
COVERED = addition(SharedTime(others=((build(1), (build(1).run_at, build(1).run_at)),)))
OF_RUNS = (
    '"_summary_tables_interval_end" IN '
    "(TIMESTAMPTZ '2026-11-02 00:00:00.000000+00', TIMESTAMPTZ '2026-11-03 00:00:00.000000+00')"
)


def test_it_takes_the_place_of_its_own_rows_and_those_that_it_covers() -> None:
    change = Append().change(_SQL, REPLACED, "base")
    assert change == Change(
        delete=f'DELETE FROM "versions"."base"\nWHERE {OF_RUNS}',
        insert='INSERT INTO "versions"."base" ("day", "n", "_summary_tables_interval_end")\n'
        'SELECT "day", "n", TIMESTAMPTZ \'2026-11-03 00:00:00.000000+00\'\nFROM "versions"."new"',
    )
    assert Append().replaced(_SQL, REPLACED) == Condition(text=OF_RUNS, of_version=True)


def test_where_no_row_tells_its_run_all_stay() -> None:
    unmarked = addition(SharedTime(), has_runs=False)
    assert Append().replaced(_SQL, unmarked) is None
    assert Append().whole(_SQL, unmarked, "old", "fresh") == Whole()


def test_what_others_cover_is_not_there_twice() -> None:
    assert Append().whole(_SQL, COVERED, "old", "fresh") == Whole(come=None)


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (None, "add 4 rows to daily for a day, replacing what that run had added"),
        (0, "add 4 rows to daily for a day"),
        (1, "add 4 rows to daily for a day, replacing what that run had added (1 row)"),
        (1234, "add 4 rows to daily for a day, replacing what that run had added (1,234 rows)"),
    ],
)
def test_preview(gone: int | None, words: str) -> None:
    preview = Preview(rows="4 rows", target="daily", interval="a day", gone=gone)
    assert Append().preview_words(Refresh(strategy="append"), preview) == words
