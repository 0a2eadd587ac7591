"""A query needs no `;` at its end: nothing follows it.

PASS: `main_sql: SELECT COUNT(1) AS answers FROM raw_data.nps`
FAIL: `main_sql: SELECT COUNT(1) AS answers FROM raw_data.nps;`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.tokens import lexer


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        if ";" not in query.text:
            continue
        pieces = lexer.pieces(query.text, query.dialect.lexical)
        # What else is wrong with a `;` is the business of select-only.
        if [piece.kind for piece in pieces].count(";") == 1 and pieces[-1].kind == ";":
            offset = pieces[-1].start
            yield Finding(
                place=file.place_in(query, offset),
                message="the `;` at the end of the query does nothing",
                fix="delete it",
                edit=file.document.edit_in_text(query.path, offset, 1, ""),
            )


RULE = Rule(check=check, level="info", has_edits=True)
