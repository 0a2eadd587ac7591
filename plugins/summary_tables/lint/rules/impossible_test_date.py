"""The day of a test exists.

PASS: `date: "2026-02-28"`
FAIL: `date: "2026-02-30"`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.query_tests import QueryTest, query_tests
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for index, test in enumerate(query_tests(file)):
        if not _exists(test):
            yield Finding(
                place=file.document.span_of_value(("tests", index, "date")),
                message=f"no calendar has the day {test.date}",
                fix='write a day such as "2026-01-31"',
            )


RULE = Rule(check=check, level="error")


def _exists(test: QueryTest) -> bool:
    try:
        return test.day.isoformat() == test.date
    except ValueError:
        return False
