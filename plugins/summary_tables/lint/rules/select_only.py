"""A query only reads: one SELECT, no second statement, nothing that changes or locks data.

PASS: `SELECT COUNT(1) FROM raw_data.nps`
FAIL: `DELETE FROM raw_data.nps`, `SELECT 1; SELECT 2`, `SELECT a INTO b FROM c`, `SELECT a FROM b FOR UPDATE`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql import select_only
from summary_tables.sql.tokens.characters import lookalikes
from summary_tables.sql.tokens.lexer import word_at


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        found = select_only.violation(query.text, query.dialect)
        if found and not _has_odd_character(query):
            length = max(len(word_at(query.text, found.place.offset)), 1)
            yield Finding(place=file.place_in(query, found.place.offset, length), message=found.message, fix=found.fix)


RULE = Rule(check=check, level="error", stage="build", needs="place")


def _has_odd_character(query: SourceQuery) -> bool:
    """Such a one changes words: `invisible_character` or `odd_sign` refuses the file and says why."""
    return any(lookalike.kind in ("invisible", "sign") for lookalike in lookalikes(query.text, query.dialect.lexical))
