"""No column of `main_sql` is called as one that each table has.

The warehouse refuses such a table.

PASS: `SELECT MIN(user_id) AS first_user FROM raw_data.orders`
FAIL: `SELECT MIN(user_id) AS xmin FROM raw_data.orders`; so are `xmax`, `cmin`, `cmax`, `ctid` and `tableoid`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import alias_advice, column_place, main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table_columns import taken


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for column in main_columns(file):
        if not column.is_star and (words := taken(column.name)):
            place = column_place(file, file.main_query, column)
            yield Finding(place=place, message=words, fix=alias_advice(column, f"{column.name}_value"))


RULE = Rule(check=check, level="error")
