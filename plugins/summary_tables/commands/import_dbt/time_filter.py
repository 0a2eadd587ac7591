"""How a dbt model leaves out what it has already -> the run's data interval.

Such a filter compares a time with the newest of the table, or with the clock, less what comes late:
`ordered_at >= (select max(ordered_at) - interval '3 days' from {{ this }})`. Here each run knows its interval instead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from summary_tables.commands.import_dbt.relations import places
from summary_tables.commands.import_dbt.time_value import TimeValue, newest
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.tokens.tokens import TOP, Token, tokens

_COMPARES: Final = frozenset({">", ">="})
_ENDS: Final = frozenset(
    {
        "AND",
        "OR",
        "WHERE",
        "GROUP",
        "ORDER",
        "HAVING",
        "LIMIT",
        "UNION",
        "WINDOW",
        "ON",
        "NOT",
        "QUALIFY",
        "WHEN",
        "THEN",
    }
)
_GLUE: Final = frozenset({"WHERE", "AND", "(", ")", "TRUE"})
_HOLDS_ALWAYS: Final = frozenset({"WHERE", "AND", "TRUE", "1", "="})
_MOST_COMPARED: Final = 20_000_000
_CLAUSES: Final = frozenset({"WHERE", "AND", "ON", "HAVING", "QUALIFY", "("})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`sql` filters by the run's interval now, `own_rows` without the time before it.

    `column` is what was compared, `value` what with.
    """

    sql: str
    own_rows: str
    column: str
    value: TimeValue


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFilter:
    """The query leaves out what it has already in a way that is not known here: `text` is that part of it."""

    text: str


def interval_filter(whole: str, increment: str, this: str, dialect: Dialect) -> Filter | UnknownFilter | None:
    """`increment`, the SQL of a run that adds rows, filtered by the run's interval.

    `whole` is the SQL of a full build, `this` how both name their own table. None: both are the same.
    """
    difference = _difference(whole, increment, dialect)
    if difference is None:
        return UnknownFilter(text=_one_line(increment))
    parts = difference.parts
    if not parts:
        return UnknownFilter(text=_one_line(difference.missing)) if difference.missing else None
    found = tokens(increment, dialect.lexical)
    comparisons = [each for start, end in parts for each in _comparisons(increment, found, start, end, this, dialect)]
    inside = {place for each in comparisons for place in range(each.start, each.end)}
    added = [token for token in found if any(start <= token.start < end for start, end in parts)]
    if (
        difference.missing
        or not comparisons
        or any(token.start not in inside and token.key not in _GLUE for token in added)
        or any(start not in inside for start, _, _ in places(increment, {this: ""}, dialect))
        or _has_two_times(comparisons)
    ):
        return UnknownFilter(text=_one_line(increment[min(a for a, _ in parts) : max(b for _, b in parts)]))
    return _filtered(increment, comparisons)


def _one_line(sql: str) -> str:
    return " ".join(sql.split())


def _has_two_times(comparisons: Sequence["_Comparison"]) -> bool:
    """Two times of one query: a row need not have both in one interval. Nor is there one lookback for both."""
    columns = {each.group: each.column for each in comparisons}
    lookbacks = {(each.value.earlier, each.value.to_newest) for each in comparisons}
    return len(lookbacks) > 1 or any(columns[each.group] != each.column for each in comparisons)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """`group` is that of the brackets around it."""

    start: int
    end: int
    column: str
    value: TimeValue
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """`parts` are what a run that adds rows has besides, as places in it; `missing` is what only a full build has."""

    parts: tuple[tuple[int, int], ...]
    missing: str


def _difference(whole: str, increment: str, dialect: Dialect) -> _Difference | None:
    """None: they have too much that differs to be compared."""
    before, after = tokens(whole, dialect.lexical), tokens(increment, dialect.lexical)
    first, second = [token.key for token in before], [token.key for token in after]
    same = next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    if (len(first) - same) * (len(second) - same) > _MOST_COMPARED:
        return None
    parts, missing = list[tuple[int, int]](), list[Token]()
    for kind, old, old_end, new, new_end in SequenceMatcher(
        None, first[same:], second[same:], autojunk=False
    ).get_opcodes():
        if kind != "equal" and new_end > new:
            parts.append((after[same + new].start, after[same + new_end - 1].end))
        if kind != "equal" and not _HOLDS_ALWAYS.issuperset(first[same + old : same + old_end]):
            missing += before[same + old : same + old_end]
    text = whole[missing[0].start : missing[-1].end] if missing else ""
    return _Difference(parts=tuple(parts), missing=text)


