"""A query whose WHERE lets the rows of one day through: `day = '{{ ds }}'`."""

import re
from dataclasses import dataclass

from summary_tables.model import Dialect
from summary_tables.sql import template
from summary_tables.sql.query import Word
from summary_tables.sql.tokens import TOP, Token, is_keyword, tokens

_DAY = re.compile(r"'\{\{\s*(?:ds|data_interval_start\s*\|\s*ds|macros\.ds_add\(\s*ds\s*,\s*-?\d+\s*\))\s*\}\}'")
_ENDS = ("GROUP", "ORDER", "HAVING", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "QUALIFY", "FETCH", "OFFSET")
_DATE_CASTS = ("DATE", "TEXT", "VARCHAR")


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDay:
    """`word` is the comparison; `compared` what is compared with the day, as it is written."""

    word: Word
    compared: str


def condition(sql: str, dialect: Dialect) -> OneDay | None:
    """The condition of the outermost WHERE that holds for one day only; None for any WHERE with OR, or no such one."""
    text = template.filled(sql) if _DAY.search(sql) else None
    found = tokens(text, dialect) if text else []
    where = [at for at, token in enumerate(found) if token.group == TOP and is_keyword(found, at, "WHERE")]
    if len(where) != 1:
        return None
    end = next((at for at in range(where[0], len(found)) if _ends(found, at)), len(found))
    first = where[0] + 1
    if any(found[at].group == TOP and is_keyword(found, at, "OR", "NOT") for at in range(first, end)):
        return None
    edges = [at for at in range(first, end) if found[at].group == TOP and is_keyword(found, at, "AND")]
    parts = zip([first, *(edge + 1 for edge in edges)], [*edges, end], strict=True)
    return next((day for start, stop in parts if (day := _one_day(sql, found[start:stop]))), None)


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
