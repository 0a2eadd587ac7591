"""DATEDIFF, DATEADD and the like of other databases, with their arguments as PostgreSQL reckons with dates.

From the manuals of Redshift and SQL Server (unit, from, to), MySQL (later, earlier), BigQuery (later, earlier, unit).
All of them count the borders of units that lie between: from 31 January to 1 February is one month.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

_UNITS = {
    **dict.fromkeys(("day", "days", "d", "dd"), "day"),
    **dict.fromkeys(("month", "months", "mon", "mons", "mm"), "month"),
    **dict.fromkeys(("quarter", "quarters", "qtr", "qq", "q"), "quarter"),
    **dict.fromkeys(("year", "years", "y", "yr", "yy", "yyyy"), "year"),
    **dict.fromkeys(("hour", "hours", "h", "hh", "hr", "hrs"), "hour"),
    **dict.fromkeys(("minute", "minutes", "min", "mins", "mi"), "minute"),
    **dict.fromkeys(("second", "seconds", "s", "sec", "secs", "ss"), "second"),
    **dict.fromkeys(("week", "weeks", "w", "wk", "ww"), "week"),
}
_SECONDS = {"hour": 3600, "minute": 60, "second": 1}
_SIMPLE = re.compile(r"""[\w$."]+(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?(?:::\w+)?|'[^']*'""")
_DATE = re.compile(r"'(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|\{\{.*\}\})'", re.DOTALL)
_MOST = 60
"""Longer arguments stand as words, or nobody could read the advice."""


def difference(args: Sequence[str]) -> str:
    """What to write for DATEDIFF and DATE_DIFF; empty where that is not sure."""
    match args:
        case [later, earlier]:
            return f"`{_cast(later, 'later', 'date')} - {_cast(earlier, 'earlier', 'date')}`"
        case [first, second, third]:
            if unit := _unit(first):
                return _between(unit, earlier=second, later=third)
            return _between(_unit(third), earlier=second, later=first)
        case _:
            return ""


def _unit(text: str) -> str:
    return _UNITS.get(text.strip("'").lower(), "")


def _between(unit: str, *, earlier: str, later: str) -> str:
    if unit == "day":
        return f"`{_cast(later, 'later', 'date')} - {_cast(earlier, 'earlier', 'date')}`"
    if unit in _SECONDS:
        last, first = (
            f"DATE_TRUNC('{unit}', {_cast(*side, 'timestamp')})" for side in ((later, "later"), (earlier, "earlier"))
        )
        by = "" if unit == "second" else f" / {_SECONDS[unit]}"
        return f"`EXTRACT(EPOCH FROM {last} - {first}){by}`"
    last, first = _cast(later, "later", "date"), _cast(earlier, "earlier", "date")
    years = f"EXTRACT(YEAR FROM {last}) - EXTRACT(YEAR FROM {first})"
    if unit == "year":
        return f"`{years}`"
    if unit in ("month", "quarter"):
        name, number = unit.upper(), 12 if unit == "month" else 4
        return f"`({years}) * {number} + EXTRACT({name} FROM {last}) - EXTRACT({name} FROM {first})`"
    return (
        "the number of days, `later::date - earlier::date`: databases do not agree on when a week begins"
        if unit
        else ""
    )


def sum_of(args: Sequence[str]) -> str:
    """What to write for DATEADD(unit, number, date); empty where that is not sure."""
    if len(args) != 3 or not (unit := _unit(args[0])):
        return ""
    number, date = args[1], args[2]
    start = _cast(date, "ts", "date") if _DATE.fullmatch(date) else _shown(date, "ts")
    by, unit = (3, "month") if unit == "quarter" else (1, unit)
    if re.fullmatch(r"[-+]?[0-9]{1,9}", number):
        return f"`{start} + INTERVAL '{int(number) * by} {unit}'`"
    return f"`{start} + {_shown(number, 'number')} * INTERVAL '{by} {unit}'`"


def _shown(text: str, name: str) -> str:
    if len(text) > _MOST or "\n" in text:
        return name
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _cast(text: str, name: str, kind: str) -> str:
    return text if text.endswith(f"::{kind}") and _SIMPLE.fullmatch(text) else f"{_shown(text, name)}::{kind}"


FUNCTIONS: Final[Mapping[str, Callable[[Sequence[str]], str]]] = {
    "date_diff": difference,
    "datediff": difference,
    "dateadd": sum_of,
}
