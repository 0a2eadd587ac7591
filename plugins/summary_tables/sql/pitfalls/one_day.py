"""A query whose WHERE lets the rows of one day through: `day = '{{ ds }}'`, or from that day up to the next."""

import re
from dataclasses import dataclass

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.query import Word
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import TOP, Token, is_keyword, tokens

_DAY = re.compile(r"'\{\{\s*(?:ds|data_interval_start\s*\|\s*ds|macros\.ds_add\(\s*ds\s*,\s*-?\d+\s*\))\s*\}\}'")
_LOWER = re.compile(r"'\{\{\s*ds\s*\}\}'")
_UPPER = re.compile(r"'\{\{\s*(?:macros\.)?ds_add\(\s*ds\s*,\s*1\s*\)\s*\}\}'")
_ENDS = ("GROUP", "ORDER", "HAVING", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "QUALIFY", "FETCH", "OFFSET")
_DATE_CASTS = ("DATE", "TEXT", "VARCHAR")


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDay:
    """`word` is the comparison, or the two; `compared` what is compared with the day, as it is written."""

    word: Word
    compared: str


def condition(sql: str, dialect: Dialect) -> OneDay | None:
    """The condition of the outermost WHERE that holds for one day only; None for any WHERE with OR, or no such one."""
    text = stand_ins.filled(sql) if _DAY.search(sql) or _UPPER.search(sql) else None
    found = tokens(text, dialect.lexical) if text else []
    where = [at for at, token in enumerate(found) if token.group == TOP and is_keyword(found, at, "WHERE")]
    if len(where) != 1:
        return None
    end = next((at for at in range(where[0], len(found)) if _ends(found, at)), len(found))
    first = where[0] + 1
    if any(found[at].group == TOP and is_keyword(found, at, "OR", "NOT") for at in range(first, end)):
        return None
    edges = [at for at in range(first, end) if found[at].group == TOP and is_keyword(found, at, "AND")]
    places = zip([first, *(edge + 1 for edge in edges)], [*edges, end], strict=True)
    parts = [found[start:stop] for start, stop in places]
    return next((day for part in parts if (day := _one_day(sql, part))), None) or _from_day_to_next(sql, parts)


def _ends(found: list[Token], at: int) -> bool:
    return found[at].key == ";" or (found[at].group == TOP and is_keyword(found, at, *_ENDS))


def _one_day(sql: str, part: list[Token]) -> OneDay | None:
    """One condition between ANDs."""
    signs = [at for at, token in enumerate(part) if token.key == "=" and token.group == TOP]
    if len(signs) != 1:
        return None
    left, right = part[: signs[0]], part[signs[0] + 1 :]
    if _is_day(sql, left):
        left, right = right, left
    if not left or not _is_day(sql, right):
        return None
    start, end = part[0].start, part[-1].end
    return OneDay(word=Word(text=sql[start:end], offset=start), compared=sql[left[0].start : left[-1].end])


def _is_day(sql: str, side: list[Token]) -> bool:
    if not side or side[0].kind != "string":
        return False
    is_cast = len(side) == 3 and side[1].key == "::" and side[2].key in _DATE_CASTS
    return (len(side) == 1 or is_cast) and _DAY.fullmatch(sql, side[0].start, side[0].end) is not None


def _from_day_to_next(sql: str, parts: list[list[Token]]) -> OneDay | None:
    """Two conditions between ANDs: from the beginning of the day up to the next one."""
    bounds = [bound for part in parts if (bound := _bound(sql, part))]
    for lower in bounds:
        for upper in bounds:
            if lower.is_lower and not upper.is_lower and lower.compared == upper.compared:
                start, end = min(lower.start, upper.start), max(lower.end, upper.end)
                return OneDay(word=Word(text=sql[start:end], offset=start), compared=lower.compared)
    return None


@dataclass(frozen=True, slots=True)
class _Bound:
    compared: str
    is_lower: bool
    start: int
    end: int


def _bound(sql: str, part: list[Token]) -> _Bound | None:
    at = next((at for at, token in enumerate(part) if token.key in (">=", ">", "<", "<=")), 0)
    if not at or at + 1 >= len(part) or part[at + 1].kind != "string":
        return None
    is_lower, bound = part[at].key in (">=", ">"), part[at + 1]
    if not (_LOWER if is_lower else _UPPER).fullmatch(sql, bound.start, bound.end):
        return None
    return _Bound(sql[part[0].start : part[at - 1].end], is_lower, part[0].start, part[-1].end)
