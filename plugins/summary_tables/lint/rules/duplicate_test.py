"""Each test of the query has a name of its own: `summary-tables test` tells by it which one failed.

PASS: `- name: no answers` and `- name: one answer`
FAIL: two times `- name: one answer`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.query_tests import path_of_test, query_tests
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    first: dict[str, int] = {}
    for index, test in enumerate(query_tests(file)):
        if test.name in first:
            line = file.document.place_of_value(path_of_test(first[test.name]))[0]
            yield Finding(
                place=file.document.span_of_value(path_of_test(index)),
                message=f"another test, on line {line}, has this name, too",
                fix="give each test a name of its own: what is different about it",
            )
        first.setdefault(test.name, index)


RULE = Rule(check=check, level="error")
