"""The checks of a file, each run as a run would do it."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from summary_tables.checks import MOST_ROWS, Answer, Check, CheckResult
from summary_tables.commands.preview.run_sql import RefusedQueryError, RunSql
from summary_tables.commands.preview.scratch_session import ScratchSession
from summary_tables.commands.preview.scratch_table import FRESH_TABLE, fresh_columns
from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.failure import Refusal
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import CheckStep, SummaryTable
from summary_tables.runs.compared_query import compared_query
from summary_tables.warehouse.ask import answer_in, read_answer
from summary_tables.warehouse.comparisons import readable_earlier_builds
from summary_tables.warehouse.increments.whole_table import WHOLE_TABLE, whole_table, with_whole_table
from summary_tables.warehouse.live_column import live_column
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError


def input_results(connection: psycopg.Connection[Any], sql: RunSql, warehouse: Warehouse) -> Iterator[CheckRun]:
    """Raises `WarehouseError` where the connection is lost."""

    def read(check: Check) -> Answer:
        return read_answer(
            connection,
            sql.query(check.sql),
            width=check.width,
            most=MOST_ROWS,
            warehouse=warehouse,
            limits=sql.table.limits,
            shows_values=check.samples,
            is_ours=not check.IS_QUERY,
        )

    yield from _results(sql.table, "input_check", read)


def output_results(session: ScratchSession, sql: RunSql) -> Iterator[CheckRun]:
    """Raises `WarehouseError` where the connection is lost."""
    run = sql.dates.build_run()

    def read(check: Check) -> Answer:
        query = sql.query(_compared(check, session, sql.table, run), WHOLE_TABLE if check.whole_table else FRESH_TABLE)
        if check.whole_table:
            query = with_whole_table(query, whole_table(session, sql.table, run, FRESH_TABLE, fresh_columns(session)))
        session.shows_values = check.samples
        return answer_in(session, query, width=check.width, most=MOST_ROWS, is_ours=not check.IS_QUERY)

    yield from _results(sql.table, "output_check", read)


def _compared(check: Check, session: ScratchSession, table: SummaryTable, run: BuildRun) -> str:
    return compared_query(
        check,
        check.sql,
        lambda: readable_earlier_builds(session, table, run),
        lambda column: live_column(session, table, run, column),
    )


def _results(table: SummaryTable, step: CheckStep, read: Callable[[Check], Answer]) -> Iterator[CheckRun]:
    for position, (check, name) in enumerate(zip(table.checks(step), table.check_names(step), strict=True), start=1):
        result = _result(check, read)
        yield CheckRun(step=step, position=position, name=name, severity=check.severity, result=result)


def _result(check: Check, read: Callable[[Check], Answer]) -> CheckResult | Refusal:
    try:
        return check.judge(read(check))
    except (RefusedQueryError, WarehouseError) as error:
        if isinstance(error, WarehouseError) and error.sqlstate == CONNECTION_LOST:
            raise
        return Refusal(error=str(error))
