"""Braces in SQL are placeholders that exist: `{schema}`, `{table}`, and `{schema}.temp_{table}` in output checks.

In strings, comments and names in quotes braces mean themselves.

PASS: `SELECT COUNT(1) FROM {schema}.temp_{table}` as output check, `SELECT '{1,2}'::int[]`
FAIL: `SELECT COUNT(1) FROM {schema}.temp_{tabel}`, `{{ table }}`, `${table}`, `{schema}.tmp_{table}`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place, Span
from summary_tables.sql.templates import placeholder_errors


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for found in mistakes(query):
            place = file.place_in(query, found.place.offset, found.place.length)
            yield Finding(place=place, message=found.message, fix=found.fix)


RULE = Rule(check=check, level="error", needs="place")


def mistakes(query: SourceQuery) -> tuple[Finding[Span], ...]:
    """What is wrong with the placeholders of `query`."""
    return placeholder_errors.mistakes(query.text, query.dialect, is_output_check=query.role == "output_check")
