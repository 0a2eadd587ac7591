"""Comparisons with a sign too many, and conditions that stand beside each other."""

import re

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.syntax_errors.broken_sql import BrokenSql

_SIGNS = frozenset(("=", "<>", "!=", "<", ">", "<=", ">="))
_WORDS = ("BETWEEN", "IN", "LIKE", "ILIKE", "SIMILAR", "IS")
_OPPOSITES = frozenset(("<>", "!="))
_SIGNS_IN_TWO = {
    ("<", "="): "<=",
    (">", "="): ">=",
    ("<", ">"): "<>",
    ("!", "="): "!=",
    ("=", "="): "=",
    ("=", ">"): ">=",
}
_COMPARE = (*_WORDS, "EXISTS", "TRUE", "FALSE")
_BEFORE_VALUE = ("WHERE", "HAVING", "ON", "AND", "OR", "NOT", "WHEN")
_FAR = 5


def sign_before_word(broken: BrokenSql) -> Finding[Span] | None:
    """`a = BETWEEN 1 AND 2`, `a <> IN (1)`, `a = IS NULL`: the word compares already."""
    for sign in range(broken.at, max(broken.at - _FAR, -1), -1):
        has_not = broken.key(sign + 1) == "NOT"
        word = sign + 1 + has_not
        has_value = sign > 0 and not broken.is_keyword(sign - 1, *_BEFORE_VALUE)
        if broken.key(sign) in _SIGNS and has_value and broken.is_keyword(word, *_WORDS):
            return _sign_words(broken, sign, word, has_not=has_not)
    return None


def _sign_words(broken: BrokenSql, sign: int, word: int, *, has_not: bool) -> Finding[Span] | None:
    written, compares = broken.text(sign), broken.text(word)
    start, end = broken.token(sign).start, broken.token(sign).end
    message = f"`{written}` does not go with `{compares}`, which compares already"
    if written == "=" and broken.goes_on_with(start, end, " "):
        return broken.mistake(sign, message, "delete `=`")
    if written in _OPPOSITES and not has_not and compares.upper() != "IS" and broken.goes_on_with(start, end, "NOT "):
        return broken.mistake(sign, message, f"write `NOT {compares}`", last=word)
    return broken.mistake(sign, message) if broken.goes_on_with(start, end, " ") else None


def sign_in_two(broken: BrokenSql) -> Finding[Span] | None:
    """`a > = 1`."""
    for second in (broken.at, broken.at + 1):
        first = second - 1
        sign = _SIGNS_IN_TWO.get((broken.key(first), broken.key(second)))
        start, end = broken.token(first).start, broken.token(second).end
        if sign and broken.goes_on_with(start, end, sign):
            written = broken.sql[start:end]
            return broken.mistake(first, f"`{written}` is no comparison", f"write `{sign}`", last=second)
    return None


def missing_and(broken: BrokenSql) -> Finding[Span] | None:
    """`WHERE a = 1 b = 2`, and `BETWEEN 1 10`."""
    at = broken.at
    if at >= len(broken.tokens) or not any(True for _ in broken.before("WHERE", "HAVING", "ON")):
        return None
    start = broken.token(at).start
    if not broken.works_with(start, start, " AND "):
        return None
    since = next(broken.before("WHERE", "HAVING", "ON", "AND", "OR", "BETWEEN"))
    shown = _shown(broken)
    missing, fix = "AND or OR", f"write `AND {shown}`, or `OR {shown}` if one of the two is enough"
    if broken.key(since) == "BETWEEN":
        missing, fix = "AND", f"write `AND {shown}`"
    elif not (_compares(broken, since + 1, at) and _compares(broken, at, len(broken.tokens))):
        return None
    return Finding(place=Span(start, len(shown)), message=f"{missing} is missing before `{shown}`", fix=fix)


def _compares(broken: BrokenSql, first: int, end: int) -> bool:
    """Whether something is compared in these tokens, up to the next AND or OR."""
    for index in range(first, end):
        if broken.key(index) in _SIGNS or broken.is_keyword(index, *_COMPARE):
            return True
        if broken.is_keyword(index, "AND", "OR"):
            return False
    return False


_NAME = re.compile(r"[\w$\"]+(?:\.[\w$\"]+)*")


def _shown(broken: BrokenSql) -> str:
    """The name where the grammar stops, its table included, or the token."""
    found = _NAME.match(broken.sql, broken.token(broken.at).start)
    return found[0] if found else broken.text(broken.at)
