"""The version that an increment is added to, and making it ready to take the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.model.build import Build
from summary_tables.model.column import Column
from summary_tables.model.increment import RUN_COLUMN
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.columns.compatibility import increment_misfit, stale_increment, to_widen
from summary_tables.warehouse.live_table import LiveTable, look_up
from summary_tables.warehouse.logs.build_log import find_build, last_published, logged_build
from summary_tables.warehouse.rights.declare import declare
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.migration import carry_over, lock_for_move, move_away
from summary_tables.warehouse.view.switch import version_columns, view_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """An increment, what readers see, and the version it is to be added to.

    `base` is None where nothing stands that rows could be added to, or where that is a plain table still.
    """

    increment: Build
    live: LiveTable
    base: Build | None

    @property
    def is_done(self) -> bool:
        """The increment has been added, to what readers see or to what stood there before something newer."""
        shown = self.live.build
        if self.increment.published_at is None or shown is None:
            return False
        return self.increment.applied_to == shown.version or shown.started_at >= self.increment.started_at


def look_at(session: Session, table: SummaryTable, version: str) -> Situation:
    """How things stand now. Raises `WarehouseError` if the increment is not known."""
    increment = logged_build(session, table, version)
    live = look_up(session, table)
    return Situation(increment=increment, live=live, base=base_of(session, table, live))


def base_of(session: Session, table: SummaryTable, live: LiveTable) -> Build | None:
    """The version that a run would add its rows to; None where that is a plain table still, or nothing."""
    return _last_base(session, table) if live.kind == "absent" else live.build


def refuse_misfit(session: Session, table: SummaryTable, situation: Situation, newer: Sequence[Build]) -> None:
    """Raise `WarehouseError` if the increment lacks a column of the table, or has it with another type.

    `newer` are the builds in the table that began after it, latest first.
    """
    live, built = columns_of_both(session, table, situation)
    began = situation.increment.started_at
    problem = stale_increment(table, live, built, began, newer)
    problem = problem or increment_misfit(session.dialect.types, table.full_name, live, built)
    if problem:
        raise WarehouseError(problem)


def columns_of_both(
    session: Session, table: SummaryTable, situation: Situation
) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns that readers see, or would see again, and those of the increment."""
    base, increment = situation.base, situation.increment
    if situation.live.kind == "absent" and base:
        live = version_columns(session, base.version)
    else:
        live = view_columns(session, table)
    return live, version_columns(session, increment.version)


def keep_plain_table(session: Session, table: SummaryTable, live: LiveTable) -> str:
    """Make the plain table a version and show that to readers: the same rows; returns its name.

    Belongs into a short transaction of its own. Raises `WarehouseError` if the table cannot be moved.
    """
    lock_for_move(session, table, live)
    columns = tuple(column.name for column in view_columns(session, table))
    moved = move_away(session, table)
    session.execute(session.sql.views.create_view(table.schema, table.table, moved.version, columns))
    carry_over(session, moved)
    declare(session, table, moved.version, live)
    return moved.version


def types_of(session: Session, version: str) -> dict[str, str]:
    """The columns of a version, with their full types."""
    return {column.name: column.type for column in version_columns(session, version)}


def make_ready(session: Session, base: str, increment: str) -> None:
    """Give `base` the columns that it lacks; readers see none of them yet.

    Where it lacks some, it is locked for a moment: belongs into a short transaction of its own.
    """
    for statement in _lacking(session, base, increment):
        session.execute(statement)


def has_runs(session: Session, version: str) -> bool:
    """Do the rows of a version tell from which run they came?"""
    return RUN_COLUMN in _column_names(session, version)


def is_ready(session: Session, base: str, increment: str) -> bool:
    """Can the rows be added?"""
    return not _lacking(session, base, increment) and not narrower(session, base, increment)


def narrower(session: Session, base: str, increment: str) -> tuple[Column, ...]:
    """The columns of `base` that must get wider, with the types that the increment has."""
    return to_widen(session.dialect.types, version_columns(session, base), version_columns(session, increment))


def _lacking(session: Session, base: str, increment: str) -> tuple[str, ...]:
    """The statements that add the missing columns."""
    sql = session.sql
    names = _column_names(session, base)
    new = [column for column in version_columns(session, increment) if column.name not in names]
    run_column = () if RUN_COLUMN in names else (sql.increments.add_run_column(base, None),)
    return (*run_column, *(sql.increments.add_column(base, column) for column in new))


def _column_names(session: Session, version: str) -> list[str]:
    return [name for name, _ in session.rows(session.sql.catalog.columns(session.warehouse.versions_schema, version))]


def _last_base(session: Session, table: SummaryTable) -> Build | None:
    """Somebody dropped the view: what it showed last still has all rows, and the next run shows it again."""
    last = last_published(session, table.schema, table.table)
    if last is None:
        return None
    version = last.applied_to or last.version
    if not session.rows(session.sql.catalog.relation(session.warehouse.versions_schema, version)):
        return None
    return find_build(session, table.schema, table.table, version)
