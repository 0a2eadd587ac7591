"""Comparisons with the ends of a run's data interval that take a moment twice, or never.

A run covers its interval up to, and without, its end, where the next one begins. A column that is compared with both
ends must therefore be `>=` the first and `<` the second.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import Token, is_keyword, tokens

Side = Literal["start", "end", "last second"]

_STRING = re.compile(r"'\{\{-?\s*(?P<date>[^{}]+?)\s*-?\}\}(?P<behind>[^'{}]*)'", re.DOTALL)
_START = re.compile(r"(?:data_interval_start|logical_date)(?:\s*\|\s*(?:ds|ts))?|ds|ts")
_END = re.compile(r"data_interval_end(?:\s*\|\s*(?:ds|ts))?")
_DAYS_LATER = re.compile(r"macros\.ds_add\(\s*(?:ds|data_interval_start\s*\|\s*ds)\s*,\s*(\d+)\s*\)")
_MIDNIGHT = re.compile(r"(?:[ T]00:00(?::00(?:\.0+)?)?)?(?:Z|\+00(?::?00)?| ?UTC)?")
_LAST_SECOND = re.compile(r"[ T]23:59(?::59(?:\.\d{1,5})?)?(?:Z|\+00(?::?00)?| ?UTC)?")
_IS_MOMENT = re.compile(r"(?:.*[._\"])?(?:ts|time|datetime|timestamp)\"?|.*_(?:at|ts|time|timestamp)\"?", re.IGNORECASE)
_TYPES = ("DATE", "TIMESTAMP", "TIMESTAMPTZ")
_FLIPPED: Mapping[str, str] = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}


@dataclass(frozen=True, slots=True)
class _Bound:
    """An end of the interval as it is written, in the tokens from `first` to before `behind`."""

    side: Side
    first: int
    behind: int
    text: str


@dataclass(frozen=True, slots=True)
class _Comparison:
    """`column` is compared with one bound, or is BETWEEN two."""

    column: str
    operator: str
    bounds: tuple[_Bound, ...]
    start: int
    end: int

    @property
    def key(self) -> str:
        return re.sub(r"\s+", "", self.column).lower()

    @property
    def last(self) -> _Bound:
        return self.bounds[-1]


def inclusive_ends(
    text: str, dialect: Dialect, *, days: int | None, doubles: bool, losing_is_fine: bool
) -> Iterator[Finding[Span]]:
    """All of `text`, a query with its templates.

    `days`: how many a run covers; None: not known, or parts of them. `doubles`: what two runs give is there twice.
    `losing_is_fine`: a query that leaves out its start, and takes in its end, gives each row to one run all the same.
    """
    filled = stand_ins.filled(text)
    if filled is None:
        return
    found = tokens(filled, dialect.lexical)
    comparisons = list(_comparisons(text, found, days))
    for one in comparisons:
        others = [other for other in comparisons if other.key == one.key and other is not one]
        words = _words(one, others, days=days, doubles=doubles, losing_is_fine=losing_is_fine)
        if words:
            message, fix = words
            yield Finding(place=Span(one.start, one.end - one.start), message=message, fix=fix)


def _words(
    one: _Comparison, others: Sequence[_Comparison], *, days: int | None, doubles: bool, losing_is_fine: bool
) -> tuple[str, str] | None:
    lower, upper = (any(_is(other, *which) for other in others) for which in (_LOWER, _UPPER))
    last, first = one.last.text, one.bounds[0].text
    if one.operator == "BETWEEN":
        return _words_of_between(one, days=days, doubles=doubles)
    if one.operator == "<=" and one.last.side == "end" and lower and doubles:
        if losing_is_fine and any(_is(other, (">",), ("start",)) for other in others):
            return None
        return (
            f"`<= {last}` takes in what the next run has, too: rows of exactly this moment come twice",
            f"write `{_on_one_line(one.column)} < {last}`",
        )
    if one.operator == ">" and one.last.side == "start" and upper:
        if losing_is_fine and any(_is(other, ("<=",), ("end",)) for other in others):
            return None
        return (
            f"`> {first}` leaves out the beginning, and so does the run before: what is of exactly "
            "this moment is in no run",
            f"write `{_on_one_line(one.column)} >= {first}`",
        )
    if one.operator == "<=" and one.last.side == "last second" and lower:
        return _words_of_last_second(one, days)
    return None


_LOWER: tuple[tuple[str, ...], tuple[Side, ...]] = ((">=", ">"), ("start",))
_UPPER: tuple[tuple[str, ...], tuple[Side, ...]] = (("<=", "<"), ("end", "last second"))


def _is(one: _Comparison, operators: tuple[str, ...], sides: tuple[Side, ...]) -> bool:
    return one.operator in operators and one.last.side in sides


def _words_of_between(one: _Comparison, *, days: int | None, doubles: bool) -> tuple[str, str] | None:
    low, high = one.bounds
    if low.side != "start":
        return None
    column = _on_one_line(one.column)
    if high.side == "end" and doubles:
        message = f"`BETWEEN` takes in {high.text}, which the next run has, too: rows of exactly this moment come twice"
        return message, f"write `{column} >= {low.text} AND {column} < {high.text}`"
    if high.side == "last second":
        return _words_of_last_second(one, days)
    if high.side == "start" and _IS_MOMENT.fullmatch(one.column) and days == 1:
        message = (
            f"`BETWEEN` ends at the midnight with which {high.text} begins: where `{column}` has a time of day, "
            "all that is later is left out"
        )
        return message, _whole_day(column)
    return None


def _words_of_last_second(one: _Comparison, days: int | None) -> tuple[str, str]:
    message = f"{one.last.text} leaves out what is later in the last minute or second of the day: no run has it"
    return message, _whole_day(_on_one_line(one.column)) if days == 1 else ""


def _on_one_line(column: str) -> str:
    return " ".join(column.split())


def _whole_day(column: str) -> str:
    return f"write `{column} >= '{{{{ data_interval_start | ds }}}}' AND {column} < '{{{{ data_interval_end | ds }}}}'`"


def _comparisons(text: str, found: Sequence[Token], days: int | None) -> Iterator[_Comparison]:
    bounds = [bound for index in range(len(found)) if (bound := _bound(text, found, index, days))]
    firsts, behinds = {bound.first: bound for bound in bounds}, {bound.behind: bound for bound in bounds}
    for index, token in enumerate(found):
        if token.kind == "operator" and token.key in _FLIPPED:
            if right := firsts.get(index + 1):
                first = _operand_before(found, index)
                yield from _compared(text, found, (first, index), token.key, (right,))
            elif left := behinds.get(index):
                behind = _operand_behind(found, index + 1)
                yield from _compared(text, found, (index + 1, behind), _FLIPPED[token.key], (left,))
        elif is_keyword(found, index, "BETWEEN") and not is_keyword(found, index - 1, "NOT"):
            low = firsts.get(index + 1)
            high = firsts.get(low.behind + 1) if low and is_keyword(found, low.behind, "AND") else None
            if low and high:
                yield from _compared(text, found, (_operand_before(found, index), index), "BETWEEN", (low, high))


def _compared(
    text: str, found: Sequence[Token], column: tuple[int, int], operator: str, bounds: tuple[_Bound, ...]
) -> Iterator[_Comparison]:
    first, behind = column
    if first < behind and not any(_is_computed(found, bound) for bound in bounds):
        start = min(found[first].start, found[bounds[0].first].start)
        end = max(found[behind - 1].end, found[bounds[-1].behind - 1].end)
        written = text[found[first].start : found[behind - 1].end]
        yield _Comparison(written, operator, bounds, start, end)


def _is_computed(found: Sequence[Token], bound: _Bound) -> bool:
    """Something is added to the bound, or taken from it."""
    beside = [found[place] for place in (bound.first - 1, bound.behind) if 0 <= place < len(found)]
    computes = ("+", "-", "||", "*", "/", "AT")
    return any(token.key in computes for token in beside)


def _bound(text: str, found: Sequence[Token], index: int, days: int | None) -> _Bound | None:
    """The bound that begins with this token: a text, with or without a type and a cast."""
    place = index
    if is_keyword(found, place, *_TYPES) and place + 1 < len(found) and found[place + 1].kind == "string":
        place += 1
    elif found[place].kind == "word" and [token.kind for token in found[place + 1 : place + 3]] == ["mark", "string"]:
        closing = _closing(found, place + 1)
        if found[place + 1].key != "(" or closing is None:
            return None
        return _sided(text, found, (index, place + 2, _behind_cast(found, closing + 1)), days)
    if found[place].kind != "string" or (index > 0 and place == index and is_keyword(found, index - 1, *_TYPES)):
        return None
    return _sided(text, found, (index, place, _behind_cast(found, place + 1)), days)


def _sided(text: str, found: Sequence[Token], places: tuple[int, int, int], days: int | None) -> _Bound | None:
    first, string, behind = places
    written = _STRING.fullmatch(text, found[string].start, found[string].end)
    side = _side(written["date"], written["behind"], days) if written else None
    return _Bound(side, first, behind, text[found[first].start : found[behind - 1].end]) if side else None


def _side(date: str, behind: str, days: int | None) -> Side | None:
    later = _DAYS_LATER.fullmatch(date)
    if _LAST_SECOND.fullmatch(behind) and _START.fullmatch(date):
        return "last second"
    if not _MIDNIGHT.fullmatch(behind):
        return None
    if _END.fullmatch(date) or (later and int(later[1]) == days):
        return "end"
    return "start" if _START.fullmatch(date) else None


def _behind_cast(found: Sequence[Token], place: int) -> int:
    while place + 1 < len(found) and found[place].key == "::":
        place += 2
        while is_keyword(found, place, "WITH", "WITHOUT", "TIME", "ZONE"):
            place += 1
    return place


def _closing(found: Sequence[Token], opening: int) -> int | None:
    """The place of the bracket that closes the one at `opening`."""
    inside = (place for place in range(opening + 1, len(found)) if found[place].group != opening)
    return next(
        (place for place in inside if found[place].key == ")" and found[place].group == found[opening].group), None
    )


def _operand_before(found: Sequence[Token], behind: int) -> int:
    """Where the column begins, or the call or cast of it, that ends before `behind`; `behind` if it is none."""
    place = behind - 1
    while place >= 2 and found[place].kind == "word" and found[place - 1].key == "::":
        place -= 2
    if place >= 0 and found[place].key == ")":
        opening = next(
            (at for at in range(place, -1, -1) if found[at].key == "(" and _closing(found, at) == place), None
        )
        if opening is None:
            return behind
        place = opening - 1
        if place < 0 or found[place].kind not in ("word", "name"):
            return opening
    if place < 0 or found[place].kind not in ("word", "name"):
        return behind
    while place >= 2 and found[place - 1].key == "." and found[place - 2].kind in ("word", "name"):
        place -= 2
    return place


def _operand_behind(found: Sequence[Token], first: int) -> int:
    """Where what begins at `first` ends: a column, with or without a cast; `first` if that is no column."""
    place = first
    while place < len(found) and found[place].kind in ("word", "name"):
        place += 1
        if place >= len(found) or found[place].key != ".":
            return _behind_cast(found, place)
        place += 1
    return first
