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
_CLAUSES: Final = frozenset({"WHERE", "AND", "ON", "HAVING", "QUALIFY", "("})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`sql` filters by the run's interval now. `column` is what was compared, `value` what with."""

    sql: str
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
    parts = list(_difference(whole, increment, dialect))
    if not parts:
        return None
    found = tokens(increment, dialect.lexical)
    comparisons = [each for start, end in parts for each in _comparisons(increment, found, start, end, this, dialect)]
    text = " ".join(increment[min(a for a, _ in parts) : max(b for _, b in parts)].split())
    inside = {place for each in comparisons for place in range(each.start, each.end)}
    reads = [start for start, _, _ in places(increment, {this: ""}, dialect)]
    if not comparisons or any(start not in inside for start in reads) or _has_two_times(comparisons):
        return UnknownFilter(text=text)
    return _filtered(increment, comparisons)


def _has_two_times(comparisons: Sequence["_Comparison"]) -> bool:
    """Two times of one query: a row need not have both in one interval."""
    columns = {each.group: each.column for each in comparisons}
    return any(columns[each.group] != each.column for each in comparisons)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """`group` is that of the brackets around it."""

    start: int
    end: int
    column: str
    value: TimeValue
    group: int


def _difference(whole: str, increment: str, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """What `increment` has besides, as places in it."""
    before, after = tokens(whole, dialect.lexical), tokens(increment, dialect.lexical)
    first, second = [token.key for token in before], [token.key for token in after]
    for kind, _, _, start, end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal" and end > start:
            yield after[start].start, after[end - 1].end


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
        if value is not None:
            column = sql[found[first].start : found[index - 1].end]
            yield _Comparison(found[first].start, found[last - 1].end, column, value, token.group)


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
    last = comparisons[-1]
    for each in reversed(comparisons):
        sql = f"{sql[: each.start]}{interval_condition(each.column, each.value)}{sql[each.end :]}"
    return Filter(sql=sql, column=last.column, value=last.value)


def interval_condition(column: str, value: TimeValue) -> str:
    """`column` lies in the run's interval, which begins earlier by what `value` is before the newest."""
    day = " | ds" if is_day(column, value) else ""
    shift = f".subtract({', '.join(f'{unit}={count}' for unit, count in value.earlier)})" if value.earlier else ""
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
    own = replace(filtered.value, earlier=())
    old, new = (interval_condition(filtered.column, value) for value in (filtered.value, own))
    return replace(filtered, sql=filtered.sql.replace(old, new), value=own)