def _comparisons(
    sql: str, found: Sequence[Token], start: int, end: int, this: str, dialect: Dialect
) -> Iterator[_Comparison]:
    """The comparisons in that part with the newest time that the table has, or with the clock."""
    for index, token in enumerate(found):
        if token.key not in _COMPARES or not start <= token.start < end:
            continue
        first, last = _left(found, index), _right(found, index)
        if first >= index or last <= index + 1 or not _stands_alone(found, first, last):
            continue
        right = sql[found[index + 1].start : found[last - 1].end]
        value = newest(right, this, dialect)
        column = sql[found[first].start : found[index - 1].end]
        if value is not None and _is_plain_time(column, found[first:index]):
            value = _behind_newest(column, value, token.key)
            yield _Comparison(found[first].start, found[last - 1].end, column, value, token.group)


_DAY_NAME: Final = re.compile(r"(?:^|_)(?:day|date|dt|ds)$")


def _behind_newest(column: str, value: TimeValue, operator: str) -> TimeValue:
    """The newest time of the table lies in the interval before: what dbt goes back from there begins earlier here."""
    is_started = value.is_start or is_day(column, value) or bool(_DAY_NAME.search(value.column.lower()))
    takes_again = operator == ">=" and is_started
    return replace(value, to_newest=(("days", 1),)) if value.column and (value.earlier or takes_again) else value


_COARSE: Final = re.compile(
    r"date_trunc\s*\(\s*'?(?:week|isoweek|month|quarter|year)|_trunc\s*\(.*(?:week|month|quarter|year)",
    re.IGNORECASE | re.DOTALL,
)


def _is_plain_time(column: str, found: Sequence[Token]) -> bool:
    """A time that lies in a run's interval if the row does: not moved, and not the month of it."""
    return not _COARSE.search(column) and not any(token.key in ("+", "-", "*", "/", "SELECT") for token in found)


def _left(found: Sequence[Token], index: int) -> int:
    at = index
    while at > 0 and not (found[at - 1].group == found[index].group and found[at - 1].key in _ENDS):
        if found[at - 1].group != found[index].group and found[index].group == at - 1:
            break
        at -= 1
    return at


def _right(found: Sequence[Token], index: int) -> int:
    at, group = index + 1, found[index].group
    while at < len(found) and not (found[at].group == group and found[at].key in _ENDS):
        if group != TOP and found[at].key == ")" and found[at].group == found[group].group:
            break
        at += 1
    return at


def _stands_alone(found: Sequence[Token], first: int, last: int) -> bool:
    """It holds for each row that the query gives: no OR beside it, no NOT before it."""
    before = found[first - 1].key if first else ""
    behind = found[last].key if last < len(found) else ""
    return before in _CLAUSES and behind != "OR"


def _filtered(sql: str, comparisons: Sequence[_Comparison]) -> Filter:
    last, own_rows = comparisons[-1], sql
    for each in reversed(comparisons):
        own = each.value.without_lookback
        sql = f"{sql[: each.start]}{interval_condition(each.column, each.value)}{sql[each.end :]}"
        own_rows = f"{own_rows[: each.start]}{interval_condition(each.column, own)}{own_rows[each.end :]}"
    return Filter(sql=sql, own_rows=own_rows, column=last.column, value=last.value)


def interval_condition(column: str, value: TimeValue) -> str:
    """`column` lies in the run's interval, which begins earlier by what `value` is before the newest."""
    day = " | ds" if is_day(column, value) else ""
    units = ", ".join(f"{unit}={count}" for unit, count in value.before_interval.items())
    shift = f".subtract({units})" if units else ""
    begin = f"'{{{{ data_interval_start{shift}{day} }}}}'"
    return f"{column} >= {begin} AND {column} < '{{{{ data_interval_end{day} }}}}'"


_CAST: Final = re.compile(
    r"::\s*date$|^(?:to_)?date\s*\(.*\)$|^cast\s*\(.*\bas\s+date\s*\)$", re.IGNORECASE | re.DOTALL
)


def is_day(column: str, value: TimeValue) -> bool:
    """What is compared is certainly a day."""
    return value.is_day or bool(_CAST.search(column.strip()))


def without_lookback(filtered: Filter) -> Filter:
    """The same for rows of the run's own interval only."""
    return replace(filtered, sql=filtered.own_rows, value=filtered.value.without_lookback)
