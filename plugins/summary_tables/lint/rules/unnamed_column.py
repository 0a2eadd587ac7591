"""Every column of `main_sql` has a name that somebody chose.

What the warehouse makes up says nothing to readers.

PASS: `SELECT COUNT(1) AS sessions FROM raw_data.session_timestamp`
FAIL: `SELECT COUNT(1) FROM raw_data.session_timestamp`, whose column would be called `count`
"""

from collections import Counter
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import alias_advice, column_place, main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table_columns import UNNAMED
from summary_tables.sql.query import OutputColumn


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    columns = main_columns(file)
    times = Counter(column.name for column in columns)
    for column in columns:
        # Where a made-up name is there twice, `duplicate_column` asks for a name already.
        if _has_made_up_name(column) and times[column.name] == 1:
            yield Finding(
                place=column_place(file, file.main_query, column),
                message=f"this column has no name; the table would call it `{column.name}`",
                fix=alias_advice(column),
            )


RULE = Rule(check=check, level="warning")


def _has_made_up_name(column: OutputColumn) -> bool:
    return not (column.is_named or column.is_star) and column.name != UNNAMED
