"""HAVING knows the columns of the tables, and not the names that SELECT gives.

PASS: `SELECT channel, COUNT(1) AS sessions ... GROUP BY channel HAVING COUNT(1) > 10`
FAIL: `SELECT channel, COUNT(1) AS sessions ... GROUP BY channel HAVING sessions > 10`
"""

import re
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.parsers.clauses import as_operand
from summary_tables.sql.pitfalls import having
from summary_tables.sql.query import OutputColumn, Query

# A name for anything else may also be a column of a table.
_AGGREGATE = re.compile(r"(?:count|sum|min|max|avg)\s*\(", re.IGNORECASE)
_LONGEST = 60


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        parsed = query.parsed
        if query.dialect.having_knows_aliases or not isinstance(parsed, Query):
            continue
        given = {column.name: column for column in parsed.columns if _AGGREGATE.match(column.text) and column.is_named}
        for word in having.plain_names(query.text, frozenset(given), query.dialect):
            yield Finding(
                place=file.place_in(query, word.offset, len(word.text)),
                message=f"`{word.text}` is a name that SELECT gives, and HAVING does not know it",
                fix=_fix(given[word.text.lower()]),
            )


RULE = Rule(check=check, level="error", certain="warehouse-column")


def _fix(column: OutputColumn) -> str:
    text = as_operand(column.text)
    return f"write `{text}`" if len(text) <= _LONGEST else f"write what stands before `AS {column.name}`"
