"""What the steps of a run do in their session, for tests that have a connection: each call is a session of its own."""

from datetime import timedelta

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import NO_LIMITS, Limits, SummaryTable
from summary_tables.warehouse import ask, build
from summary_tables.warehouse import publish as publishing
from summary_tables.warehouse.live_table import LiveTable, look_up
from summary_tables.warehouse.logs import check_log
from summary_tables.warehouse.logs.check_log import LOCK_WAIT, FailingSince
from summary_tables.warehouse.publish import SNAPSHOT_WAIT
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.session import Row, open_session
from summary_tables.warehouse.sources.query import QuerySource
from summary_tables.warehouse.view import dropped_version


def create_version(
    connection: Connection,
    table: SummaryTable,
    warehouse: Warehouse,
    run: BuildRun,
    query: str,
    *,
    samples: bool = True,
) -> Build:
    shows_values = table.shows_values(samples=samples)
    with open_session(connection, warehouse, table.limits, shows_values=shows_values) as session:
        return build.build_version(session, table, run, QuerySource(query), samples=samples)


def publish(
    connection: Connection,
    table: SummaryTable,
    warehouse: Warehouse,
    version: str,
    *,
    samples: bool = True,
    may_lose_rows: bool = True,
    snapshot_wait: timedelta = SNAPSHOT_WAIT,
) -> Build:
    with open_session(connection, warehouse, shows_values=table.shows_values(samples=samples)) as session:
        return publishing.publish_version(
            session, table, version, may_lose_rows=may_lose_rows, snapshot_wait=snapshot_wait
        )


def read_value(
    connection: Connection, query: str, warehouse: Warehouse | None = None, limits: Limits = NO_LIMITS
) -> object:
    """The one value that the query of a check returns."""
    answer = read_answer(connection, query, width=1, most=2, warehouse=warehouse or Warehouse(), limits=limits)
    value: object = answer[0][0]
    return value


def read_answer(
    connection: Connection,
    query: str,
    *,
    width: int | None,
    most: int,
    warehouse: Warehouse,
    limits: Limits = NO_LIMITS,
    shows_values: bool = True,
    is_ours: bool = False,
) -> tuple[Row, ...]:
    with open_session(connection, warehouse, limits, shows_values=shows_values) as session:
        return ask.answer_in(session, query, width=width, most=most, is_ours=is_ours)


def log_check(
    connection: Connection,
    warehouse: Warehouse,
    table: SummaryTable,
    run: BuildRun,
    checked: CheckRun,
    *,
    lock_wait: timedelta = LOCK_WAIT,
) -> FailingSince | None:
    with open_session(connection, warehouse) as session:
        return check_log.log_check(session, table, run, checked, lock_wait=lock_wait)


def live_table(connection: Connection, table: SummaryTable, warehouse: Warehouse) -> LiveTable:
    with open_session(connection, warehouse) as session:
        return look_up(session, table)


def why_dropped(connection: Connection, table: SummaryTable, warehouse: Warehouse, version: str) -> str:
    with open_session(connection, warehouse) as session:
        return dropped_version.why_dropped(session, table, version)
