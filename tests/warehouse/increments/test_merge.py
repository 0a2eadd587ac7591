"""The key says which row is meant; the row of the latest run stays."""

from dataclasses import replace
from datetime import UTC, datetime

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.dialects.postgres.dialect import statements
from summary_tables.warehouse.increments.merge import Merge
from summary_tables.warehouse.increments.strategy import Addition, Change, Whole

_SQL = statements("versions").increments
_REFRESH = Refresh(strategy="merge", unique_key=("user", "day"))
_TABLE = SummaryTable(table="daily", schema="analytics", main_sql="", refresh=_REFRESH)
_DUE = datetime(2026, 11, 3, tzinfo=UTC)
_END = datetime(2026, 11, 2, tzinfo=UTC)
_WHOLE = Build(version="base", run_id="r", run_at=_DUE, started_at=_DUE, rows=1, interval_end=_END)
_OF_WHOLE, _OF_RUN = "TIMESTAMPTZ '2026-11-02 00:00:00.000000+00'", "TIMESTAMPTZ '2026-11-03 00:00:00.000000+00'"
ADDED = Addition(
    table=_TABLE,
    run=BuildRun(run_id="r", try_number=1, run_at=_DUE),
    version="new",
    types={"user": "text", "day": "date"},
    base=_WHOLE,
    has_runs=True,
)


def test_rows_of_a_whole_build_are_of_its_interval() -> None:
    change = Merge().change(_SQL, ADDED, "base")
    assert isinstance(change, Change)
    came = f'COALESCE("base"."_summary_tables_interval_end", {_OF_WHOLE})'
    assert change.delete == (
        'DELETE FROM "versions"."base"\nUSING "versions"."new"\n'
        'WHERE "base"."user" = "new"."user" AND "base"."day" = "new"."day"\n'
        f"    AND {came} <= {_OF_RUN}"
    )


def test_the_table_afterwards() -> None:
    same = 'old."user" = new."user" AND old."day" = new."day"'
    newer = f'COALESCE(old."_summary_tables_interval_end", {_OF_WHOLE}) <= {_OF_RUN}'
    assert Merge().whole(_SQL, ADDED, '"a"."old"', '"a"."fresh"') == Whole(
        stay=f'\nWHERE NOT ({newer} AND EXISTS (SELECT 1 FROM "a"."fresh" AS new WHERE {same}))',
        come=f'\nWHERE NOT EXISTS (SELECT 1 FROM "a"."old" AS old WHERE {same} AND NOT {newer})',
    )


def test_rows_of_a_plain_table_are_older_than_any_run() -> None:
    plain = replace(ADDED, base=None, has_runs=False)
    stay = Merge().whole(_SQL, plain, "old", "fresh").stay
    assert f"({_OF_RUN} <= {_OF_RUN} AND EXISTS" in stay
