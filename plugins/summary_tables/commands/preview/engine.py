"""The whole preview of one table on an open connection."""

from dataclasses import replace
from typing import Any

import psycopg

from summary_tables.commands.preview.checks import input_results, output_results
from summary_tables.commands.preview.first_rows import first_rows
from summary_tables.commands.preview.publishing import publishing
from summary_tables.commands.preview.result import Built, PreviewResult
from summary_tables.commands.preview.run_sql import RefusedQueryError, RunSql
from summary_tables.commands.preview.scratch_session import scratch_session
from summary_tables.commands.preview.scratch_table import fill
from summary_tables.configs.config import Config
from summary_tables.model.check_run import CheckRun
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates, part_of
from summary_tables.sql.query_grain import Span
from summary_tables.warehouse.increments.missing_part import missing_part
from summary_tables.warehouse.session.errors import CONNECTION_LOST, INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.session import Session, open_session


def preview(connection: psycopg.Connection[Any], config: Config, dates: RunDates, rows: int) -> PreviewResult:
    """Checks, builds and checks again, and rolls all of it back; fetches the first `rows` rows.

    Works on PostgreSQL only. Raises `WarehouseError` where the connection is lost.
    """
    table, warehouse = config.table, config.settings.warehouse
    sql = RunSql(table=table, dialect=config.dialect, dates=dates)
    checks = tuple(input_results(connection, sql, warehouse))
    try:
        shows_values = table.shows_values(samples=config.settings.samples)
        with open_session(connection, warehouse, table.limits, shows_values=shows_values) as session:
            part = _part(session, table, dates)
            sql = replace(sql, dates=part_of(dates, part)) if part else sql
            result = _built(session, sql, checks, rows, samples=config.settings.samples)
            return replace(result, dates=dates, part=part)
    except (RefusedQueryError, WarehouseError) as error:
        if isinstance(error, WarehouseError) and error.sqlstate == CONNECTION_LOST:
            raise
        details = error.details if isinstance(error, WarehouseError) else ""
        return PreviewResult(
            table=table.full_name, dates=dates, input_checks=checks, build_error=str(error), build_details=details
        )


def _part(session: Session, table: SummaryTable, dates: RunDates) -> Span | None:
    """What the run builds of its interval; None: all of it, also where the role may not read what others have added."""
    try:
        return missing_part(session, table, dates.build_run())
    except WarehouseError as error:
        if error.sqlstate == INSUFFICIENT_PRIVILEGE:
            return None
        raise


def _built(session: Session, sql: RunSql, checks: tuple[CheckRun, ...], rows: int, *, samples: bool) -> PreviewResult:
    query = sql.query(sql.table.main_sql)
    with scratch_session(session) as scratch:
        table = fill(scratch, sql.table, sql.dates.build_run(), query, samples=samples)
        shown, ordered_by = first_rows(scratch, table.columns, rows, sql.table.pii_columns)
        outputs = tuple(output_results(scratch, sql))
        change = publishing(session, sql.table, table, sql.dates)
    built = Built(
        rows=table.rows, seconds=table.seconds, columns=table.columns, first_rows=shown, ordered_by=ordered_by
    )
    return PreviewResult(
        table=sql.table.full_name,
        dates=sql.dates,
        input_checks=checks,
        built=built,
        output_checks=outputs,
        publishing=change,
    )
