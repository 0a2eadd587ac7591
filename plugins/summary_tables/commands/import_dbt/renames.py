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
    columns = _own_names(table, found, dialect)
    return Renames(table=table, columns=columns) if columns and _is_plain(table) else None


_MOST_LEVELS: Final = 6


def _own_names(table: str, found: QueryOrigins, dialect: Dialect) -> dict[str, str]:
    """What the table calls the columns that are passed on as they are, with all rows."""
    passed = {column.name: name for column in found.columns if (name := _only_source(column))}
    names = ", ".join(f'"{name}"' for name in dict.fromkeys(passed.values()))
    columns, source = dict[str, str](), table
    for _ in range(_MOST_LEVELS if passed else 0):
        bare = query_origins(f"SELECT {names} FROM {source}", dialect, lambda _: None)
        if isinstance(bare, QueryOrigins) and bare.rows == found.rows:
            values = {column.name: column.value for column in bare.columns}
            columns |= {
                column.name: passed[column.name]
                for column in found.columns
                if column.name in passed and values.get(passed[column.name]) == column.value
            }
        source = f"(SELECT * FROM {source}) AS inner_query"
    return columns


def _only_source(column: ColumnOrigin) -> str:
    """The one column from which it comes, certainly; empty: there is none such."""
    uses = list(column.value.uses)
    return uses[0].column if len(uses) == 1 and uses[0].is_certain and _is_plain(uses[0].column) else ""


def _is_plain(name: str) -> bool:
    return name == name.lower() and all(part.isidentifier() for part in name.split("."))
