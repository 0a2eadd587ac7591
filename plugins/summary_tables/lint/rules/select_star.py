"""`main_sql` names its columns: with `*` the table changes as soon as its source does.

`COUNT(*)` is no such star, and neither is one over a part of the query that names its columns.

PASS: `SELECT user_id, channel FROM raw_data.sessions`
FAIL: `SELECT * FROM raw_data.sessions`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import column_place, main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for column in main_columns(file):
        if column.star_over_table:
            yield Finding(
                place=column_place(file, file.main_query, column),
                message=f"`{column.text}` takes all columns of the source: this table changes whenever the source does",
                fix="write the columns that this table shall have",
            )


RULE = Rule(check=check, level="warning")
