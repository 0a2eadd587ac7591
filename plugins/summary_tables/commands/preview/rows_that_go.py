"""How many rows that readers see would go if the new table were published, and why that would be refused."""

from summary_tables.commands.preview.scratch_table import FRESH_TABLE, ScratchTable
from summary_tables.model.build import BuildRun
from summary_tables.model.increment import RUN_COLUMN, run_moment
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.sql.dialects.postgres.text import bounds, identifier, qualified
from summary_tables.warehouse.increments.lost_rows import why_rows_would_go
from summary_tables.warehouse.increments.order import why_not_emptied
from summary_tables.warehouse.increments.overlap import shared_time, why_covered
from summary_tables.warehouse.live_table import LiveTable
from summary_tables.warehouse.logs.build_log import increments_between
from summary_tables.warehouse.session.session import Session


def rows_that_go(session: Session, table: SummaryTable, built: ScratchTable, dates: RunDates, live: LiveTable) -> int:
    """Of a table that grows. Raises `WarehouseError`."""
    if live.kind not in ("ours", "table"):
        return 0
    where = "" if dates.full_refresh else _where(session, table, built, dates.build_run(), live)
    relation = qualified(table.schema, table.table)
    if table.refresh.strategy == "append" and where and live.build:
        relation = qualified(session.warehouse.versions_schema, live.build.version)
    return 0 if where is None else int(session.value(f"SELECT COUNT(*) FROM {relation}{where}"))


def why_refused(session: Session, table: SummaryTable, built: ScratchTable, dates: RunDates, gone: int) -> str:
    """Why so many rows may not go; empty if they may. Raises `WarehouseError`."""
    if dates.full_refresh:
        return why_rows_would_go(session, table, FRESH_TABLE)
    return why_not_emptied(table, dates.build_run(), built.rows, gone)


def why_needless(session: Session, table: SummaryTable, dates: RunDates, live: LiveTable) -> str:
    """Why the run adds nothing, as others have its rows; empty if they do not. Raises `WarehouseError`."""
    if live.build is None or dates.span is None or dates.full_refresh:
        return ""
    run = dates.build_run()
    near = increments_between(session, table, live.build.version, dates.span)
    return why_covered(table, run, shared_time(table, run, live.build, near))


def _where(session: Session, table: SummaryTable, built: ScratchTable, run: BuildRun, live: LiveTable) -> str | None:
    """Which rows the run replaces; None: none that could be told before it is published."""
    refresh, start, end = table.refresh, run.interval_start, run.interval_end
    if refresh.strategy == "delete_insert" and start and end:
        types = {column.name: column.type for column in built.columns}
        low_and_high = bounds(types[refresh.time_column], start, end)
        name = identifier(refresh.time_column)
        return f" WHERE {name} >= {low_and_high[0]} AND {name} < {low_and_high[1]}" if low_and_high else None
    if refresh.strategy != "append" or live.build is None:
        return None
    names = [
        name
        for name, _ in session.rows(session.sql.catalog.columns(session.warehouse.versions_schema, live.build.version))
    ]
    near = increments_between(session, table, live.build.version, (start, end)) if start and end else ()
    replaced = map(run_moment, shared_time(table, run, live.build, near).replaced)
    moments = sorted({run_moment(run), *replaced})
    return f" WHERE {session.sql.increments.is_of_runs(moments)}" if RUN_COLUMN in names else None
