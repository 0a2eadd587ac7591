"""The whole preview of one table on an open connection: the steps of a run, and what publishing would do."""

from dataclasses import replace
from functools import partial
from typing import TypeVar

from summary_tables.commands.preview.first_rows import first_rows
from summary_tables.commands.preview.publishing import publishing
from summary_tables.commands.preview.result import Built, PreviewResult
from summary_tables.configs.config import Config
from summary_tables.model.check_run import CheckRun
from summary_tables.model.failure import Refusal
from summary_tables.model.table import CheckStep
from summary_tables.runs.build_step import build, part_to_build
from summary_tables.runs.check_step import NewTable, checked
from summary_tables.runs.dates import RunDates, part_of
from summary_tables.runs.render import rendered
from summary_tables.runs.run import Run, attempted
from summary_tables.runs.scratch.scratch_session import scratch_session
from summary_tables.runs.scratch.scratch_table import fill, scratch_table
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError
from summary_tables.warehouse.session.session import open_session

T = TypeVar("T")


def preview(connection: Connection, config: Config, dates: RunDates, rows: int) -> PreviewResult:
    """Checks, builds and checks again, and rolls all of it back; fetches the first `rows` rows.

    Works on PostgreSQL only. Raises `WarehouseError` where the connection is lost.
    """
    sessions = partial(open_session, connection, config.settings.warehouse)
    run = Run(config=config, dates=dates, open_session=sessions, may_lack_rights=True)
    result = PreviewResult(table=run.table.full_name, dates=dates, input_checks=_checks(run, "input_check"))
    part = _unless_lost(part_to_build(run))
    if isinstance(part, Refusal):
        return replace(result, refusal=part)
    run = replace(run, dates=part_of(dates, part)) if part else run
    sql = rendered(run.table.main_sql, run.table, run.config.dialect, run.dates)
    if isinstance(sql, Refusal):
        return replace(result, refusal=sql)
    found = _unless_lost(attempted(lambda: _built(run, sql, rows, replace(result, part=part))))
    return replace(result, refusal=found) if isinstance(found, Refusal) else found


def _built(run: Run, sql: str, rows: int, result: PreviewResult) -> PreviewResult | Refusal:
    table = run.table
    shows_values = table.shows_values(samples=run.config.settings.samples)
    with run.open_session(table.limits, shows_values=shows_values) as session, scratch_session(session) as scratch:
        run = replace(run, open_session=scratch.opened)
        filled = build(run, sql, fill)
        if isinstance(filled, Refusal):
            return filled
        shown, ordered_by = first_rows(scratch, filled.columns, rows, table.pii_columns)
        outputs = _checks(run, "output_check", scratch_table(scratch))
        change = publishing(session, table, filled, run.build_run)
    built = Built(
        rows=filled.rows, seconds=filled.seconds, columns=filled.columns, first_rows=shown, ordered_by=ordered_by
    )
    return replace(result, built=built, output_checks=outputs, publishing=change)


def _checks(run: Run, step: CheckStep, new: NewTable | None = None) -> tuple[CheckRun, ...]:
    found = []
    for check in checked(run, step, new):
        _unless_lost(check.result)
        found.append(check)
    return tuple(found)


def _unless_lost(found: T | Refusal) -> T | Refusal:
    if isinstance(found, Refusal) and found.sqlstate == CONNECTION_LOST:
        raise WarehouseError(found.error, sqlstate=CONNECTION_LOST)
    return found
