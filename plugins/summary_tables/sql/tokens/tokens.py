"""Splits SQL into the tokens of PostgreSQL's scanner, for what no syntax tree tells: where each thing is written.

The lexical rules are those of `lexer`. Never raises: text that no rule knows becomes tokens of one character.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from summary_tables.sql.tokens.lexer import DOLLAR_STRING, LINE_COMMENT, NAME, NUMBER, QUOTED_NAME, TAG, string_pattern
from summary_tables.sql.tokens.lexical import Lexical

Kind = Literal["word", "name", "string", "number", "mark", "operator", "other", "open"]

TOP = -1
"""The group of what stands in no brackets."""


class Token(NamedTuple):
    """`kind` is `word` for what may be a keyword, `name` for a quoted word or one behind a dot, `open` for a string,
    quoted name or comment that never ends. `key` is the text, of a word in capitals. `group` is the place, in the list
    of tokens, of the bracket around the token.
    """

    kind: Kind
    key: str
    start: int
    end: int
    group: int


_OPERATOR = r"(?:-(?!-)|/(?!\*)|[~!@#^&|`?+*%<>=])+"


@cache
def _pattern(lexical: Lexical) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<string>(?:[bBxXnN](?=')|[uU]&(?='))?(?:{string_pattern(lexical)})|{DOLLAR_STRING})"
        rf"|(?P<name>(?:[uU]&)?{QUOTED_NAME})"
        rf"|(?P<word>{'#?+' if lexical.hash_names else ''}{NAME})"
        rf"|(?P<number>{NUMBER}|\$[0-9]++)"
        r"|(?P<mark>[()\[\],;]|::|:=|\.|:)"
        rf"|(?P<line>{LINE_COMMENT})|(?P<comment>/\*)"
        rf"|(?P<operator>{_OPERATOR})"
        rf"|(?P<open>\$(?:{TAG})?\$|['\"])"
        r"|(?P<blank>[ \t\n\r\f\v]++)"
        r"|(?P<other>.)",
        re.DOTALL,
    )


_COMMENT_EDGE = re.compile(r"/\*|\*/")
# An operator of several characters ends in + or - only where one of these is in it; see PostgreSQL's scan.l.
_MAY_END_IN_SIGN = frozenset("~!@#%^&|`?")
_CLOSING = {")": "(", "]": "["}


def tokens(sql: str, lexical: Lexical) -> list[Token]:
    """The tokens of `sql` in order, comments and blanks left out."""
    found: list[Token] = []
    brackets: list[int] = []
    for kind, start, end in _pieces(sql, _pattern(lexical)):
        text = sql[start:end]
        if kind == "word" and (not found or found[-1].key != "." or found[-1].kind != "mark"):
            key = text.upper()
        else:
            key, kind = text, "name" if kind == "word" else kind
        if kind == "mark" and brackets and found[brackets[-1]].key == _CLOSING.get(text):
            brackets.pop()
        found.append(Token(kind, key, start, end, brackets[-1] if brackets else TOP))
        if kind == "mark" and text in "([":
            brackets.append(len(found) - 1)
    return found


class Quoted(NamedTuple):
    """What means itself from `start` up to `end`."""

    kind: Literal["text", "quoted name", "comment"]
    start: int
    end: int


def quoted_spans(sql: str, lexical: Lexical) -> Iterator[Quoted]:
    """The texts, quoted names and comments of `sql`, in order; one that is never closed reaches to the end."""
    for kind, start, end in _spans(sql, _pattern(lexical)):
        if kind in ("line", "comment"):
            yield Quoted("comment", start, end)
        elif kind in ("string", "tag") or (kind == "open" and not sql.startswith('"', start)):
            yield Quoted("text", start, len(sql) if kind == "open" else end)
        elif kind in ("name", "open"):
            yield Quoted("quoted name", start, end)


def coarse_spans(sql: str, lexical: Lexical) -> Iterator[tuple[str, int, int]]:
    """All of `sql` in order, blanks and comments with it: what it is, where it begins, where it ends."""
    return _spans(sql, _pattern(lexical))


def _pieces(sql: str, pattern: re.Pattern[str]) -> Iterator[tuple[Kind, int, int]]:
    for kind, start, end in _spans(sql, pattern):
        if kind == "comment" and not sql.endswith("*/", start, end):
            yield "open", start, end
        elif kind == "operator":
            yield from _operators(sql[start:end], start)
        elif kind not in ("blank", "line", "comment"):
            yield _KINDS[kind], start, end


def _spans(sql: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Everything in `sql`, under the names of the pattern's groups."""
    position, size = 0, len(sql)
    while position < size and (hit := pattern.match(sql, position)):
        start, end, kind = position, hit.end(), hit.lastgroup or "other"
        if kind == "comment":
            end = _comment_end(sql, start)
        elif kind == "open":
            end = size
        position = end
        yield kind, start, end


_KINDS: dict[str, Kind] = {
    "string": "string",
    "tag": "string",
    "name": "name",
    "word": "word",
    "number": "number",
    "mark": "mark",
    "open": "open",
    "other": "other",
}


def _operators(text: str, start: int) -> Iterator[tuple[Kind, int, int]]:
    """One operator, and each sign behind it that is one of its own."""
    first = len(text) if _MAY_END_IN_SIGN.intersection(text) else len(text.rstrip("+-")) or 1
    yield "operator", start, start + first
    for place in range(start + first, start + len(text)):
        yield "operator", place, place + 1


def _comment_end(sql: str, start: int) -> int:
    depth = 0
    for edge in _COMMENT_EDGE.finditer(sql, start):
        depth += 1 if edge[0] == "/*" else -1
        if not depth:
            return edge.end()
    return len(sql)


def arguments(sql: str, found: Sequence[Token], opening: int) -> list[str]:
    """What stands between the commas of the brackets that open at `opening`."""
    parts: list[list[Token]] = [[]]
    for token in found[opening + 1 :]:
        if token.group == found[opening].group:
            break
        if token.key == "," and token.group == opening:
            parts.append([])
        else:
            parts[-1].append(token)
    return [sql[part[0].start : part[-1].end] for part in parts if part]


def token_around(found: Sequence[Token], offset: int) -> Token | None:
    """The token, of some in order, that has the character at `offset` in it."""
    index = bisect_right(found, offset, key=lambda token: token.start) - 1
    return found[index] if index >= 0 and offset < found[index].end else None


def is_quoted(token: Token) -> bool:
    """A string, or a name in quotes: there, words and braces mean themselves."""
    return token.kind == "string" or (token.kind == "name" and token.key.endswith('"'))


def is_keyword(found: Sequence[Token], index: int, *keys: str) -> bool:
    """Whether the token is one of these words, and no name given after AS."""
    token = found[index] if 0 <= index < len(found) else None
    if token is None or token.kind != "word" or token.key not in keys:
        return False
    return index == 0 or found[index - 1].key != "AS"
