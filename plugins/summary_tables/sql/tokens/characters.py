"""Characters in SQL that no warehouse reads as what they look like.

Those in texts, in names in quotes and in comments stay what they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summary_tables.sql.tokens.lexical import Lexical
from summary_tables.text.lookalikes import CURLY_QUOTES, FOREIGN_SIGNS, INVISIBLE, LONG_DASHES


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """`kind`: what it looks like. `offset` counts the characters of the SQL from 0."""

    kind: str
    character: str
    offset: int


# What is never closed reaches to the end of the SQL: to look for its end from every later place would take too long.
_ESCAPED_TEXT = r"'[^'\\]*+(?:(?:''|\\.)[^'\\]*+)*(?:'(?!')|\\?\Z)"
_PLAIN_TEXT = rf"[eE]{_ESCAPED_TEXT}|'[^']*+(?:''[^']*+)*(?:'(?!')|\Z)"
_REST = rf"""
    |"[^"]*+(?:""[^"]*+)*(?:"(?!")|\Z)
    |--[^\n\r]*+
    |/\*.*?(?:\*/|\Z)
    |\$(?P<tag>\w*+)\$.*?(?:\$(?P=tag)\$|\Z)
    |\{{\{{.*?(?:\}}\}}|\Z)|\{{%.*?(?:%\}}|\Z)|\{{\#.*?(?:\#\}}|\Z)
    |(?P<invisible>{INVISIBLE.pattern})
    |(?<![^\W_])(?P<quote>[{CURLY_QUOTES}])
    |(?P<dash>[{LONG_DASHES}])
    |(?P<sign>{"|".join(map(re.escape, FOREIGN_SIGNS))})
"""
_BACKSLASHES_ARE_TEXT = re.compile(_PLAIN_TEXT + _REST, re.VERBOSE | re.DOTALL)
_BACKSLASHES_ESCAPE = re.compile(_ESCAPED_TEXT + _REST, re.VERBOSE | re.DOTALL)
_KINDS = ("invisible", "quote", "dash", "sign")


def lookalikes(sql: str, lexical: Lexical) -> tuple[Lookalike, ...]:
    """Invisible characters, curly quotes at the start of a word, long dashes for a minus, signs of other keyboards."""
    return () if sql.isascii() and "&" not in sql else _found(sql, lexical)


@lru_cache(maxsize=256)
def _found(sql: str, lexical: Lexical) -> tuple[Lookalike, ...]:
    return tuple(_search(sql, lexical))


def _search(sql: str, lexical: Lexical) -> Iterator[Lookalike]:
    pieces = _BACKSLASHES_ESCAPE if lexical.backslash_escapes else _BACKSLASHES_ARE_TEXT
    for piece in pieces.finditer(sql):
        kind = next((kind for kind in _KINDS if piece[kind]), "")
        if kind and not (kind in ("dash", "sign") and _is_in_word(sql, piece.start())):
            yield Lookalike(kind=kind, character=piece[0], offset=piece.start())


def _is_in_word(sql: str, offset: int) -> bool:
    """A dash or sign between letters of another script, or after one, may belong to a name."""
    before = sql[offset - 1 : offset]
    return sql[offset] != "&" and bool(re.match(r"[^\W\d_]", before)) and not before.isascii()
