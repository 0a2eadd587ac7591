"""Indexes and keys are declared on columns that `main_sql` gives, spelt as the warehouse spells them.

PASS: `indexes: [{columns: [date]}]` with `SELECT LEFT(created_at, 10) AS date ...`
FAIL: `indexes: [{columns: [day]}]` there; `columns: [Date]`, since names without quotes are lower-case
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.facts.output_columns import is_among, known_names, no_column
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    names = tuple(known_names(file))
    for path, column in _declared(file) if names else ():
        if not is_among(column, names, file):
            yield _finding(file, path, column, names)


RULE = Rule(check=check, level="error")


def _declared(file: TableFile) -> Iterator[tuple[YamlPath, str]]:
    table = file.config.table
    for place, index in enumerate(table.indexes):
        yield from ((("indexes", place, "columns", at), name) for at, name in enumerate(index.columns))
    if table.attributes.distkey:
        yield ("attributes", "distkey"), table.attributes.distkey
    yield from ((("attributes", "sortkey", at), name) for at, name in enumerate(table.attributes.sortkey))


def _finding(file: TableFile, path: YamlPath, column: str, names: Sequence[str]) -> Finding[Place]:
    near = nearest(column, names)
    return Finding(
        place=file.document.span_of_value(path),
        message=no_column(file, column),
        fix=f"write `{near}`" if near else f"its columns are {quoted(names)}",
    )
