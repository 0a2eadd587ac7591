"""Dates that stand in SQL without quotes: `2026-11-22` is a subtraction there."""

import re
from collections.abc import Iterator

from summary_tables.model import Dialect
from summary_tables.sql import template
from summary_tables.sql.query import SyntaxMistake
from summary_tables.sql.template import Piece
from summary_tables.sql.tokens import is_quoted, token_around, tokens

_DAYS = re.compile(r"\s*+(?:ds|macros\.ds_add\([^()]*+\)|[^|]*+\|\s*+ds)\s*+")
_MOMENTS = re.compile(r"\s*+(?:ts|ts_nodash_with_tz|logical_date|data_interval_(?:start|end)|[^|]*+\|\s*+ts)\s*+")


def mistakes(sql: str, dialect: Dialect) -> tuple[SyntaxMistake, ...]:
    """One for each date in `sql` that needs quotes and has none."""
    return tuple(_mistakes(sql, dialect)) if "{{" in sql else ()


def _mistakes(sql: str, dialect: Dialect) -> Iterator[SyntaxMistake]:
    text = template.filled(sql)
    dates = [piece for piece in template.pieces(sql) if piece.kind == "value" and _becomes(piece)]
    words = [token for token in tokens(text, dialect) if not is_quoted(token)] if text and dates else []
    for piece in dates:
        word = token_around(words, piece.start)
        if word is None:
            continue
        written = sql[piece.start : piece.end]
        is_alone = (word.start, word.end) == (piece.start, piece.end)
        yield SyntaxMistake(
            offset=piece.start,
            length=piece.end - piece.start,
            message=f"without quotes `{written}` becomes {_becomes(piece)}",
            fix=f"write `'{written}'`" if is_alone else "write `{{ ds_nodash }}` in a name",
        )


def _becomes(piece: Piece) -> str:
    if _DAYS.fullmatch(piece.text):
        return "e.g. 2026-11-22, which is a subtraction in SQL: 1993"
    if _MOMENTS.fullmatch(piece.text):
        return "e.g. 2026-11-22 03:00:00+00:00, which SQL cannot read"
    return ""
