"""What of a run's interval a table has already, and the part that it lacks: all that a run builds of some tables."""

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Span, query_grain
from summary_tables.warehouse.increments.base import base_of
from summary_tables.warehouse.increments.overlap import NO_SHARED_TIME, SharedTime, why_not_cut
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.zones import with_zones
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import increments_between, log_exists
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session


def shared_time_in(session: Session, table: SummaryTable, run: Build | BuildRun, base: Build | None) -> SharedTime:
    """Which rows of the interval of `run`, which adds its own to `base`, are there already. Raises `WarehouseError`."""
    strategy, start, end = strategy_named(strategy_of(table, run)), run.interval_start, run.interval_end
    if base is None or not strategy.DOUBLES:
        return NO_SHARED_TIME
    near = increments_between(session, table, base.version, (start, end)) if start and end else ()
    builds = with_zones(session, table, (base, *near)) if query_grain(table.main_sql) == "day" else (base, *near)
    return strategy.shared_time(table, run, builds[0], builds[1:])


def is_cut(table: SummaryTable, run: BuildRun) -> bool:
    """Does the run build only what no other has added?"""
    name = strategy_of(table, run)
    return name != "replace" and strategy_named(name).DOUBLES


def missing_part(session: Session, table: SummaryTable, run: BuildRun) -> Span | None:
    """The part of its interval that `run` is to build; None: what it would build anyway.

    Raises `WarehouseError` where the query cannot give that part alone.
    """
    if not is_cut(table, run) or not log_exists(session):
        return None
    shared = shared_time_in(session, table, run, base_of(session, table, look_up(session, table)))
    if len(shared.left) != 1 or shared.left[0] == shared.span:
        return None
    (part,) = shared.left
    if problem := why_not_cut(table, run, shared, part):
        raise WarehouseError(problem)
    return part
