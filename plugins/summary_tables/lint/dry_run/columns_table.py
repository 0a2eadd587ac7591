"""What the query of each file gives, for people."""

from collections.abc import Mapping

from summary_tables.model.column import Column
from summary_tables.sql.type_names import short


def columns_table(columns: Mapping[str, tuple[Column, ...]]) -> str:
    """One line a column, its type after it, below the name of the file; files whose query is wrong are left out."""
    return "".join(_file(name, found) for name, found in sorted(columns.items()) if found)


def _file(name: str, columns: tuple[Column, ...]) -> str:
    return f"{name}\n" + "".join(f"  {column.name}  {short(column.type)}\n" for column in columns)
