"""A date in quotes that is reckoned with says that it is one.

Beside an interval PostgreSQL takes it for an interval.

PASS: `'{{ ds }}'::date - INTERVAL '7 days'`, `'{{ ds }}'::date - 7`
FAIL: `'{{ ds }}' - INTERVAL '7 days'`, `'{{ ds }}' - 7`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.pitfalls import untyped_dates
from summary_tables.sql.query import Query


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        if query.dialect.needs_typed_dates and isinstance(query.parsed, Query):
            for found in untyped_dates.mistakes(query.text, query.dialect):
                place = file.place_in(query, found.place.offset, found.place.length)
                yield Finding(place=place, message=found.message, fix=found.fix)


RULE = Rule(check=check, level="error", certain="warehouse-type")
