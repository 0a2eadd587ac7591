"""The query at `sql` returns one column.

The run stops at a check that returns more. One at `no_rows` returns any.

PASS: `SELECT COUNT(1) FROM raw_data.nps`
FAIL: `SELECT COUNT(1), MAX(created_at) FROM raw_data.nps`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.check_queries import CheckQuery, readable_checks
from summary_tables.lint.facts.output_columns import column_place
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for found in readable_checks(file):
        if found.check.ONE_VALUE and returns_columns(found):
            yield Finding(
                place=column_place(file, found.query, found.parsed.columns[1]),
                message=f"the query of a check must return one column; this one returns {len(found.parsed.columns)}",
                fix="keep one column; make checks of their own of the others",
            )


RULE = Rule(check=check, level="error")


def returns_columns(found: CheckQuery) -> bool:
    """More than one for certain: what `*` stands for is not known."""
    columns = found.parsed.columns
    return len(columns) > 1 and not any(column.is_star for column in columns)
