"""Functions of other databases, and what the warehouse writes instead. Names are in small letters.

From the manuals of Redshift, Snowflake, BigQuery, MySQL, SQL Server and Oracle.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from summary_tables.model.settings import Dialect
from summary_tables.sql.query import Word
from summary_tables.sql.syntax_errors import foreign_dates
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import Token, tokens

POSTGRES_INSTEAD: Mapping[str, str] = {
    "any_value": "`MIN(...)`",
    "bool_xor": "`<>`",
    "charindex": "`STRPOS(text, part)`",
    "convert_timezone": "`ts AT TIME ZONE 'from' AT TIME ZONE 'to'`",
    "countif": "`COUNT(*) FILTER (WHERE ...)`",
    "curdate": "`CURRENT_DATE`",
    "date_add": "`ts + INTERVAL '1 day'`",
    "date_diff": "`later::date - earlier::date` for days",
    "date_format": "`TO_CHAR(ts, 'YYYY-MM-DD')`",
    "date_sub": "`ts - INTERVAL '1 day'`",
    "dateadd": "`ts + INTERVAL '1 day'`",
    "datediff": "`later::date - earlier::date` for days",
    "datepart": "`EXTRACT(... FROM ts)`",
    "day": "`EXTRACT(DAY FROM ts)`",
    "dayofweek": "`EXTRACT(DOW FROM ts)`",
    "from_unixtime": "`TO_TIMESTAMP(seconds)`",
    "getdate": "`CURRENT_TIMESTAMP`",
    "group_concat": "`STRING_AGG(text, ', ')`",
    "hour": "`EXTRACT(HOUR FROM ts)`",
    "if": "`CASE WHEN ... THEN ... ELSE ... END`",
    "ifnull": "`COALESCE(a, b)`",
    "iff": "`CASE WHEN ... THEN ... ELSE ... END`",
    "instr": "`STRPOS(text, part)`",
    "isnull": "`COALESCE(a, b)`",
    "last_day": "`(DATE_TRUNC('month', ts) + INTERVAL '1 month - 1 day')::date`",
    "len": "`LENGTH(text)`",
    "listagg": "`STRING_AGG(text, ', ')`",
    "median": "`PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY ...)`",
    "minute": "`EXTRACT(MINUTE FROM ts)`",
    "month": "`EXTRACT(MONTH FROM ts)`",
    "nvl": "`COALESCE(a, b)`",
    "nvl2": "`CASE WHEN a IS NOT NULL THEN b ELSE c END`",
    "parse_date": "`TO_DATE(text, 'YYYY-MM-DD')`",
    "ratio_to_report": "`x / SUM(x) OVER ()`",
    "safe_cast": "`CAST(... AS type)`",
    "safe_divide": "`a / NULLIF(b, 0)`",
    "str_to_date": "`TO_DATE(text, 'YYYY-MM-DD')`",
    "strftime": "`TO_CHAR(ts, 'YYYY-MM-DD')`",
    "timestamp_trunc": "`DATE_TRUNC('day', ts)`",
    "to_varchar": "`TO_CHAR(value, format)`",
    "weekday": "`EXTRACT(DOW FROM ts)`",
    "year": "`EXTRACT(YEAR FROM ts)`",
    "zeroifnull": "`COALESCE(a, 0)`",
}
"""Names that PostgreSQL, or at least an older one, lacks."""

_NEW_IN_POSTGRES = ("any_value", "date_add")

REDSHIFT_INSTEAD: Mapping[str, str] = {
    "countif": "`SUM(CASE WHEN ... THEN 1 ELSE 0 END)`",
    "date_format": "`TO_CHAR(ts, 'YYYY-MM-DD')`",
    "group_concat": "`LISTAGG(text, ', ')`",
    "if": "`CASE WHEN ... THEN ... ELSE ... END`",
    "iff": "`CASE WHEN ... THEN ... ELSE ... END`",
    "parse_date": "`TO_DATE(text, 'YYYY-MM-DD')`",
    "safe_cast": "`CAST(... AS type)`",
    "safe_divide": "`a / NULLIF(b, 0)`",
    "str_to_date": "`TO_DATE(text, 'YYYY-MM-DD')`",
    "timestamp_trunc": "`DATE_TRUNC('day', ts)`",
    "zeroifnull": "`COALESCE(a, 0)`",
}
"""Names that Redshift lacks for certain."""

INSTEAD: Mapping[Dialect, Mapping[str, str]] = {
    "postgres": {name: words for name, words in POSTGRES_INSTEAD.items() if name not in _NEW_IN_POSTGRES},
    "redshift": REDSHIFT_INSTEAD,
}
"""Names that no version of the warehouse has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCall:
    """`word` is the function as it is written, `instead` what to write."""

    word: Word
    instead: str


def calls(sql: str, dialect: Dialect) -> Iterator[ForeignCall]:
    """Each call, without a schema, of a function that only other databases have."""
    text = stand_ins.filled(sql) if _pattern(dialect).search(sql) else None
    found = tokens(text, dialect) if text else []
    for at, token in enumerate(found[:-1]):
        before = found[at - 1].key if at else ""
        is_call = token.kind == "word" and found[at + 1].key == "(" and before not in ("WITH", "RECURSIVE", "AS")
        if is_call and token.key.lower() in INSTEAD[dialect]:
            word = Word(text=sql[token.start : token.end], offset=token.start)
            instead = INSTEAD[dialect][token.key.lower()]
            yield ForeignCall(word=word, instead=_of_dates(sql, found, at, dialect) or instead)


def _of_dates(sql: str, found: list[Token], at: int, dialect: Dialect) -> str:
    """The arguments of functions that reckon with dates say which unit is meant, and what is taken from what."""
    reckon = foreign_dates.FUNCTIONS.get(found[at].key.lower()) if dialect == "postgres" else None
    instead = reckon(foreign_dates.arguments(sql, found, at + 1)) if reckon else ""
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
    return re.compile(rf"\b(?:{'|'.join(INSTEAD[dialect])})\s*(?:\(|/\*|--)", re.IGNORECASE)
