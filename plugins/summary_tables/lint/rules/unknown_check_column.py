"""An output check names columns that `main_sql` gives, spelt as the warehouse spells them.

PASS: `- not_null: date` with `SELECT LEFT(created_at, 10) AS date ...`
FAIL: `- not_null: day` there; `- unique: Date`, since names without quotes are lower-case
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.facts.column_fix import column_fix
from summary_tables.lint.facts.named_checks import named_checks
from summary_tables.lint.facts.output_columns import is_among, known_names, no_column
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    checks = (check for check in named_checks(file, "output_check") if not check.of_column)
    named = [found for check in checks for found in check.paths_of_columns()]
    names = tuple(known_names(file)) if named else ()
    for path, column in named if names else ():
        if not is_among(column, names, file):
            yield _finding(file, path, column, names)


RULE = Rule(check=check, level="error")


def _finding(file: TableFile, path: YamlPath, column: str, names: Sequence[str]) -> Finding[Place]:
    return Finding(
        place=file.document.span_of_value(path),
        message=no_column(file, column),
        fix=column_fix(column, names, is_list_item=isinstance(path[-1], int)),
    )
