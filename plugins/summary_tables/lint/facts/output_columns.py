"""The columns that a table will have, and how one gets a name."""

import re
from collections.abc import Collection, Iterator

from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.model.problem import Place
from summary_tables.sql.pitfalls.long_names import cut_name
from summary_tables.sql.query import OutputColumn, Query

_SHORT = 40
_OF_VALUES = re.compile(r"column[0-9]+")


def main_columns(file: TableFile) -> tuple[OutputColumn, ...]:
    """The columns that `main_sql` gives; nothing while it cannot be read."""
    parsed = file.main_query.parsed
    return parsed.columns if isinstance(parsed, Query) else ()


def no_column(file: TableFile, column: str) -> str:
    """That the table has no such column."""
    return (
        f"`columns` has no column `{column}`" if file.config.table.cells else f"`main_sql` gives no column `{column}`"
    )


def column_place(file: TableFile, query: SourceQuery, column: OutputColumn) -> Place:
    """Where a column of `query` stands in the file, up to the end of the line on which it begins."""
    first_line = query.text[column.offset : column.offset + column.length].partition("\n")[0]
    return file.place_in(query, column.offset, len(first_line.rstrip()))


def alias_advice(column: OutputColumn, name: str = "some_name") -> str:
    """What to write so that the column is called `name`."""
    if column.text.endswith("*"):
        return f"write the columns that are wanted in place of `{column.text}`"
    if column.text == column.name and _OF_VALUES.fullmatch(column.name):
        return f"write `SELECT * FROM (VALUES ...) AS list ({name}, ...)`"
    text = " ".join(column.text.split())
    return f"write `{text} AS {name}`" if len(text) <= _SHORT else f"write `AS {name}` behind it"


def is_among(name: str, names: Collection[str], file: TableFile) -> bool:
    """`names`, as the query gives them, have `name`; one that is too long is there as far as the warehouse keeps it."""
    return name in names or cut_name(name, file.dialect) in names


def known_names(file: TableFile) -> Iterator[str]:
    """The names of all columns of the table; those that the file declares, if any, where a `*` of the query hides
    some, and where no query gives them."""
    columns = main_columns(file)
    if file.config.table.cells or any(column.is_star for column in columns):
        yield from (column.name for column in file.config.table.columns)
    else:
        yield from (column.name for column in columns)
