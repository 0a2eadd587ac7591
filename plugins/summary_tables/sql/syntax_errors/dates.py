"""Dates that stand in SQL without quotes: `2026-11-22` is a subtraction there."""

import re
from collections.abc import Iterator
from itertools import pairwise

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.templates.pieces import Piece, pieces
from summary_tables.sql.tokens.tokens import Token, is_quoted, token_around, tokens

_DAYS = re.compile(r"\s*+(?:ds|macros\.ds_add\([^()]*+\)|[^|]*+\|\s*+ds)\s*+")
_MOMENTS = re.compile(r"\s*+(?:ts|ts_nodash_with_tz|logical_date|data_interval_(?:start|end)|[^|]*+\|\s*+ts)\s*+")


def mistakes(sql: str, dialect: Dialect) -> tuple[Finding[Span], ...]:
    """One for each date in `sql` that needs quotes and has none."""
    found = list(_mistakes(sql, dialect)) if "{{" in sql else []
    if _DAY.search(sql):
        found += _days(sql, dialect)
    return tuple(found)


# With two digits for month and day, and no blanks: nobody writes a subtraction of numbers so.
_DAY = re.compile(r"(?<![\w.'\"-])[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![\w.'\"-])")
_SUBTRACTION = ("number", "operator", "number", "operator", "number")
_REST_OF_SUM = frozenset("+-*/%^")


def _days(sql: str, dialect: Dialect) -> Iterator[Finding[Span]]:
    """`day >= 2026-01-31`: three numbers that nothing else is reckoned with."""
    text = stand_ins.filled(sql)
    found = tokens(text, dialect.lexical) if text else []
    if any(token.kind == "open" for token in found):
        return
    for at in range(len(found) - len(_SUBTRACTION) + 1):
        if tuple(token.kind for token in found[at : at + len(_SUBTRACTION)]) != _SUBTRACTION:
            continue
        start, end = found[at].start, found[at + len(_SUBTRACTION) - 1].end
        around = {token.key for token in (*found[max(at - 1, 0) : at], *found[at + 5 : at + 6])}
        if _DAY.fullmatch(sql, start, end) and not around & _REST_OF_SUM:
            written = sql[start:end]
            year, month, day = map(int, written.split("-"))
            message = f"without quotes `{written}` is a subtraction in SQL: {year - month - day}"
            yield Finding(place=Span(start, end - start), message=message, fix=f"write `'{written}'`")


def _mistakes(sql: str, dialect: Dialect) -> Iterator[Finding[Span]]:
    text = stand_ins.filled(sql)
    dates = [piece for piece in pieces(sql) if piece.kind == "value" and _becomes(piece)]
    found = tokens(text, dialect.lexical) if text and dates else []
    if any(token.kind == "open" for token in found):
        return
    words = [token for token in found if not is_quoted(token)]
    compared = [token for before, token in pairwise(found) if token.kind == "name" and _is_compared(before)]
    for piece in dates:
        if name := token_around(compared, piece.start):
            yield _in_double_quotes(sql, name)
            continue
        word = token_around(words, piece.start)
        if word is None:
            continue
        written = sql[piece.start : piece.end]
        is_alone = (word.start, word.end) == (piece.start, piece.end)
        yield Finding(
            place=Span(piece.start, piece.end - piece.start),
            message=f"without quotes `{written}` becomes {_becomes(piece)}",
            fix=f"write `'{written}'`" if is_alone else "write `{{ ds_nodash }}` in a name",
        )


def _is_compared(before: Token) -> bool:
    return before.kind == "operator" or before.key in ("BETWEEN", "AND")


def _in_double_quotes(sql: str, name: Token) -> Finding[Span]:
    return Finding(
        place=Span(name.start, name.end - name.start),
        message="in double quotes this is the name of a column, not a date",
        fix=f"write `'{sql[name.start + 1 : name.end - 1]}'`",
    )


def _becomes(piece: Piece) -> str:
    if _DAYS.fullmatch(piece.text):
        return "e.g. 2026-11-22, which is a subtraction in SQL: 1993"
    if _MOMENTS.fullmatch(piece.text):
        return "e.g. 2026-11-22 03:00:00+00:00, which SQL cannot read"
    return ""
