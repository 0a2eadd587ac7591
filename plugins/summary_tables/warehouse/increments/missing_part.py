"""The part of a run's interval whose rows a table lacks: all that a run builds where others have added the rest."""

from typing import Any

import psycopg

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import strategy_of
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Span
from summary_tables.warehouse.increments.base import base_of
from summary_tables.warehouse.increments.overlap import shared_time, why_not_cut
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import increments_between, log_exists
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session, open_session


def ask_missing_part(
    connection: psycopg.Connection[Any], table: SummaryTable, warehouse: Warehouse, run: BuildRun
) -> Span | None:
    """`missing_part`, by a session of its own. Raises `WarehouseError`."""
    with open_session(connection, warehouse) as session:
        return missing_part(session, table, run)


def missing_part(session: Session, table: SummaryTable, run: BuildRun) -> Span | None:
    """The part of its interval that `run` is to build; None: what it would build anyway.

    Raises `WarehouseError` where the query cannot give that part alone.
    """
    start, end = run.interval_start, run.interval_end
    if strategy_of(table, run) != "append" or not (start and end) or not log_exists(session):
        return None
    base = base_of(session, table, look_up(session, table))
    if base is None:
        return None
    shared = shared_time(table, run, base, increments_between(session, table, base.version, (start, end)))
    if len(shared.left) != 1 or shared.left[0] == shared.span:
        return None
    (part,) = shared.left
    if problem := why_not_cut(table, run, shared, part):
        raise WarehouseError(problem)
    return part
