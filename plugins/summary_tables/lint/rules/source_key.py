"""Keys that only mean something to a query stand beside a query, and `header` beside cells.

A CSV file or a sheet is read as a whole in each run, so nothing of it can be added to what there is; and there is no
query that `tests` could try.

PASS: `csv: {file: seeds/countries.csv}` without `refresh` and `tests`
FAIL: `refresh: append` there; `tests` there; `header: Month` of a column beside `main_sql`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    if file.config.table.cells:
        yield from _beside_cells(file)
    else:
        yield from _headers(file)


RULE = Rule(check=check, level="error", stage="build")


def _beside_cells(file: TableFile) -> Iterator[Finding[Place]]:
    table = file.config.table
    source = "csv" if table.csv else "google_sheet"
    if table.refresh.is_incremental:
        yield Finding(
            place=file.document.span_of_key(("refresh",)),
            message=f"each run reads all of `{source}`, so `{table.refresh.strategy}` would add what is there",
            fix="delete `refresh`: the table is built anew each time",
        )
    if "tests" in file.data:
        yield Finding(
            place=file.document.span_of_key(("tests",)),
            message=f"`tests` try a query, and the rows of this table are those of `{source}`",
            fix="delete it: `columns`, with their types and checks, say what must hold",
        )


def _headers(file: TableFile) -> Iterator[Finding[Place]]:
    for place, column in enumerate(file.config.table.columns):
        if column.header:
            yield Finding(
                place=file.document.span_of_key(("columns", place, "header")),
                message=f"`header` of the column `{column.name}` is for a CSV file or a sheet: here a query names it",
                fix="delete it",
            )
