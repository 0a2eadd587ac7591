"""What can be said of texts, numbers and lists, and the functions: with `moments`, all that a template can call."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from summary_tables.sql.templates import moments
from summary_tables.sql.templates.bounds import LONGEST_LIST, LONGEST_TEXT, MOST_DIGITS

Function = Callable[..., object]


class TooLongError(Exception):
    """A text or a list would be longer than any that somebody needs."""


def _replace(text: str, old: str, new: str) -> str:
    if len(text) + text.count(old) * len(new) > LONGEST_TEXT:
        raise TooLongError
    return text.replace(old, new)


def _split(text: str, separator: str | None = None) -> list[str]:
    return text.split(separator)


def _zfill(text: str, width: int) -> str:
    if width > LONGEST_TEXT:
        raise TooLongError
    return text.zfill(width)


def _join(items: Sequence[object], separator: str = "") -> str:
    if isinstance(items, str):
        raise TypeError
    texts = [shown(item) for item in items]
    if sum(map(len, texts)) + len(texts) * len(separator) > LONGEST_TEXT:
        raise TooLongError
    return separator.join(texts)


def _range(*ends: int) -> list[int]:
    numbers = range(*ends)
    if len(numbers) > LONGEST_LIST:
        raise TooLongError
    return list(numbers)


def _datetime(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    if not isinstance(year, int):  # Python makes a moment of a text that somebody pickled
        raise TypeError
    return datetime(year, month, day, hour, minute, second)


def shown(value: object) -> str:
    """`value` as it stands in SQL. Raises TypeError for what cannot."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float | date):
        return str(value)
    raise TypeError


def contains(values: object, value: object) -> bool:
    """`value in values`. Raises TypeError for a list in a list: what lists within lists share is compared again and
    again, which may never end."""
    if isinstance(value, list) or not isinstance(values, str | list):
        raise TypeError
    return value in values


def _text(value: object) -> str:
    return shown(value)


def _length(value: str | Sequence[object]) -> int:
    return len(value)


def _round(value: float, precision: int = 0) -> float:
    if abs(precision) > MOST_DIGITS:  # Python works out the power of ten that it rounds an integer to
        raise ValueError
    return round(value, precision)


FUNCTIONS: Mapping[str, Function] = {
    "range": _range,
    "ds_add": moments.ds_add,
    "ds_format": moments.ds_format,
    "macros.ds_add": moments.ds_add,
    "macros.ds_format": moments.ds_format,
    "macros.datetime": _datetime,
    "macros.datetime.strptime": moments.strptime,
    "macros.datetime.fromisoformat": datetime.fromisoformat,
    "macros.timedelta": timedelta,
}
"""By the names under which they are called."""

OF_TEXTS: Mapping[str, Function] = {
    "upper": lambda text: text.upper(),
    "lower": lambda text: text.lower(),
    "title": lambda text: text.title(),
    "capitalize": lambda text: text.capitalize(),
    "strip": lambda text: text.strip(),
    "replace": _replace,
    "split": _split,
    "zfill": _zfill,
    "startswith": lambda text, start: text.startswith(start),
    "endswith": lambda text, end: text.endswith(end),
    "join": lambda separator, items: _join(items, separator),
}
"""The methods of a text."""

FILTERS: Mapping[str, Function] = {
    "ds": lambda moment: moment.strftime("%Y-%m-%d"),
    "ds_nodash": lambda moment: moment.strftime("%Y%m%d"),
    "ts": lambda moment: moment.isoformat(),
    "ts_nodash": lambda moment: moment.strftime("%Y%m%dT%H%M%S"),
    "ts_nodash_with_tz": lambda moment: moment.isoformat().replace("-", "").replace(":", ""),
    "upper": lambda value: _text(value).upper(),
    "lower": lambda value: _text(value).lower(),
    "capitalize": lambda value: _text(value).capitalize(),
    "trim": lambda value: _text(value).strip(),
    "replace": lambda value, old, new: _replace(_text(value), old, new),
    "string": _text,
    "int": lambda value: int(value),
    "float": lambda value: float(value),
    "abs": lambda value: abs(value),
    "round": _round,
    "length": _length,
    "count": _length,
    "first": lambda value: value[0],
    "last": lambda value: value[-1],
    "join": _join,
    "list": lambda value: list(value),
    "default": lambda value, _instead: value,
    "d": lambda value, _instead: value,
}
"""By the names that stand behind `|`."""

