"""Each column of a CSV file or a sheet has a type that a cell can become.

It says what a cell must be. And each has a header of its own, by which its cells are found.

PASS: `columns: [{name: month, type: date}, {name: target, type: "numeric(12,2)"}]` with `csv`
FAIL: `columns: [{name: month}]` there; `type: integer[]` there, since no cell is a list; `header: Month` of two columns
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.spelling import nearest
from summary_tables.warehouse.sources.cells.column_types import KNOWN, conversion
from summary_tables.warehouse.sources.cells.columns import header_of


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for place, column in enumerate(file.config.table.columns if file.config.table.cells else ()):
        if not column.type:
            yield Finding(
                place=file.document.span_of_value(("columns", place, "name")),
                message=f"`type` is missing from the column `{column.name}`: it says what its cells must be",
                fix=f"add `type:` with one of {KNOWN}",
            )
        elif conversion(file.dialect.types.full_name(column.type)) is None:
            yield _unknown(file, place, column.type)
    yield from _headed_alike(file)


RULE = Rule(check=check, level="error")


def _headed_alike(file: TableFile) -> Iterator[Finding[Place]]:
    columns = file.config.table.columns if file.config.table.cells else ()
    headers = [header_of(column) for column in columns]
    for place, (column, header) in enumerate(zip(columns, headers, strict=True)):
        first = columns[headers.index(header)].name
        # A column that is there twice is told of by `columns`.
        if first != column.name:
            yield Finding(
                place=file.document.span_of_value(("columns", place, "header" if column.header else "name")),
                message=f"the columns `{first}` and `{column.name}` are both headed `{header}`",
                fix="write at each the `header` that stands above its cells, or delete one of the two",
            )


def _unknown(file: TableFile, place: int, written: str) -> Finding[Place]:
    types = file.dialect.types
    near = nearest(written, [name for name in types.names() if conversion(types.full_name(name))])
    has_type = bool(file.dialect.types.full_name(written))
    why = "no cell becomes a value of it" if has_type else f"{file.dialect.title} has no such type"
    return Finding(
        place=file.document.span_of_value(("columns", place, "type")),
        message=f"the type is `{written}`: {why}",
        fix=f"write `type: {near}`" if near and not has_type else f"write one of {KNOWN}",
    )
