"""What the catalog of the warehouse says of tables that others fill. No table is read."""

from collections.abc import Mapping, Sequence

from summary_tables.model.settings import Warehouse
from summary_tables.model.source_table import SourceColumn, SourceTable, SourceType, StandingSources, TableKey
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.type_names import short
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.session import Session, open_session


def standing_sources(connection: Connection, warehouse: Warehouse, tables: Sequence[TableKey]) -> StandingSources:
    """What stands of `tables`, by their schemas and names. Raises `WarehouseError`."""
    with open_session(connection, warehouse) as session, session.transaction(read_only=True, keep=False):
        inventory = session.sql.inventory
        standing = session.rows(inventory.standing_tables(tables))
        columns = _columns(session, tables)
        types = _types(session, tables)
    return StandingSources(
        role=session.role,
        tables={
            (schema, name): SourceTable(
                name=name, description=comment.strip(), columns=tuple(columns.get((schema, name), ()))
            )
            for schema, name, _, comment in standing
        },
        types=types,
        closed=frozenset((schema, name) for schema, name, may_read, _ in standing if not may_read),
    )


def _columns(session: Session, tables: Sequence[TableKey]) -> Mapping[TableKey, list[SourceColumn]]:
    found: dict[TableKey, list[SourceColumn]] = {}
    for schema, table, name, full_type, comment in session.rows(session.sql.inventory.typed_columns(tables)):
        column = SourceColumn(name=name, type=_spelt(full_type, session.dialect), description=comment.strip())
        found.setdefault((schema, table), []).append(column)
    return found


def _types(session: Session, tables: Sequence[TableKey]) -> Mapping[TableKey, SourceType]:
    values: dict[tuple[str, str, str], list[str]] = {}
    for schema, name, base, value in session.rows(session.sql.inventory.made_types(tables)):
        values.setdefault((schema, name, base), []).append(value)
    return {
        (schema, name): SourceType(name=name, base=_spelt(base, session.dialect))
        if base
        else SourceType(name=name, values=tuple(of_type))
        for (schema, name, base), of_type in values.items()
    }


def _spelt(full_type: str, dialect: Dialect) -> str:
    """As people write it, where it is a type of the warehouse's own."""
    return short(full_type) if dialect.types.full_name(full_type) else full_type
