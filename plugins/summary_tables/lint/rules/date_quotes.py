"""A date in SQL stands in quotes.

`{{ ds }}` becomes 2026-11-22, which without them is a subtraction.

PASS: `WHERE day = '{{ ds }}'`
FAIL: `WHERE day = {{ ds }}`, `WHERE day >= 2026-01-31`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.syntax_errors import dates


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for found in dates.mistakes(query.text, query.dialect):
            place = file.place_in(query, found.place.offset, found.place.length)
            yield Finding(place=place, message=found.message, fix=found.fix)


RULE = Rule(check=check, level="error", needs="place")
