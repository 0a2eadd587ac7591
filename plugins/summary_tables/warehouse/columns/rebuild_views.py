"""Take a published view down and put it back with wider columns, in one transaction: a view cannot retype a column.

Its owner, rights, comments and settings come back, and so do the views that read it, each with its own. What our role
cannot create again is named, with whose it is, and nothing is changed.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summary_tables.model.column import Column
from summary_tables.model.table import SummaryTable
from summary_tables.sql.statements.rights import Right
from summary_tables.sql.statements.statements import Statements
from summary_tables.warehouse.columns.compatibility import Widening, lost_columns
from summary_tables.warehouse.columns.rebuild_messages import Reading, blocked_words, rebuilt_words, unbuilt_words
from summary_tables.warehouse.rights.carried_rights import rights_of, set_rights
from summary_tables.warehouse.session.errors import DEADLOCK, LOCK_NOT_AVAILABLE, WarehouseError
from summary_tables.warehouse.session.session import Row, Session

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Belongings:
    """What a view has besides its columns. Rights of its owner are among them."""

    owner: str
    rights: frozenset[Right]
    comments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """A view that reads ours, as it stood."""

    reading: Reading
    definition: str
    options: tuple[str, ...]
    columns: tuple[Column, ...]
    belongings: _Belongings


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """What `put_back` needs. `views` are those that read ours, in the order in which they can be created."""

    belongings: _Belongings
    views: tuple[_View, ...]
    widenings: tuple[Widening, ...]


def take_down(session: Session, table: SummaryTable, owner: str, widenings: tuple[Widening, ...]) -> TakenDown:
    """Drop the view of `table`, which belongs to `owner`, and the views that read it; never with CASCADE.

    Belongs into the caller's transaction, as `put_back` does. Raises `WarehouseError` if not all can be created again.
    """
    sql, schema, name = session.sql, table.schema, table.table
    # In the order in which readers take their locks.
    for each in refuse_blocked(session, table, widenings):
        session.execute_all(sql.views.lock_view(each.schema, each.name, each.owner))
    session.execute_all(sql.views.lock_view(schema, name, owner))
    # Only now nothing can be added any more.
    readers = refuse_blocked(session, table, widenings)
    views = tuple(_view(session, each) for each in reversed(readers))
    taken = TakenDown(belongings=_belongings(session, schema, name, owner), views=views, widenings=widenings)
    for each in readers:
        session.execute(sql.views.drop_view(each.schema, each.name))
    session.execute(sql.views.drop_view(schema, name))
    return taken


def put_back(session: Session, table: SummaryTable, taken: TakenDown) -> None:
    """Once the published view stands again: give it what it had, and create the views that read it.

    Raises `WarehouseError` naming the view that cannot read the wider columns.
    """
    _give_back(session, table.schema, table.table, taken.belongings)
    for view in taken.views:
        _create_again(session, table, view, taken.widenings)
    if taken.widenings:
        names = [f"{view.reading.schema}.{view.reading.name}" for view in taken.views]
        _log.info("%s", rebuilt_words(table.full_name, taken.widenings, names))


def readers_of(
    sql: Statements, rows: Callable[[str], Sequence[Row]], table: SummaryTable, role: str
) -> tuple[Reading, ...]:
    """All that reads the published view or depends on it, views in an order in which they can be dropped.

    `rows` are what a statement returns; `role` is the one that would create the views again.
    """
    others = (row for each in sql.views.other_dependents(table.schema, table.table) for row in rows(each))
    views = (row for each in sql.views.reading_views(table.schema, table.table, role) for row in rows(each))
    return (
        *(Reading(what=what, owner=owner or "") for what, owner in others),
        *(
            Reading(schema=schema, name=name, what=kind, owner=owner, blocked=blocked)
            for schema, name, kind, owner, blocked in views
        ),
    )


def refuse_blocked(session: Session, table: SummaryTable, widenings: tuple[Widening, ...]) -> tuple[Reading, ...]:
    """All that reads the published view. Raises `WarehouseError` if our role cannot create it again with these."""
    readers = readers_of(session.sql, session.rows, table, session.role)
    if words := blocked_words(table.full_name, widenings, readers, session.role):
        raise WarehouseError(words)
    return readers


def _view(session: Session, each: Reading) -> _View:
    definition, options = session.rows(session.sql.views.view_definition(each.schema, each.name))[0]
    return _View(
        reading=each,
        definition=definition,
        options=tuple(options),
        columns=_columns(session, each),
        belongings=_belongings(session, each.schema, each.name, each.owner),
    )


def _belongings(session: Session, schema: str, name: str, owner: str) -> _Belongings:
    comments = session.rows(session.sql.catalog.comments(schema, name))
    return _Belongings(
        owner=owner,
        rights=rights_of(session, schema, name),
        comments=tuple((column, text) for column, text in comments),
    )


def _columns(session: Session, view: Reading) -> tuple[Column, ...]:
    rows = session.rows(session.sql.catalog.columns(view.schema, view.name))
    return tuple(Column(name=name, type=full_type) for name, full_type in rows)


def _give_back(session: Session, schema: str, name: str, had: _Belongings) -> None:
    if had.owner != session.role:
        session.execute(session.sql.views.own_view(schema, name, had.owner))
    set_rights(session, schema, name, had.rights)
    for column, text in had.comments:
        session.execute(session.sql.views.comment(schema, name, column, text))


def _create_again(session: Session, table: SummaryTable, view: _View, widenings: tuple[Widening, ...]) -> None:
    schema, name = view.reading.schema, view.reading.name
    try:
        session.execute(session.sql.views.replace_view(schema, name, view.definition, view.options))
        _give_back(session, schema, name, view.belongings)
    except WarehouseError as error:
        if error.sqlstate in (LOCK_NOT_AVAILABLE, DEADLOCK):
            raise
        words = unbuilt_words(table.full_name, widenings, view.reading, str(error))
        raise WarehouseError(words, sqlstate=error.sqlstate) from None
    if lost := lost_columns(session.dialect.types, view.columns, _columns(session, view.reading)):
        raise WarehouseError(unbuilt_words(table.full_name, widenings, view.reading, f"{'; '.join(lost)}."))
