"""No two columns of `main_sql` have one name: the warehouse refuses such a table.

PASS: `SELECT a.id AS user_id, b.id AS session_id FROM ...`
FAIL: `SELECT a.id, b.id FROM ...`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import alias_advice, column_place, main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table_columns import UNNAMED
from summary_tables.sql.query import OutputColumn


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    first: dict[str, OutputColumn] = {}
    for column in main_columns(file):
        if column.is_star or column.name == UNNAMED:
            continue
        earlier = first.setdefault(column.name, column)
        if earlier is not column:
            yield _finding(file, earlier, column)


RULE = Rule(check=check, level="error")


def _finding(file: TableFile, earlier: OutputColumn, column: OutputColumn) -> Finding[Place]:
    place = column_place(file, file.main_query, column)
    other = column_place(file, file.main_query, earlier)
    where = f"that on line {other.line}" if other.line != place.line else f"that at column {other.column} of this line"
    return Finding(
        place=place,
        message=f"two columns are called `{column.name}`: this one and {where}; a table cannot have both",
        fix=f"{alias_advice(column, 'another_name')}, or delete one of the two",
    )
