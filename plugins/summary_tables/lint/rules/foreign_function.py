"""A query calls functions that the warehouse has, not those of another database.

PASS: `COALESCE(score, 0)`, `STRING_AGG(name, ', ')`, `tools.if(a, b, c)`
FAIL: `IFNULL(score, 0)`, `GROUP_CONCAT(name)`, `IF(a, b, c)`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.query import Query
from summary_tables.sql.syntax_errors import foreign_functions


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for call in foreign_functions.calls(query.text, query.dialect):
            if isinstance(query.parsed, Query):
                yield Finding(
                    place=file.place_in(query, call.word.offset, len(call.word.text)),
                    message=f"{file.dialect.title} has no function `{call.word.text}` of its own",
                    fix=f"write {call.instead}",
                )


RULE = Rule(check=check, level="warning", needs="place", certain="warehouse-function")
