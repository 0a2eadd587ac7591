"""Views that only give the columns of one table other names: what is said of them can be said of that table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from summary_tables.sql.column_lineage.origins import ColumnOrigin, NotKnown, QueryOrigins
from summary_tables.sql.column_lineage.query import query_origins
from summary_tables.sql.dialect import Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class Renames:
    """`columns` has, by the names of the view, those of the `table`; columns that are computed are not among them."""

    table: str
    columns: Mapping[str, str] = field(default_factory=dict)


def renames(sql: str, dialect: Dialect) -> Renames | None:
    """What `sql` calls the columns of the one table of which it gives every row; None: it does something else."""
    found = query_origins(sql, dialect, lambda _: None)
    if isinstance(found, NotKnown):
        return None
    tables = {use.table for column in found.columns for use in column.value.uses}
    if len(tables) != 1:
        return None
    table = tables.pop()
    columns = {column.name: own for column in found.columns if (own := _own_name(column, table, found, dialect))}
    return Renames(table=table, columns=columns) if columns and _is_plain(table) else None


_MOST_LEVELS: Final = 6


def _own_name(column: ColumnOrigin, table: str, found: QueryOrigins, dialect: Dialect) -> str:
    """What the table calls a column that is passed on as it is, with all rows; empty: it is not."""
    uses = list(column.value.uses)
    if len(uses) != 1 or not uses[0].is_certain or not _is_plain(uses[0].column):
        return ""
    name, source = uses[0].column, table
    for _ in range(_MOST_LEVELS):
        bare = query_origins(f"SELECT {name} FROM {source}", dialect, lambda _: None)
        if isinstance(bare, QueryOrigins) and bare.columns[0].value == column.value and bare.rows == found.rows:
            return name
        source = f"(SELECT * FROM {source}) AS inner_query"
    return ""


def _is_plain(name: str) -> bool:
    return name == name.lower() and all(part.isidentifier() for part in name.split("."))
