"""Each column of a CSV file or a sheet has a type, one that a cell can become: it says what a cell must be.

PASS: `columns: [{name: month, type: date}, {name: target, type: "numeric(12,2)"}]` with `csv`
FAIL: `columns: [{name: month}]` there; `type: integer[]` there, since no cell is a list
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.spelling import nearest
from summary_tables.warehouse.sources.cells.column_types import KNOWN, conversion


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


RULE = Rule(check=check, level="error")


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
