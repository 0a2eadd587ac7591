"""Give the version that an increment is added to the wider types of the increment, before its rows are added.

Readers see the same rows as before, with the wider types.
"""

from contextlib import suppress
from dataclasses import dataclass

from summary_tables.model.build import Build
from summary_tables.model.column import Column
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.columns.compatibility import widened
from summary_tables.warehouse.columns.rebuild_messages import unwidened
from summary_tables.warehouse.columns.rebuild_views import refuse_blocked
from summary_tables.warehouse.columns.retype_version import Retyping, drop_copy, retype, write_copy
from summary_tables.warehouse.increments.base import narrower
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import increments_of
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.switch import point_at, version_columns, view_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class WiderCopy:
    """A copy of `base` that is to take its place; `increments` are those that it has the rows of."""

    name: str
    base: str
    columns: tuple[Column, ...]
    increments: tuple[Build, ...]


def widen(session: Session, table: SummaryTable, base: str, increment: str, *, may_copy: bool) -> WiderCopy | None:
    """Give `base` the wider types of the increment at once, or write its rows into a copy, for `take_place`.

    Unless `may_copy`, the rows that stand are written anew while readers wait, where they must be. Belongs into a
    transaction that does nothing else. Raises `WarehouseError` if readers or their views would lose something.
    """
    columns = narrower(session, base, increment)
    if not columns:
        return None
    if not session.sql.retyping:
        raise WarehouseError(unwidened(table.full_name, [f'"{column.name}"' for column in columns]))
    before = {column.name: column.type for column in version_columns(session, base)}
    rules = session.dialect.types
    if may_copy and not all(rules.is_stored_alike(column.type, before[column.name]) for column in columns):
        if look_up(session, table).kind == "ours":
            refuse_blocked(session, table, widened(rules, view_columns(session, table), columns))
        name = write_copy(session, table, base, columns)
        return WiderCopy(name=name, base=base, columns=columns, increments=increments_of(session, table, base))
    _show(session, table, base, Retyping(columns=columns))
    return None


def take_place(session: Session, table: SummaryTable, copy: WiderCopy, base: str | None) -> None:
    """Put the copy in the place of what it is a copy of, unless that is `base` no longer or has got other rows.

    Everybody must be able to see its rows. Belongs into a short transaction of its own.
    """
    if base == copy.base and increments_of(session, table, base) == copy.increments:
        _show(session, table, base, Retyping(columns=copy.columns, is_copied=True))
    else:
        drop_copy(session, copy.base)


def discard(session: Session, copy: WiderCopy) -> None:
    """Where it could not take the place. What is left of it all the same is replaced by the next copy."""
    with suppress(WarehouseError):
        drop_copy(session, copy.base)


def _show(session: Session, table: SummaryTable, base: str, retyping: Retyping) -> None:
    live = look_up(session, table)
    if live.kind == "absent":
        retype(session, table, base, retyping)
    else:
        point_at(session, table, base, live, retyping=retyping)
