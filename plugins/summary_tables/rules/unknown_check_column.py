"""An output check names columns that `main_sql` gives, spelt as the warehouse spells them.

PASS: `- not_null: date` with `SELECT LEFT(created_at, 10) AS date ...`
FAIL: `- not_null: day` there; `- unique: Date`, since names without quotes are lower-case
"""

from collections.abc import Iterator, Sequence

from summary_tables.config_folder import ConfigFolder
from summary_tables.english_list import quoted
from summary_tables.file_facts.output_columns import known_names
from summary_tables.problem import Level
from summary_tables.rules.rule import Finding
from summary_tables.spelling import nearest
from summary_tables.table_file import TableFile
from summary_tables.yaml_files.yaml_document import YamlPath

LEVEL: Level = "error"


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding]:
    checks = enumerate(file.config.table.output_check)
    named = [(("output_check", index, found.KEY), found.columns) for index, found in checks if found.columns]
    names = tuple(known_names(file)) if named else ()
    for path, columns in named if names else ():
        yield from (_finding(file, path, column, names) for column in columns if column not in names)


def _finding(file: TableFile, path: YamlPath, column: str, names: Sequence[str]) -> Finding:
    near = nearest(column, names)
    return Finding(
        place=file.document.span_of_value(_path_of_column(file, path, column)),
        message=f"`main_sql` gives no column `{column}`",
        fix=f"write `{near}`" if near else f"its columns are {quoted(names)}",
    )


def _path_of_column(file: TableFile, path: YamlPath, column: str) -> YamlPath:
    """A kind has its column itself, a list of them, or a key `column`."""
    group, index, key = path
    value = file.data[str(group)][index][key]
    if isinstance(value, dict):
        return (*path, "column")
    return (*path, value.index(column)) if isinstance(value, list) else path
