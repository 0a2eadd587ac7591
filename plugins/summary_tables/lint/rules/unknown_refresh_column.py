"""The columns that `refresh` names are among those that `main_sql` gives, spelt as the warehouse spells them.

PASS: `refresh: {delete_insert: {time_column: date}}` with `SELECT created_at::date AS date ...`
FAIL: `refresh: {delete_insert: {time_column: day}}` there
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.facts.column_fix import column_fix
from summary_tables.lint.facts.output_columns import is_among, known_names, no_column
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.warehouse.increments.strategies import strategy_named


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    named = list(_named(file))
    names = tuple(known_names(file)) if named else ()
    for path, column in named if names else ():
        if not is_among(column, names, file):
            yield _finding(file, path, column, names)


RULE = Rule(check=check, level="error")


def _named(file: TableFile) -> Iterator[tuple[YamlPath, str]]:
    refresh = file.config.table.refresh
    if not refresh.is_incremental:
        return
    for option, columns in strategy_named(refresh.strategy).columns(refresh).items():
        path: YamlPath = ("refresh", refresh.strategy, option)
        is_list = isinstance(file.data["refresh"][refresh.strategy][option], list)
        for index, column in enumerate(columns):
            yield (*path, index) if is_list else path, column


def _finding(file: TableFile, path: YamlPath, column: str, names: Sequence[str]) -> Finding[Place]:
    return Finding(
        place=file.document.span_of_value(path),
        message=no_column(file, column),
        fix=column_fix(column, names, is_list_item=isinstance(path[-1], int)),
    )
