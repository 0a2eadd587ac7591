"""Which columns of which tables a query reads, as a catalogue of lineage wants to know it: no Airflow yet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from summary_tables.model.placeholders import fill_names
from summary_tables.model.source_table import TableKey
from summary_tables.model.table import SummaryTable
from summary_tables.sql.column_lineage.origins import ORDER, ROWS, WHOLE_ROW, ColumnUse, QueryOrigins
from summary_tables.sql.column_lineage.query import query_origins
from summary_tables.sql.dialect import Dialect

Columns = Mapping[TableKey, Sequence[tuple[str, str]]]
"""Of each table name and type of its columns, in their order."""

Used = tuple[TableKey, str]
"""A table and one of its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsRead:
    """`tables` are all that the query reads, `values` by column of the result those of which its value is made.

    `rows`: those that decide which rows there are. What is not certain is left out: a catalogue takes all for certain.
    """

    tables: tuple[TableKey, ...] = ()
    values: Mapping[str, tuple[Used, ...]] = field(default_factory=dict)
    rows: tuple[Used, ...] = ()


def columns_read(table: SummaryTable, dialect: Dialect, known: Callable[[Sequence[TableKey]], Columns]) -> ColumnsRead:
    """Of the query of `table`. `known` says which columns tables have; it is asked once."""
    sql = fill_names(table.main_sql, schema=table.schema, table=table.table)
    first = query_origins(sql, dialect, lambda _: None)
    if not isinstance(first, QueryOrigins):
        return ColumnsRead()
    tables = _tables(first)
    columns = known(tables)
    found = query_origins(sql, dialect, lambda name: _names(columns, name))
    assert isinstance(found, QueryOrigins)
    values = {column.name: _used(column.value.uses) for column in found.columns}
    return ColumnsRead(tables=tables, values=values, rows=_used(found.rows.uses))


def _tables(found: QueryOrigins) -> tuple[TableKey, ...]:
    """Those that stand in a schema: of another nobody knows here which one is meant."""
    uses = [use for column in found.columns for use in column.value.uses]
    names = {use.table for use in (*uses, *found.rows.uses, *found.order.uses, *found.beside.uses)}
    return tuple(sorted(key for name in {*names, *found.passed_on} if (key := _key(name))))


def _key(name: str) -> TableKey | None:
    schema, dot, table = name.partition(".")
    return (schema, table) if dot else None


def _names(columns: Columns, name: str) -> tuple[str, ...] | None:
    found = columns.get(_key(name) or ("", ""))
    return tuple(column for column, _ in found) if found else None


def _used(uses: Iterable[ColumnUse]) -> tuple[Used, ...]:
    certain = (use for use in uses if use.is_certain and use.column not in (ROWS, ORDER, WHOLE_ROW))
    return tuple(sorted((key, use.column) for use in certain if (key := _key(use.table))))
