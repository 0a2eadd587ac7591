"""Dates in quotes that are reckoned with: without a type, a warehouse may take them for what they stand beside.

https://www.postgresql.org/docs/current/typeconv-oper.html: a literal without a type is assumed to have the type of the
other operand, so that `'2026-01-31' - INTERVAL '7 days'` subtracts two intervals, and `'2026-01-31' - 7` two integers.
"""

import re
from collections.abc import Iterator

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import Token, tokens

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = rf"{_DAY}[ T][0-9:.]+(?:Z|[-+][0-9:]+)?"
_VALUE = r"\{\{[^{}]*\}\}"
_DATES = re.compile(rf"'(?:{_DAY}|{_TIME}|{_VALUE})'")
# A moment, unless a filter makes a day of it.
_MOMENT = re.compile(rf"'(?:{_TIME}|\{{\{{\s*(?:ts|logical_date|data_interval_(?:start|end))\s*\}}\}})'")
_MAY_RECKON = re.compile(r"'\s*[-+]|[-+]\s*'")
_SIGNS = ("+", "-")


def mistakes(sql: str, dialect: Dialect) -> Iterator[Finding[Span]]:
    """One for each date without a type beside an interval or a number."""
    text = stand_ins.filled(sql) if _MAY_RECKON.search(sql) else None
    found = tokens(text, dialect.lexical) if text else []
    for at, token in enumerate(found):
        written = sql[token.start : token.end]
        if token.kind != "string" or not _DATES.fullmatch(written) or _has_type(found, at):
            continue
        if other := _beside(found, at):
            kind = "timestamp" if _MOMENT.fullmatch(written) else "date"
            message = f"{dialect.title} takes {written} for {other} here, because it stands beside one"
            yield Finding(place=Span(token.start, len(written)), message=message, fix=f"write `{written}::{kind}`")


def _has_type(found: list[Token], at: int) -> bool:
    """`DATE '...'`, `'...'::date`."""
    return _key(found, at + 1) == "::" or (at > 0 and found[at - 1].kind == "word" and _is_type(found[at - 1].key))


def _is_type(word: str) -> bool:
    return word in ("DATE", "TIMESTAMP", "TIMESTAMPTZ", "TIME", "INTERVAL", "ZONE", "TEXT")


def _beside(found: list[Token], at: int) -> str:
    """What it is reckoned with; empty where that is not certain."""
    if _key(found, at + 1) in _SIGNS:
        behind, after = at + 2, _key(found, at + 3)
        if _key(found, behind) == "INTERVAL":
            return "an interval"
        is_whole = behind < len(found) and found[behind].kind == "number" and found[behind].key.isdigit()
        if is_whole and after not in ("*", "/", "%", "^", "::"):
            return "a number"
    if (
        _key(found, at - 1) in _SIGNS
        and at >= 3
        and found[at - 2].kind == "string"
        and _key(found, at - 3) == "INTERVAL"
    ):
        return "an interval" if _key(found, at - 4) not in _SIGNS else ""
    return ""


def _key(found: list[Token], at: int) -> str:
    return found[at].key if 0 <= at < len(found) else ""
