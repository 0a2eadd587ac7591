"""SQL with `{schema}`, `{table}` and Jinja in it -> SQL of the same length that a parser can read."""

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates.pieces import Piece, pieces
from summary_tables.sql.tokens.tokens import is_quoted, token_around, tokens

SCHEMA_NAME = "\ua66eschema_"
TABLE_NAME = "\ua66etable_"
"""What stands for `{schema}` and `{table}`: identifiers of the same length, so that offsets stay what they are.

They begin with a letter that stands in one manuscript of the world: no name has it, and every grammar takes it for one.
"""

_SET = re.compile(r"\{%-?\s*set\s[^%]*?=")
# A date, a number, a macro: whatever it becomes, it is one word, number or date.
_ONE_VALUE = re.compile(r"[\w\s.]*+(?:\([\w\s.,+-]*+\))?\s*+")
_NUMBER = re.compile(r"\s*+[0-9]++\s*+")


@lru_cache(maxsize=4096)
def filled(sql: str) -> str | None:
    """`sql` with identifiers of the same length in place of `{schema}`, `{table}` and `{{ ... }}`.

    None where `{% ... %}` decides what the SQL is: only a run knows that.
    """
    if "{" not in sql:
        return sql
    if "{%" in sql and any(piece.kind == "statement" and not _SET.match(sql, piece.start) for piece in pieces(sql)):
        return None
    return replaced(sql, _stand_in)


def replaced(sql: str, stand_in: Callable[[Piece], str | None]) -> str:
    """`sql` with what `stand_in` gives for each piece; None leaves the piece as it is."""
    parts: list[str] = []
    position = 0
    for piece in pieces(sql):
        text = stand_in(piece)
        if text is not None:
            parts += [sql[position : piece.start], text]
            position = piece.end
    return "".join((*parts, sql[position:]))


def _stand_in(piece: Piece) -> str | None:
    length = piece.end - piece.start
    match piece.kind:
        case "name":
            return SCHEMA_NAME if piece.text == "schema" else TABLE_NAME
        case "value":
            return ("1" if _NUMBER.fullmatch(piece.text) else "x") * length
        case "open":
            return None
        case _:
            return " " * length


def told_apart(sql: str) -> str | None:
    """As `filled`, but for `{schema}` and `{table}`, which are left; other text in the braces is another identifier."""
    if filled(sql) is None:
        return None
    return replaced(sql, lambda piece: _own_stand_in(piece) if piece.kind == "value" else _blank_stand_in(piece))


def _own_stand_in(piece: Piece) -> str:
    length = piece.end - piece.start
    if _NUMBER.fullmatch(piece.text):
        return piece.text.strip().rjust(length, "0")
    letters = hashlib.blake2b(piece.text.strip().encode("utf-8", "surrogatepass")).hexdigest()
    return f"x{letters * (length // len(letters) + 1)}"[:length]


def _blank_stand_in(piece: Piece) -> str | None:
    return None if piece.kind in ("name", "open") else _stand_in(piece)


def with_placeholders(text: str) -> str:
    """`text` with `{schema}` and `{table}` where it quotes what stands for them."""
    return text.replace(SCHEMA_NAME, "{schema}").replace(TABLE_NAME, "{table}")


def may_become_more(sql: str, dialect: Dialect) -> bool:
    """Whether some `{{ ... }}` in `sql` may become more than one word or value: then no grammar can judge it."""
    text = filled(sql)
    if text is None:
        return True
    open_values = [piece for piece in pieces(sql) if piece.kind == "value" and not _ONE_VALUE.fullmatch(piece.text)]
    quoted = [token for token in tokens(text, dialect.lexical) if is_quoted(token)] if open_values else []
    return any(token_around(quoted, piece.start) is None for piece in open_values)
