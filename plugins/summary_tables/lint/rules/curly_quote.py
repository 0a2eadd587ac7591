"""Texts in SQL stand between straight quotes.

Word processors and chats turn quotes into curly ones, which the warehouse takes for letters of a name.

PASS: `WHERE channel = 'Organic'`, `WHERE note = 'it’s'`
FAIL: `WHERE channel = ‘Organic’`, `SELECT a AS “Total”`
"""  # noqa: RUF002 - the manual shows the characters that the rule is about

import re
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.tokens.characters import lookalikes

_SINGLE, _DOUBLE = "\u2018\u2019\u201a\u201b\u2032", "\u201c\u201d\u201e\u201f\u2033"
_QUOTED = re.compile(
    rf"(?P<text>[{_SINGLE}](?P<inner>[^{_SINGLE}\n]*)[{_SINGLE}])|[{_DOUBLE}](?P<name>[^{_DOUBLE}\n]*)[{_DOUBLE}]"
)


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        end = 0
        for lookalike in lookalikes(query.text, query.dialect.lexical):
            if lookalike.kind == "quote" and lookalike.offset >= end:
                found = _QUOTED.match(query.text, lookalike.offset)
                end = found.end() if found else lookalike.offset + 1
                yield _finding(file, query, lookalike.offset, found)


RULE = Rule(check=check, level="error", needs="place", has_edits=True)


def _finding(file: TableFile, query: SourceQuery, offset: int, found: re.Match[str] | None) -> Finding[Place]:
    character = query.text[offset]
    straight = _straight(found) if found else ""
    length = len(found[0]) if found else 1
    return Finding(
        place=file.place_in(query, offset, length),
        message=f"`{character}` is a curly quote; the warehouse takes it for a letter",
        fix=f"write {straight}" if straight else "write ' around texts and \" around names",
        edit=file.document.edit_in_text(query.path, offset, length, straight) if straight else None,
    )


def _straight(found: re.Match[str]) -> str:
    """Curly double quotes mostly stand where a text is meant; only after AS are they a name's."""
    if found["text"]:
        return f"'{found['inner']}'" if "'" not in found["inner"] else ""
    is_name = re.search(r"\bas\s*$", found.string[: found.start()], re.IGNORECASE)
    if '"' in found["name"] or "'" in found["name"]:
        return ""
    return f'"{found["name"]}"' if is_name else f"'{found['name']}'"
