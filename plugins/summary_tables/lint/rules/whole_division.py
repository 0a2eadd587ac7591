"""A share of two counts is no whole number.

`/` between whole numbers cuts off the rest.

PASS: `COUNT(a)::numeric / COUNT(b)`, `COUNT(a) / COUNT(b)::numeric`, `FLOOR(COUNT(a) / COUNT(b))`
FAIL: `COUNT(a) / COUNT(b)`, `100 * COUNT(a) / COUNT(b)`
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
        for word in parsed.whole_divisions if isinstance(parsed, Query) else ():
            yield Finding(
                place=file.place_in(query, word.offset, len(word.text)),
                message="both sides are whole numbers, so what is behind the point is cut off: 2 / 3 is 0",
                fix=f"write `::{file.dialect.phrases.fractions}` behind what stands right of `/`",
            )


RULE = Rule(check=check, level="warning")
