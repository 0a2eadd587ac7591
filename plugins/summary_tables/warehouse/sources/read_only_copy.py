"""The rows of a query in a temporary table, filled where nothing that the query calls can write."""

from summary_tables.sql.quoting import qualified
from summary_tables.sql.statements.copying import COPY, CopyingStatements
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.result_types import require_trusted_types

READ_ONLY_COPY = qualified("pg_temp", COPY)
"""The table."""

_ColumnDefinition = tuple[str, str, str | None]


def copy_read_only(session: Session, copying: CopyingStatements, query: str) -> int:
    """Run `query` into `READ_ONLY_COPY`; returns its number of rows.

    Inside a transaction, at the end of which the table is gone. What the query calls may read what the role may read;
    of what it did to the session nothing is left. Raises `WarehouseError`.
    """
    with session.read_only():
        columns = _definitions(session, copying, query)
    session.execute(copying.create_copy(columns))
    with session.read_only():
        rows = session.execute_query(copying.fill_copy(query), query)
    session.execute(session.sql.session.FORGET_STATEMENTS)
    return rows


def _definitions(session: Session, copying: CopyingStatements, query: str) -> list[_ColumnDefinition]:
    """Name, type and collation of each column, as CREATE TABLE ... AS would give them.

    The query itself must not stand in a statement that may write: to read it is to run the checks of domains.
    """
    sql = session.sql
    session.execute_query(sql.queries.declare_cursor(query), query)
    columns = session.result_types(sql.queries.describe(query), query)
    names = [column.name for column in columns]
    (types,) = session.query_rows(copying.true_types(query, names), query)
    require_trusted_types(session, copying.untrusted_types(types), names)
    # The modifier of a domain is its own.
    modified = [
        (oid, column.modifier if oid == column.type else -1) for oid, column in zip(types, columns, strict=True)
    ]
    full_types = session.rows(copying.full_types(modified))
    collated = [name for name, (_, has_collation) in zip(names, full_types, strict=True) if has_collation]
    collations = _collations(session, copying, query, names, collated)
    return [(name, kind, collations.get(name)) for name, (kind, _) in zip(names, full_types, strict=True)]


def _collations(
    session: Session, copying: CopyingStatements, query: str, names: list[str], collated: list[str]
) -> dict[str, str]:
    """The full names of the collations, by the names of the columns."""
    if not collated:
        return {}
    (collations,) = session.query_rows(copying.collations(query, names, collated), query)
    known = {name: oid for name, oid in zip(collated, collations, strict=True) if oid is not None}
    if not known:
        return {}
    full_names: dict[int, str] = dict(session.rows(copying.collation_names(list(known.values()))))
    return {name: full_names[oid] for name, oid in known.items()}
