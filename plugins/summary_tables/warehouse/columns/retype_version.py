"""Wider types for the columns of a version that rows are added to.

Where the rows that stand would have to be written anew, ALTER TABLE keeps readers waiting for as long as that takes,
and transactions that began before see an empty table afterwards. So they are written into a copy, which takes the
version's place once everybody can see them.
"""

from dataclasses import dataclass
from typing import Final

from summary_tables.model.column import Column
from summary_tables.model.table import SummaryTable
from summary_tables.model.version_name import copy_name
from summary_tables.sql.statements.retyping import RetypingStatements
from summary_tables.sql.type_names import short
from summary_tables.warehouse.columns.rebuild_messages import Reading, base_words
from summary_tables.warehouse.rights.carried_rights import rights_of, set_rights
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Retyping:
    """The columns with their wider types; `is_copied`: the copy has them."""

    columns: tuple[Column, ...]
    is_copied: bool = False


NOTHING: Final = Retyping(columns=())


def write_copy(session: Session, table: SummaryTable, version: str, columns: tuple[Column, ...]) -> str:
    """Write the rows of a version into a copy with these columns; returns its name. Nobody waits for that."""
    session.execute_all(_statements(session).create_copy_of_version(version, table.attributes, columns))
    return copy_name(version)


def drop_copy(session: Session, version: str) -> None:
    """Where the version has changed meanwhile."""
    session.execute(session.sql.versions.drop_version(copy_name(version)))


def retype(session: Session, table: SummaryTable, version: str, retyping: Retyping) -> None:
    """Give a version that no view of ours reads now its wider types.

    Belongs into the transaction that shows it. Raises `WarehouseError` naming the views that read it.
    """
    sql, versions = session.sql, session.warehouse.versions_schema
    # Of a plain table that was moved, what else depends on it goes on.
    readers = [
        Reading(what=what)
        for what, _, view in session.rows(sql.catalog.dependents(versions, version))
        if view or retyping.is_copied or what.startswith("materialized view")
    ]
    if readers:
        columns = [f'"{column.name}" {short(column.type)}' for column in retyping.columns]
        raise WarehouseError(base_words(table.full_name, columns, readers))
    if not retyping.is_copied:
        session.execute(_statements(session).retype_columns(version, retyping.columns))
        return
    set_rights(session, versions, copy_name(version), rights_of(session, versions, version))
    session.execute(sql.versions.drop_version(version))
    session.execute(_statements(session).rename_copy_of_version(version))


def _statements(session: Session) -> RetypingStatements:
    # Where there are none, `widen` refuses.
    assert session.sql.retyping is not None
    return session.sql.retyping
