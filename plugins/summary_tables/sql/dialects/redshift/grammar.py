"""Redshift's SQL -> text of the same length that PostgreSQL's grammar can read.

Redshift grew out of PostgreSQL 8. What it knows besides is put in words of PostgreSQL that may stand at the same place,
so that the rest of the query can be read; offsets stay what they are. Source: Amazon Redshift Database Developer Guide,
"SQL commands", SELECT.
"""

from collections.abc import Callable, Sequence
from typing import Final

from summary_tables.sql.dialects.redshift.lexical import LEXICAL
from summary_tables.sql.tokens.tokens import Token, is_keyword, tokens

Change = tuple[int, int, str]
"""The tokens from one place up to another, and what stands for them."""

_FAR = 1_000
"""So many tokens back a HAVING is looked for: whoever repeats a word thousands of times must not wait."""

_BEHIND_A_TABLE = (
    "TIME WHERE GROUP HAVING QUALIFY ORDER LIMIT OFFSET UNION EXCEPT INTERSECT MINUS JOIN INNER LEFT RIGHT FULL CROSS "
    "NATURAL ON USING PIVOT UNPIVOT CONNECT START WINDOW"
)
_NO_POSITION = frozenset(_BEHIND_A_TABLE.split())
_SIZED_TYPES = ("VARCHAR", "CHAR", "NVARCHAR", "BPCHAR", "NCHAR", "VARYING")


OWN_WORDS: Final = frozenset(
    ("APPROXIMATE", "EXCLUDE", "IGNORE", "MINUS", "PIVOT", "QUALIFY", "RESPECT", "SYSDATE", "TOP", "UNPIVOT")
)
"""Of what it knows besides, the words by which that is told."""


def replaced(sql: str) -> str:
    """`sql` with what only Redshift knows in place of something PostgreSQL knows."""
    found = tokens(sql, LEXICAL)
    pieces: list[str] = []
    position = index = 0
    while index < len(found):
        first, end, text = _change(found, index) or (index, index + 1, "")
        if text:
            start, stop = found[first].start, found[end - 1].end
            pieces += [sql[position:start], text.ljust(stop - start)]
            position = stop
        index = end
    return "".join((*pieces, sql[position:]))


def _change(found: Sequence[Token], index: int) -> Change | None:
    token = found[index]
    if token.kind == "string":
        return (index, index + 1, _plain_string(token.key)) if "\\" in token.key else None
    if token.kind == "word" and (change := _CHANGES.get(token.key)) and is_keyword(found, index, token.key):
        return change(found, index)
    if token.key.startswith("#"):
        return index, index + 1, "_" + token.key[1:].lower()
    if token.key == "(" and _keys(found, index, 3) == ("(", "+", ")"):
        return index, index + 3, " "
    return None


def _plain_string(text: str) -> str:
    """Backslashes escape in Redshift's strings, and not in PostgreSQL's."""
    body = text[text.index("'") + 1 : -1]
    return text[: text.index("'")].replace("E", " ").replace("e", " ") + "'" + "x" * len(body) + "'"


def _keys(found: Sequence[Token], index: int, count: int) -> tuple[str, ...]:
    return tuple(token.key for token in found[index : index + count])


def _group_end(found: Sequence[Token], opening: int) -> int:
    """The place behind the bracket that closes the one at `opening`."""
    around = found[opening].group
    inner = range(opening + 1, len(found))
    return next((place for place in inner if found[place].group == around), len(found) - 1) + 1


def _top(found: Sequence[Token], index: int) -> Change | None:
    is_clause = is_keyword(found, index - 1, "SELECT", "DISTINCT", "ALL")
    return (index, index + 2, " ") if is_clause and _is_number(found, index + 1) else None


def _is_number(found: Sequence[Token], index: int) -> bool:
    return index < len(found) and found[index].kind == "number"


def _approximate(found: Sequence[Token], index: int) -> Change | None:
    is_call = index + 1 < len(found) and found[index + 1].kind == "word"
    return (index, index + 1, " ") if is_call else None


def _qualify(found: Sequence[Token], index: int) -> Change | None:
    group = found[index].group
    before = (place for place in range(max(index - _FAR, 0), index) if found[place].group == group)
    has_having = False
    for place in before:
        if is_keyword(found, place, "SELECT"):
            has_having = False
        has_having |= is_keyword(found, place, "HAVING")
    return index, index + 1, "AND" if has_having else "HAVING"


def _nulls(found: Sequence[Token], index: int) -> Change | None:
    return (index, index + 2, " ") if _keys(found, index + 1, 1) == ("NULLS",) else None


def _pivot(found: Sequence[Token], index: int) -> Change | None:
    opening = index + 3 if _keys(found, index + 2, 1) == ("NULLS",) else index + 1
    if _keys(found, opening, 1) == ("(",):
        return index, _group_end(found, opening), ",f()"
    return (index, index + 1, " ") if found[index].key == "UNPIVOT" else None


def _at(found: Sequence[Token], index: int) -> Change | None:
    """`AT position` of an unnested array, unlike AT TIME ZONE and a table that is called `at`."""
    is_position = index + 1 < len(found) and found[index + 1].kind in ("word", "name")
    return (index, index + 2, " ") if is_position and not is_keyword(found, index + 1, *_NO_POSITION) else None


def _exclude(found: Sequence[Token], index: int) -> Change | None:
    if _keys(found, index - 1, 1) != ("*",) or index + 1 >= len(found):
        return None
    return index, _group_end(found, index + 1) if found[index + 1].key == "(" else index + 2, " "


def _minus(_: Sequence[Token], index: int) -> Change | None:
    return index, index + 1, "UNION"


def _convert(found: Sequence[Token], index: int) -> Change | None:
    """CONVERT(type, value): the type is no expression."""
    if _keys(found, index + 1, 1) != ("(",):
        return None
    inner = range(index + 2, _group_end(found, index + 1))
    comma = next((place for place in inner if found[place].key == "," and found[place].group == index + 1), None)
    return (index + 2, comma, "x") if comma and comma > index + 2 else None


def _sized_type(found: Sequence[Token], index: int) -> Change | None:
    return (index + 2, index + 3, "1") if _keys(found, index + 1, 3) == ("(", "MAX", ")") else None


def _group(found: Sequence[Token], index: int) -> Change | None:
    return (index + 2, index + 3, "x") if _keys(found, index + 1, 2) == ("BY", "ALL") else None


_CHANGES: dict[str, Callable[[Sequence[Token], int], Change | None]] = {
    "APPROXIMATE": _approximate,
    "AT": _at,
    "CONVERT": _convert,
    "EXCLUDE": _exclude,
    "GROUP": _group,
    "IGNORE": _nulls,
    "MINUS": _minus,
    "PIVOT": _pivot,
    "QUALIFY": _qualify,
    "RESPECT": _nulls,
    "TOP": _top,
    "UNPIVOT": _pivot,
    **dict.fromkeys(_SIZED_TYPES, _sized_type),
}
