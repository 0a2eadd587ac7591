"""The query at `sql` returns one row whatever is in the tables.

The run stops at a check that returns none or more.

PASS: `SELECT COUNT(1) FROM raw_data.nps`, `SELECT MAX(score) FROM raw_data.nps`
FAIL: `SELECT score FROM raw_data.nps`, `SELECT COUNT(1) FROM raw_data.nps GROUP BY created_at`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.check_queries import readable_checks
from summary_tables.lint.rules.one_value import returns_columns
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.syntax_errors import foreign_functions


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for found in readable_checks(file):
        if not found.check.ONE_VALUE or found.parsed.returns_one_row or returns_columns(found):
            continue
        # Perhaps an aggregate of another database, such as COUNTIF, of which `foreign_function` speaks.
        if not any(foreign_functions.calls(found.query.text, file.dialect)):
            yield Finding(
                place=found.place,
                message="the query of a check must return one row; this one may return none, or several",
                fix="write COUNT, MIN, MAX or SUM around the value, without GROUP BY",
            )


RULE = Rule(check=check, level="warning")
