"""Names that are none, and values that stand beside each other: a comma may be missing, or a name has two words.

A fix is given as the one right thing only where nothing else can be meant: "write a comma" builds other columns where
a name of two words was meant.
"""

import re

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.syntax_errors.broken_sql import BrokenSql
from summary_tables.sql.tokens.tokens import Token

_AFTER_NAME = frozenset((",", ")", ";", ""))
_OTHER_SIGNS = re.compile(r"[\w$]+(?:[-.%/&+:#]+[\w$]+)+")
_DIGITS_FIRST = re.compile(r"[0-9]\w*")
_OWNER = re.compile(r"""(?:[\w$]+|"[^"]*")\Z""")


def missing_comma(broken: BrokenSql) -> Finding[Span] | None:
    """Two values that stand beside each other."""
    at = broken.at - 1 if broken.key(broken.at) == "." or _is_call(broken) else broken.at
    token = broken.token(at)
    if not (_is_value(token) or token.key == "(") or not _ends_value(broken.token(at - 1)):
        return None
    if two_commas := _two_commas(broken):
        return two_commas
    if one_name := _name_of_two_words(broken, at):
        return one_name
    if not broken.works_with(token.start, token.start, ", "):
        return None
    if in_from := _in_from(broken, at):
        return in_from
    return broken.mistake(at, f"a comma is missing before `{broken.text(at)}`", f"write `, {broken.text(at)}`")


def _is_call(broken: BrokenSql) -> bool:
    """`date COUNT(*)`: no name can stand before these brackets."""
    return broken.key(broken.at) == "(" and broken.token(broken.at - 1).kind == "word"


def _in_from(broken: BrokenSql, at: int) -> Finding[Span] | None:
    """`FROM raw orders o`: with a comma it would read every pair of rows."""
    clause = next(broken.before("SELECT", "FROM", "JOIN", "WHERE", "BY", "HAVING", "ON", "LIMIT"), None)
    if clause is None or not broken.is_keyword(clause, "FROM", "JOIN"):
        return None
    message = f"`{broken.text(at)}` is a word too many: behind a table stands one word for it, or a comma or JOIN"
    table, second = broken.text(at - 2), broken.text(at - 1)
    is_first = at - 3 == clause or broken.key(at - 3) == ","
    fix = f"write `{table}.{second}` if it is a table of the schema `{table}`" if is_first else ""
    return broken.mistake(at, message, fix)


def _name_of_two_words(broken: BrokenSql, at: int) -> Finding[Span] | None:
    """`score AS first score`: what looks like a second column on the line may be the rest of a name."""
    last = at
    while broken.token(last + 1).kind == "word" and not broken.is_keyword(last + 1, "FROM", "AS"):
        last += 1
    words = broken.sql[broken.token(at - 1).start : broken.token(last).end]
    is_name = broken.token(at - 1).kind == broken.token(at).kind == "word" and "\n" not in words
    ends_name = broken.key(last + 1) in _AFTER_NAME or broken.is_keyword(last + 1, "FROM")
    if not is_name or not ends_name or not _gives_name(broken, at - 1):
        return None
    joined = "_".join(words.split())
    if not broken.goes_on_with(broken.token(at - 1).start, broken.token(last).end, joined):
        return None
    written = joined if broken.key(at - 2) == "AS" else f"AS {joined}"
    return broken.mistake(
        at - 1,
        f"`{words}` is no name: a name is one word",
        f"write `{written}` if it is the name of one column, or a comma where a second column begins",
        last=last,
    )


def _gives_name(broken: BrokenSql, index: int) -> bool:
    """Whether the word is the name of a column of the result, with or without AS before it."""
    clause = next(broken.before("SELECT", "FROM", "WHERE", "BY", "HAVING", "ON"), None)
    is_in_list = clause is not None and broken.is_keyword(clause, "SELECT")
    return is_in_list and (broken.key(index - 1) == "AS" or _ends_value(broken.token(index - 1)))


def _two_commas(broken: BrokenSql) -> Finding[Span] | None:
    """One value a line and no commas: the grammar takes the second for the name of the first."""
    at = broken.at
    first, second, third = (broken.token(index) for index in (at - 2, at - 1, at))
    if second.kind != "word" or not _ends_value(first) or "\n" not in broken.sql[first.end : second.start]:
        return None
    with_commas = f", {broken.sql[second.start : third.start]}, "
    if third.key == "(" or not broken.works_with(second.start, third.start, with_commas):
        return None
    message = f"commas are missing before `{broken.text(at - 1)}` and `{broken.text(at)}`"
    return broken.mistake(at - 1, message, f"write `, {broken.text(at - 1)}` and `, {broken.text(at)}`")


def _is_value(token: Token) -> bool:
    return token.kind in ("word", "name", "string", "number")


def _ends_value(token: Token) -> bool:
    return _is_value(token) or token.key in (")", "]")


def digit_first(broken: BrokenSql) -> Finding[Span] | None:
    """A name that begins with a digit; the scanner takes it for a number, and the dot before it for its point."""
    offset = broken.offset
    owner = _OWNER.search(broken.sql, max(offset - 200, 0), offset) if broken.sql.startswith(".", offset) else None
    word = _DIGITS_FIRST.match(broken.sql, offset + 1 if owner else offset)
    if word is None or (not owner and word[0].isdigit()):
        return None
    quoted = f'"{word[0]}"'
    if owner and not owner[0].isdigit():
        message = f"`{word[0]}` begins with a digit; such a name stands in double quotes"
        return Finding(place=Span(offset + 1, len(word[0])), message=message, fix=f"write `{owner[0]}.{quoted}`")
    message = f"`{word[0]}` is no number, and a name cannot begin with a digit"
    return Finding(place=Span(offset, len(word[0])), message=message, fix=f"write {quoted} if it is a name")


def other_signs(broken: BrokenSql) -> Finding[Span] | None:
    """`AS avg-score`."""
    for first in (broken.at - 1, broken.at):
        start = broken.token(first).start
        found = _OTHER_SIGNS.match(broken.sql, start)
        if (
            broken.key(first - 1) != "AS"
            or found is None
            or not broken.goes_on_with(start, found.end(), f'"{found[0]}"')
        ):
            continue
        joined = re.sub(r"\W+", "_", found[0])
        message = f"`{found[0]}` is no name: a name has letters, digits and `_`"
        return Finding(
            place=Span(start, len(found[0])),
            message=message,
            fix=f'write `{joined}`, or "{found[0]}" in double quotes',
        )
    return None
