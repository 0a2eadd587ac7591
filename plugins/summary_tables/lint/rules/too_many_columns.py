"""`main_sql` gives no more columns than a table can have: 1,600.

PASS: `SELECT day, channel, sessions FROM raw_data.sessions`
FAIL: a query that lists 1,601 columns
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import column_place, main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table_columns import MOST_COLUMNS, too_many


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    columns = main_columns(file)
    if words := too_many(len(columns)):
        place = column_place(file, file.main_query, columns[MOST_COLUMNS])
        yield Finding(place=place, message=words, fix="delete columns from here on, or make two tables of them")


RULE = Rule(check=check, level="error")
