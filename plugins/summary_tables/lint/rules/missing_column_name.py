"""Every column of `main_sql` has a name.

Where the warehouse can make none up, the build stops.

PASS: `SELECT price * amount AS revenue FROM raw_data.orders`
FAIL: `SELECT price * amount FROM raw_data.orders`
"""

import re
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import alias_advice, column_place, main_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.model.table_columns import UNNAMED
from summary_tables.sql.query import Query

_NO_COLUMN = re.compile(r"\s*select\s*(?:;|$|from\b)", re.IGNORECASE)


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    main = file.main_query
    if isinstance(main.parsed, Query) and _NO_COLUMN.match(main.text):
        offset = len(main.text) - len(main.text.lstrip())
        yield Finding(
            place=file.place_in(main, offset, len("SELECT")),
            message="this query gives no column",
            fix="write the columns behind SELECT",
        )
    for column in main_columns(file):
        if column.name == UNNAMED:
            yield Finding(
                place=column_place(file, file.main_query, column),
                message="this column has no name, and every column of a table needs one",
                fix=alias_advice(column),
            )


RULE = Rule(check=check, level="error")