TESTS: Mapping[str, Callable[..., bool]] = {
    "odd": lambda number: number % 2 == 1,
    "even": lambda number: number % 2 == 0,
    "divisibleby": lambda number, by: number % by == 0,
    "defined": lambda _: True,
    "in": lambda value, values: contains(values, value),
}
"""By the names that stand behind `is`."""

EXAMPLES: Mapping[str, str] = {
    "ds_add": "macros.ds_add(ds, -7)",
    "ds_format": "macros.ds_format(ds, '%Y-%m-%d', '%Y/%m/%d')",
    "datetime": "macros.datetime(2026, 1, 31)",
    "strptime": "macros.datetime.strptime(ds, '%Y-%m-%d')",
    "fromisoformat": "macros.datetime.fromisoformat(ts)",
    "timedelta": "macros.timedelta(days=7)",
    "range": "range(7)",
    "add": "data_interval_start.add(days=7)",
    "subtract": "data_interval_start.subtract(days=7)",
    "replace": "data_interval_start.replace(day=1)",
    "set": "data_interval_start.set(day=1)",
    "start_of": "data_interval_start.start_of('month')",
    "end_of": "data_interval_start.end_of('month')",
    "strftime": "data_interval_start.strftime('%Y-%m')",
    "format": "data_interval_start.format('YYYY-MM')",
    "in_timezone": "data_interval_start.in_timezone('Asia/Seoul')",
    "in_tz": "data_interval_start.in_tz('Asia/Seoul')",
    "split": "ds.split('-')",
    "zfill": "ds.zfill(12)",
    "startswith": "ds.startswith('2026')",
    "endswith": "ds.endswith('01')",
    "join": "['a', 'b'] | join(', ')",
    "round": "2.5 | round(1)",
    "ds": "data_interval_start | ds",
    "ds_nodash": "data_interval_start | ds_nodash",
    "ts": "data_interval_start | ts",
    "ts_nodash": "data_interval_start | ts_nodash",
    "ts_nodash_with_tz": "data_interval_start | ts_nodash_with_tz",
}
"""How each is called, where that needs to be said."""


def methods(value: object) -> Mapping[str, Function]:
    """What can be called on `value`, as `value.name(...)`."""
    return _of_kind(value, _METHODS)


def attributes(value: object) -> Mapping[str, Function]:
    """What can be asked of `value`, as `value.name`."""
    return _of_kind(value, _ATTRIBUTES)


def _of_kind(value: object, tables: Sequence[tuple[type, Mapping[str, Function]]]) -> Mapping[str, Function]:
    return next((table for kind, table in tables if isinstance(value, kind)), {})


# A moment is a day for Python, so it stands first.
_METHODS: Sequence[tuple[type, Mapping[str, Any]]] = (
    (str, OF_TEXTS),
    (datetime, moments.OF_MOMENTS),
    (date, moments.OF_DAYS),
    (timedelta, moments.OF_SPANS),
)
_ATTRIBUTES: Sequence[tuple[type, Mapping[str, Any]]] = (
    (datetime, moments.ATTRIBUTES_OF_MOMENTS),
    (date, moments.ATTRIBUTES_OF_DAYS),
    (timedelta, moments.ATTRIBUTES_OF_SPANS),
)


def kind_in_words(value: object) -> str:
    """E.g. `a text`."""
    return next((words for kind, words in _KINDS if isinstance(value, kind)), "no value")


_KINDS: Sequence[tuple[Any, str]] = (
    (str, "a text"),
    (bool, "true or false"),
    (int | float, "a number"),
    (datetime, "a moment"),
    (date, "a day"),
    (timedelta, "a span of time"),
    (list, "a list"),
)
