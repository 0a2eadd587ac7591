"""What a query for Redshift has of PostgreSQL's that Redshift refuses; see `unsupported`."""

import re
from collections.abc import Callable, Iterator, Sequence

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialects.redshift import unsupported
from summary_tables.sql.dialects.redshift.lexical import LEXICAL
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import Token, is_keyword, tokens

Refusal = tuple[int, int, str, str]
"""The first and last token of it, what it is called, what is written instead."""

_WORDS = (*unsupported.TYPES, *unsupported.FUNCTIONS, "distinct", "filter", "lateral", "values", "unnest", "varying")
_MAY_BE = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS))})\b|[\[#@?]|->|<@", re.IGNORECASE)
_BEFORE_NAME = ("WITH", "RECURSIVE", "AS")


def mistakes(sql: str) -> Iterator[Finding[Span]]:
    """One for each type, function, operator or clause that Redshift does not have."""
    text = stand_ins.filled(sql) if _MAY_BE.search(sql) else None
    found = tokens(text, LEXICAL) if text else []
    last_seen = -1
    for at in range(len(found)):
        refusal = next((words for look in _LOOKS if (words := look(found, at))), None) if at > last_seen else None
        if refusal:
            first, last_seen, name, instead = refusal
            start, end = found[first].start, found[last_seen].end
            yield Finding(place=Span(start, end - start), message=f"Redshift has no {name}", fix=instead)


def _key(found: Sequence[Token], at: int) -> str:
    return found[at].key if 0 <= at < len(found) else ""


def _type(found: Sequence[Token], at: int) -> Refusal | None:
    """Behind `::`, and behind AS in CAST."""
    opening = found[at].group
    is_cast = found[at].key == "AS" and opening > 0 and _key(found, opening - 1) in ("CAST", "TRY_CAST")
    if not (found[at].key == "::" or is_cast) or at + 1 >= len(found):
        return None
    name = found[at + 1].key.lower()
    if name in unsupported.TYPES:
        return at + 1, at + 1, f"type `{name}`", unsupported.TYPES[name]
    end = at + 2
    while _key(found, end).isalpha() and _key(found, end) in ("PRECISION", "VARYING"):
        end += 1
    if _key(found, end) == "[":
        closing = next((place for place in range(end, len(found)) if found[place].key == "]"), end)
        return at + 1, closing, f"arrays such as `{name}[]`", unsupported.ARRAY_TYPE
    return None


def _function(found: Sequence[Token], at: int) -> Refusal | None:
    name = found[at].key.lower()
    if found[at].kind != "word" or _key(found, at + 1) != "(" or _key(found, at - 1) in _BEFORE_NAME:
        return None
    if _is_name_of_cte(found, at):
        return None
    if name == "unnest":
        # In FROM, Redshift takes apart a SUPER by it.
        is_in_from = _key(found, at - 1) in ("FROM", "JOIN", ",") and _is_behind_from(found, at)
        return None if is_in_from else (at, at, "`UNNEST` outside of FROM", unsupported.UNNEST)
    if name in unsupported.FUNCTIONS:
        return at, at, f"function `{found[at].key}`", unsupported.FUNCTIONS[name]
    return None


def _is_name_of_cte(found: Sequence[Token], at: int) -> bool:
    """`every (a) AS (SELECT ...)`."""
    around = found[at].group
    closing = next((place for place in range(at + 2, min(at + _FAR, len(found))) if found[place].group == around), at)
    behind = tuple(_key(found, closing + step) for step in (1, 2, 3))
    return behind[:2] == ("AS", "(") and behind[2] in ("SELECT", "WITH", "VALUES", "(")


_FAR = 200
"""So many tokens back the clause is looked for: a long text must not be read again and again."""


def _is_behind_from(found: Sequence[Token], at: int) -> bool:
    places = (place for place in range(at - 1, max(at - _FAR, -1), -1) if found[place].group == found[at].group)
    clause = next((place for place in places if found[place].key in ("FROM", "SELECT", "WHERE", "BY")), None)
    return clause is not None and found[clause].key == "FROM"


def _operator(found: Sequence[Token], at: int) -> Refusal | None:
    token = found[at]
    if token.kind != "operator" or token.key not in unsupported.OPERATORS:
        return None
    return at, at, f"operator `{token.key}`", unsupported.OPERATORS[token.key]


def _clause(found: Sequence[Token], at: int) -> Refusal | None:
    behind = _key(found, at + 1)
    if is_keyword(found, at, "ARRAY") and behind == "[":
        return at, at, "`ARRAY[...]`", _instead_of_array(found, at)
    if is_keyword(found, at, "DISTINCT") and behind == "ON" and _key(found, at + 2) == "(":
        return at, at + 1, "`DISTINCT ON`", unsupported.DISTINCT_ON
    if is_keyword(found, at, "FILTER") and behind == "(" and _key(found, at + 2) == "WHERE":
        return at, at, "`FILTER (WHERE ...)`", unsupported.FILTER
    if is_keyword(found, at, "LATERAL") and behind in ("(", "FLATTEN"):
        return at, at, "`LATERAL`", unsupported.LATERAL
    if is_keyword(found, at, "DISTINCT") and behind == "FROM" and _key(found, at - 1) in ("IS", "NOT"):
        if _key(found, at - 1) == "NOT":
            return at - 2, at + 1, "`IS NOT DISTINCT FROM`", unsupported.NOT_DISTINCT_FROM
        return at - 1, at + 1, "`IS DISTINCT FROM`", unsupported.DISTINCT_FROM
    if is_keyword(found, at, "VALUES") and _key(found, at - 1) == "(" and _key(found, at - 2) in ("FROM", "JOIN", ","):
        return at, at, "`VALUES` as a table", unsupported.VALUES_TABLE
    return None


def _instead_of_array(found: Sequence[Token], at: int) -> str:
    before = (_key(found, at - 3), _key(found, at - 2), _key(found, at - 1))
    if before == ("=", "ANY", "("):
        return unsupported.ARRAY_TO_COMPARE
    is_pattern = before[0] in ("LIKE", "ILIKE") and before[1] in ("ANY", "ALL")
    return unsupported.ARRAY_OF_PATTERNS if is_pattern else unsupported.ARRAY_CONSTRUCTOR


_LOOKS: tuple[Callable[[Sequence[Token], int], Refusal | None], ...] = (_type, _function, _operator, _clause)
