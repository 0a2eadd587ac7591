"""A table that grows by days got another time zone: its days would be of two kinds. That is refused."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import anew_words, interval_text, strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import query_grain
from summary_tables.text.moments import local
from summary_tables.warehouse.increments.base import base_of
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.zones import with_zones
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import newest_increment
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session


def refuse_other_days(session: Session, table: SummaryTable, run: Build | BuildRun, types: Mapping[str, str]) -> None:
    """Raise `WarehouseError` if `run` would put days of the table's zone beside those of another one.

    `types` are those of the columns that it gives. Rows that are added by their time alone are cut by `overlap`.
    """
    name = strategy_of(table, run)
    if name == "replace" or strategy_named(name).DOUBLES or not _has_days(table, types):
        return
    base = base_of(session, table, look_up(session, table))
    if base is None:
        return
    newest = newest_increment(session, table, base.version)
    problem = why_other_days(table, run, with_zones(session, table, filter(None, (newest, base))))
    if problem:
        raise WarehouseError(problem)


def _has_days(table: SummaryTable, types: Mapping[str, str]) -> bool:
    return types.get(table.refresh.time_column) == "date" or query_grain(table.main_sql) == "day"


def why_other_days(table: SummaryTable, increment: Build | BuildRun, others: Sequence[Build]) -> str:
    """Why the days of `increment` are no continuation of those in the table, in plain sentences; empty if they are.

    `others` are the builds in the table, with their zones, latest first.
    """
    other = next((build for build in others if build.run_id and not _same_days(table.timezone, build)), None)
    if other is None:
        return ""
    words = (
        f"{table.full_name} has days of {other.timezone}, which was its time zone in the run of "
        f"{interval_text(other.timezone, other)}. Its file says `timezone: {table.timezone}` now, where days begin at "
        f"other hours: with the rows of {interval_text(table.timezone, increment)}, some hours would be counted in two "
        f"days. Nothing was changed. To go on as before, write `timezone: {other.timezone}`."
    )
    return f"{words} {anew_words(table)}".strip()


def _same_days(zone: str, build: Build) -> bool:
    """Days begin at the same moments in both zones, about when the build was."""
    moments = filter(None, (build.interval_start, build.interval_end, build.run_at))
    return build.timezone == zone or all(_offset(zone, at) == _offset(build.timezone, at) for at in moments)


def _offset(zone: str, moment: datetime) -> timedelta | None:
    return local(zone, moment).utcoffset()
