"""How many rows that readers see would go if the new table were published, and why that would be refused."""

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.runs.scratch.scratch_table import FRESH_TABLE, ScratchTable
from summary_tables.sql.quoting import qualified
from summary_tables.warehouse.increments.base import has_runs
from summary_tables.warehouse.increments.missing_part import shared_time_in
from summary_tables.warehouse.increments.order import why_not_emptied
from summary_tables.warehouse.increments.overlap import why_covered
from summary_tables.warehouse.increments.preconditions import why_rows_would_go
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.strategy import Addition, Condition
from summary_tables.warehouse.live_table import LiveTable
from summary_tables.warehouse.session.session import Session


def rows_that_go(session: Session, table: SummaryTable, built: ScratchTable, run: BuildRun, live: LiveTable) -> int:
    """Of a table that grows; none where that cannot be told before it is published. Raises `WarehouseError`."""
    if live.kind not in ("ours", "table"):
        return 0
    relation = qualified(table.schema, table.table)
    if run.full_refresh:
        return int(session.value(f"SELECT COUNT(*) FROM {relation}"))
    gone = _replaced(session, table, built, run, live.build)
    if gone and gone.of_version and live.build:
        relation = qualified(session.warehouse.versions_schema, live.build.version)
    return int(session.value(f"SELECT COUNT(*) FROM {relation} WHERE {gone.text}")) if gone else 0


def why_refused(session: Session, table: SummaryTable, built: ScratchTable, run: BuildRun, gone: int) -> str:
    """Why so many rows may not go; empty if they may. Raises `WarehouseError`."""
    if run.full_refresh:
        return why_rows_would_go(session, table, FRESH_TABLE)
    return why_not_emptied(table, run, built.rows, gone)


def why_skipped(session: Session, table: SummaryTable, run: BuildRun, live: LiveTable) -> str:
    """Why the run adds nothing, as others have its rows; empty if they do not. Raises `WarehouseError`."""
    start, end = run.interval_start, run.interval_end
    if live.build is None or run.full_refresh or start is None or end is None or start >= end:
        return ""
    return why_covered(table, run, shared_time_in(session, table, run, live.build))


def _replaced(
    session: Session, table: SummaryTable, built: ScratchTable, run: BuildRun, base: Build | None
) -> Condition | None:
    addition = Addition(
        table=table,
        run=run,
        types={column.name: column.type for column in built.columns},
        base=base,
        shared=shared_time_in(session, table, run, base),
        has_runs=base is not None and has_runs(session, base.version),
    )
    return strategy_named(strategy_of(table, run)).replaced(session.sql.increments, addition)
