"""SQL holds no invisible characters outside texts and comments.

A no-break space or a zero-width space comes along when text is copied out of a page or a chat. The warehouse takes it
for a letter of a name: `SELECT` with such a space after it is no SELECT.

PASS: `SELECT 1 AS one`, `WHERE note = 'any character'`
FAIL: the same with a no-break space (U+00A0) after `SELECT`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.tokens.characters import Lookalike, lookalikes
from summary_tables.text.lookalikes import described, without


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        found = [
            lookalike for lookalike in lookalikes(query.text, query.dialect.lexical) if lookalike.kind == "invisible"
        ]
        if found:
            yield _finding(file, query, found)


RULE = Rule(check=check, level="error", stage="build", needs="place", has_edits=True)


def _finding(file: TableFile, query: SourceQuery, found: list[Lookalike]) -> Finding[Place]:
    """One for the whole query: who copies one such character copies many."""
    first = found[0]
    more = f"; there are {len(found)} in this query" if len(found) > 1 else ""
    replaced = without(first.character)
    return Finding(
        place=file.place_in(query, first.offset),
        message=f"{described(first.character)} stands here; the warehouse takes it for a letter{more}",
        fix="write an ordinary space" if replaced else "delete it",
        edit=file.document.edit_in_text(query.path, first.offset, 1, replaced),
    )
