"""Minus is the ordinary dash.

Word processors turn it into a longer one, which the warehouse takes for a letter: `a –b` is then `a` with the name
`–b`.

PASS: `SELECT revenue - refunds`
FAIL: `SELECT revenue – refunds`
"""  # noqa: RUF002 - the manual shows the characters that the rule is about

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.tokens.characters import Lookalike, lookalikes


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for found in lookalikes(query.text, query.dialect.lexical):
            if found.kind == "dash":
                yield _finding(file, query, found)


RULE = Rule(check=check, level="error", needs="place", has_edits=True)


def _finding(file: TableFile, query: SourceQuery, found: Lookalike) -> Finding[Place]:
    sign = found.character
    before, after = query.text[: found.offset].rstrip(" "), query.text[found.offset + 1 : found.offset + 2]
    # One that became long of two, as word processors do it, began a comment.
    is_comment = found.character == "—" and (not before or before.endswith((",", "\n")))
    written = "--" if is_comment and after == " " else "-"
    return Finding(
        place=file.place_in(query, found.offset),
        message=f"`{sign}` (U+{ord(sign):04X}) is not a minus; the warehouse takes it for a letter",
        fix=f"write `{written}`",
        edit=file.document.edit_in_text(query.path, found.offset, 1, written),
    )
