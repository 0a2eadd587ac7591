"""Calls of functions that only other databases have, and what the warehouse writes instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.query import Word
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import Token, arguments, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCall:
    """`word` is the function as it is written, `instead` what to write."""

    word: Word
    instead: str


def calls(sql: str, dialect: Dialect) -> Iterator[ForeignCall]:
    """Each call, without a schema, of a function that only other databases have."""
    text = stand_ins.filled(sql) if _pattern(dialect).search(sql) else None
    found = tokens(text, dialect.lexical) if text else []
    for at, token in enumerate(found[:-1]):
        before = found[at - 1].key if at else ""
        is_call = token.kind == "word" and found[at + 1].key == "(" and before not in ("WITH", "RECURSIVE", "AS")
        name = token.key.lower()
        if is_call and name in dialect.functions.foreign and name not in dialect.functions.newer:
            word = Word(text=sql[token.start : token.end], offset=token.start)
            instead = dialect.functions.foreign[name]
            yield ForeignCall(word=word, instead=_of_dates(sql, found, at, dialect) or instead)


def _of_dates(sql: str, found: list[Token], at: int, dialect: Dialect) -> str:
    """The arguments of functions that reckon with dates say which unit is meant, and what is taken from what."""
    reckon = dialect.functions.date_arithmetic.get(found[at].key.lower())
    instead = reckon(arguments(sql, found, at + 1)) if reckon else ""
    return f"`({instead[1:-1]})`" if instead.startswith("`") and _is_operand(found, at) else instead


_OPERATORS = frozenset(("+", "-", "*", "/", "%", "^", "||", "::", "AT"))


def _is_operand(found: list[Token], at: int) -> bool:
    """An operator beside the call would take a part only of what is written instead."""
    opening = at + 1
    closing = next((place for place in range(opening + 1, len(found)) if found[place].group == found[opening].group), 0)
    behind = found[closing + 1 : closing + 2] if closing else []
    return any(token.key in _OPERATORS for token in (*found[max(at - 1, 0) : at], *behind))


@cache
def _pattern(dialect: Dialect) -> re.Pattern[str]:
    """Splitting every query into tokens would cost more than the rest of the rule."""
    return re.compile(rf"\b(?:{'|'.join(dialect.functions.foreign)})\s*(?:\(|/\*|--)", re.IGNORECASE)
