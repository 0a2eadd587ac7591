"""`main_sql` does not sort its rows.

Rows of a table have no order, and ORDER BY makes the build slower.

PASS: `SELECT month, mau FROM raw_data.mau ORDER BY mau DESC LIMIT 10`
FAIL: `SELECT month, mau FROM raw_data.mau ORDER BY month`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.query import Query


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    parsed = file.main_query.parsed
    # A BRIN index is small because rows that are near in value are near on disk.
    by_place = any(index.method == "brin" for index in file.config.table.indexes)
    if isinstance(parsed, Query) and parsed.order_by and not by_place:
        yield Finding(
            place=file.place_in(file.main_query, parsed.order_by.offset, len(parsed.order_by.text)),
            message="ORDER BY has no effect here: the rows of a table have no order",
            fix="delete it; whoever reads the table sorts",
        )


RULE = Rule(check=check, level="info")
