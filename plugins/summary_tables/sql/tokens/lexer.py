"""Splits SQL into the few pieces that decide what a statement does.

The lexical rules are those of PostgreSQL's scanner (src/backend/parser/scan.l) with standard_conforming_strings on; in
Redshift a backslash escapes in every string. Time is linear in the length of the text.
"""

import re
from functools import cache
from typing import NamedTuple

from summary_tables.sql.tokens.lexical import Lexical

RUN = ""
OPEN_STRING = "open string"
OPEN_NAME = "open name"
OPEN_DOLLAR = "open dollar"
OPEN_COMMENT = "open comment"
NEVER_CLOSED = frozenset({OPEN_STRING, OPEN_NAME, OPEN_DOLLAR, OPEN_COMMENT})


class Piece(NamedTuple):
    """`kind` is a keyword in capitals, one of `( ) ; .`, one of `NEVER_CLOSED`, or `RUN` for everything in between.

    Only keywords that can decide are keywords here. Comments, and blanks at the ends, belong to no piece. A word
    straight after a dot is a name and so part of a run; a dot is a piece only when a comment follows it.
    """

    kind: str
    start: int
    end: int


_BLANK = r"[ \t\n\r\f\v]"
# Before 3.11.5 Python misreads `(...)*+`, a group that gives nothing back (CPython gh-106052), but not `[...]*+`.
# The groups here do without: each of their pieces begins with what neither the others nor the end begin with, so that
# there is one way through any text and nothing is tried twice.
# Said by what they are not: `re` spends milliseconds on each class that reaches beyond U+00FF.
_NAME_START = r"[^\x00-@\[-^`{-\x7f]"
_NAME_PART = r"[^\x00-#%-/:-@\[-^`{-\x7f]"
NAME = rf"{_NAME_START}{_NAME_PART}*+"
TAG = rf"{_NAME_START}[^\x00-/:-@\[-^`{{-\x7f]*+"
_KEYWORD = (
    r"(?i:as|delete|for|in(?:to|sert)|merge|nulls|overlay|pivot|s(?:elect|et|ubstring)|u(?:npivot|pdate|sing)|with)"
    rf"(?!{_NAME_PART})"
)
_EXPONENT = r"(?:[eE][+-]?[0-9]++)?"
NUMBER = rf"[0-9]++(?:_[0-9]++)*(?:\.[0-9]*+(?:_[0-9]++)*)?{_EXPONENT}|\.[0-9]++{_EXPONENT}"
LINE_COMMENT = r"--[^\n\r]*+"
_FLAT_COMMENT = r"/\*(?:[^*/]++|\*(?!/)|/(?!\*))*\*/"
_PLAIN = r"'[^']*+(?:''[^']*+)*'(?!')"
_ESCAPED = r"'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*'(?!')"
QUOTED_NAME = r'"[^"]*+(?:""[^"]*+)*"(?!")'
DOLLAR_STRING = rf"\$(?P<tag>(?:{TAG})?)\$(?:[^$]++|\$(?!(?P=tag)\$))*\$(?P=tag)\$"
# Strings on later lines continue an E'...' under its rules; those of a plain string are strings of their own.
_LINE_BREAK = rf"(?:[ \t\f\v]++|{LINE_COMMENT})*[\n\r](?:{_BLANK}++|{LINE_COMMENT}[\n\r])*"
_BACKSLASHES_ESCAPE = rf"[eE]?{_ESCAPED}"
_BACKSLASHES_ARE_TEXT = rf"{_PLAIN}|[eE]{_ESCAPED}(?:{_LINE_BREAK}{_ESCAPED})*"


def string_pattern(lexical: Lexical) -> str:
    """A string in quotes, as a regular expression without groups."""
    return _BACKSLASHES_ESCAPE if lexical.backslash_escapes else _BACKSLASHES_ARE_TEXT


@cache
def _pattern(lexical: Lexical) -> re.Pattern[str]:
    atom = "|".join(
        (
            rf"(?!{_KEYWORD}|[eE]'){NAME}",
            r"[\x00-\x08\x0e-\x1f!#%&*+,:<=>?@\[-^`{-\x7f]++",
            rf"\.{_BLANK}*+{NAME}",
            NUMBER,
            string_pattern(lexical),
            QUOTED_NAME,
            r"-(?!-)|/(?!\*)",
            r"\$[0-9]++",
            DOLLAR_STRING,
            rf"\$(?!(?:{TAG})?\$)",
            rf"\.(?!{_BLANK}*+(?:--|/\*))",
        )
    )
    return re.compile(
        rf"(?:{_BLANK}++|{LINE_COMMENT}|{_FLAT_COMMENT})*"
        rf"(?:(?P<run>(?:{_BLANK}*+(?:{atom}))+)|(?P<keyword>{_KEYWORD})|(?P<mark>[().;])|(?P<open>.))?",
        re.DOTALL,
    )


_COMMENT_EDGE = re.compile(r"/\*|\*/")
_WORD = re.compile(NAME)
_OPEN_KINDS = {
    "/": OPEN_COMMENT,
    "'": OPEN_STRING,
    "e": OPEN_STRING,
    "E": OPEN_STRING,
    '"': OPEN_NAME,
    "$": OPEN_DOLLAR,
}


def pieces(sql: str, lexical: Lexical) -> list[Piece]:
    """The pieces of `sql` in order. After an `OPEN_...` piece, which reaches to the end of the text, there are none."""
    match = _pattern(lexical).match
    found: list[Piece] = []
    position = 0
    while (group := (hit := match(sql, position)) and hit.lastgroup) and hit:
        start, position = hit.span(group)
        if group == "run":
            found.append(Piece(RUN, start, position))
        elif group == "keyword":
            found.append(Piece(hit[group].upper(), start, position))
        elif group == "mark":
            found.append(Piece(hit[group], start, position))
        elif (end := _comment_end(sql, start)) is not None:
            position = end
        else:
            return [*found, Piece(_OPEN_KINDS[sql[start]], start, len(sql))]
    return found


def _comment_end(sql: str, start: int) -> int | None:
    """Where the (nested) comment that starts at `start` ends; None if it never does or if none starts there."""
    depth = 0
    for edge in _COMMENT_EDGE.finditer(sql, start) if sql.startswith("/*", start) else ():
        depth += 1 if edge[0] == "/*" else -1
        if not depth:
            return edge.end()
    return None


def word_at(sql: str, offset: int) -> str:
    """The unquoted word that starts at `offset`, as it is written; empty if none does."""
    word = _WORD.match(sql, offset)
    return word[0] if word else ""
