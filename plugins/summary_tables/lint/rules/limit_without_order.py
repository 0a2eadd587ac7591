"""Where a query takes only some rows, it says which.

Without ORDER BY they may be others in each run.

PASS: `SELECT name FROM raw_data.users ORDER BY created_at DESC LIMIT 10`
FAIL: `SELECT name FROM raw_data.users LIMIT 10`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.query import Query


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        parsed = query.parsed
        for word in parsed.limits_without_order if isinstance(parsed, Query) else ():
            yield Finding(
                place=file.place_in(query, word.offset, len(word.text)),
                message=f"{word.text} without ORDER BY takes any rows, and others in the next run",
                fix="write ORDER BY in front of it",
            )


RULE = Rule(check=check, level="warning")
