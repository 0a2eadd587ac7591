"""A table has at most 500 output checks, those of its columns among them.

Each is a task of its own in Airflow.

PASS: 20 items in `output_check`, and 30 columns with two `checks` each
FAIL: 300 columns with two `checks` each
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

_MOST = 500


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    found = len(file.config.table.output_check)
    if found > _MOST and "columns" in file.data:
        yield Finding(
            place=file.document.span_of_key(("columns",)),
            message=f"the table has {found:,} output checks, those of `columns` among them; "
            f"at most {_MOST} are allowed",
            fix="write one check for several columns, such as `- not_null: [a, b, c]` in `output_check`",
        )


RULE = Rule(check=check, level="error", stage="build")
