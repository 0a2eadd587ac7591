"""An expression that a filter compares with -> the newest time of the table, or the clock, and how long before it."""

import re
from dataclasses import dataclass, replace
from typing import Final

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.tokens.tokens import tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue:
    """`column` is of the table itself, empty for the clock. `earlier`: units and counts, such as days and 3.

    `is_day`: it is certainly a date. `is_time`: it is certainly a date or a moment. `is_start`: of a day.
    `to_newest`: what lies between the newest time of the table and the run's interval, where dbt goes back behind it.
    """

    column: str = ""
    earlier: tuple[tuple[str, int], ...] = ()
    is_day: bool = False
    is_time: bool = False
    is_start: bool = False
    to_newest: tuple[tuple[str, int], ...] = ()

    @property
    def goes_back(self) -> bool:
        """dbt takes rows of the time before the run's interval, too."""
        return bool(self.earlier or self.to_newest)

    @property
    def before_interval(self) -> dict[str, int]:
        """How long before the run's interval its rows begin, each unit once."""
        found: dict[str, int] = {}
        for unit, count in (*self.earlier, *self.to_newest):
            found[unit] = found.get(unit, 0) + count
        return found

    @property
    def without_lookback(self) -> "TimeValue":
        """The same where a run gives the rows of its own interval only."""
        return replace(self, earlier=(), to_newest=())


def newest(text: str, this: str, dialect: Dialect) -> TimeValue | None:
    """What `text` is; None: something else. `this` is how it names the table itself."""
    bare = _bare(text, dialect)
    for shape in (_subquery, _cast, _call, _subtraction, _clock, _greatest):
        found = shape(bare, this, dialect)
        if found is not None:
            return found
    return None


def _bare(text: str, dialect: Dialect) -> str:
    """Without brackets around all of it."""
    text = text.strip()
    found = tokens(text, dialect.lexical)
    if len(found) > 2 and found[0].key == "(" and found[-1].key == ")" and found[-1].group == found[0].group:
        inside = all(token.group != found[0].group for token in found[1:-1])
        if inside:
            return _bare(text[found[0].end : found[-1].start], dialect)
    return text


_SELECT: Final = re.compile(
    r"select\s+(?P<value>.+?)\s+from\s+(?P<table>\S+)(?:\s+(?:as\s+)?\w+)?$", re.IGNORECASE | re.DOTALL
)


def _subquery(text: str, this: str, dialect: Dialect) -> TimeValue | None:
    found = _SELECT.fullmatch(text)
    if found is None or found["table"] != this:
        return None
    name = re.sub(r"\s+(?:as\s+)?\w+$", "", found["value"]) if _has_alias(found["value"]) else found["value"]
    return newest(name, this, dialect)


def _has_alias(text: str) -> bool:
    return bool(re.search(r"[)\w\"']\s+(?:as\s+)?[a-z_]\w*$", text, re.IGNORECASE)) and not text.rstrip().endswith(")")


_OF_COLUMN: Final = re.compile(r'max\s*\(\s*(?:distinct\s+)?(?:[\w"]+\.)*(?P<column>"[^"]+"|\w+)\s*\)', re.IGNORECASE)


def _greatest(text: str, _this: str, _dialect: Dialect) -> TimeValue | None:
    found = _OF_COLUMN.fullmatch(text)
    return TimeValue(column=found["column"].strip('"')) if found else None


_CLOCK: Final = re.compile(
    r"current_date|(?:current_timestamp|localtimestamp)(?:\s*\(\s*\d*\s*\))?|(?:now|getdate|sysdate)\s*\(\s*\)",
    re.IGNORECASE,
)


def _clock(text: str, _this: str, _dialect: Dialect) -> TimeValue | None:
    if not _CLOCK.fullmatch(text):
        return None
    return TimeValue(is_day=text.lower() == "current_date", is_time=True)


_TYPES: Final = r"(?P<type>date|timestamp(?:tz)?(?:\s+with(?:out)?\s+time\s+zone)?|datetime)"
_CAST_BEHIND: Final = re.compile(rf"(?P<value>.+?)\s*::\s*{_TYPES}", re.IGNORECASE | re.DOTALL)
_CAST_CALL: Final = re.compile(rf"cast\s*\((?P<value>.+)\bas\s+{_TYPES}\s*\)", re.IGNORECASE | re.DOTALL)


def _cast(text: str, this: str, dialect: Dialect) -> TimeValue | None:
    found = _CAST_BEHIND.fullmatch(text) or _CAST_CALL.fullmatch(text)
    inner = newest(found["value"], this, dialect) if found else None
    if found is None or inner is None:
        return None
    return replace(inner, is_day=found["type"].lower() == "date", is_time=True)


_CALL: Final = re.compile(r"(?P<name>\w+)\s*\((?P<inside>.*)\)", re.DOTALL)


def _call(text: str, this: str, dialect: Dialect) -> TimeValue | None:
    found = _CALL.fullmatch(text)
    if found is None or not _closes_at_end(text, dialect):
        return None
    arguments = _arguments(found["inside"], dialect)
    match found["name"].lower(), arguments:
        case ("coalesce" | "ifnull" | "nvl", [first, *others]):
            inner = newest(first, this, dialect)
            is_time = any(re.search(r"\d{4}-\d{2}-\d{2}", other) for other in others)
            return inner and replace(inner, is_time=inner.is_time or is_time)
        case ("date", [first]):
            inner = newest(first, this, dialect)
            return inner and replace(inner, is_day=True, is_time=True)
        case ("timestamp", [first]):
            inner = newest(first, this, dialect)
            return inner and replace(inner, is_time=True)
        case ("date_trunc", [unit, first]) if unit.strip("' ").lower() in ("minute", "hour", "day"):
            inner = newest(first, this, dialect)
            return inner and replace(inner, is_time=True, is_start=True)
        case ("dateadd" | "timestamp_add" | "date_add", [unit, count, first]):
            inner = newest(first, this, dialect)
            return inner and _earlier(inner, unit, count)
    return None


def _closes_at_end(text: str, dialect: Dialect) -> bool:
    found = tokens(text, dialect.lexical)
    return len(found) > 2 and found[1].key == "(" and all(token.group != found[1].group for token in found[2:-1])


def _arguments(text: str, dialect: Dialect) -> list[str]:
    pieces, start = list[str](), 0
    found = tokens(text, dialect.lexical)
    for token in found:
        if token.key == "," and token.group == -1:
            pieces.append(text[start : token.start])
            start = token.end
    return [piece.strip() for piece in (*pieces, text[start:])]


_UNIT: Final = r"(?P<unit>minute|hour|day|week|month)s?"
_INTERVAL: Final = re.compile(
    rf"interval\s*'\s*(?P<count>\d+)\s*{_UNIT}\s*'|'\s*(?P<count2>\d+)\s*(?P<unit2>minute|hour|day|week|month)s?\s*'\s*::\s*interval"
    rf"|interval\s*'?\s*(?P<count3>\d+)\s*'?\s*(?P<unit3>minute|hour|day|week|month)s?|(?P<days>\d+)",
    re.IGNORECASE,
)


# What dbt's own macro `dateadd` writes for PostgreSQL.
_OF_DBT: Final = re.compile(
    r"(?P<value>.+)\+\s*\(\(interval\s*'1 (?P<unit>\w+)'\)\s*\*\s*\((?P<count>-\s*\d+)\)\)", re.IGNORECASE | re.DOTALL
)


def _subtraction(text: str, this: str, dialect: Dialect) -> TimeValue | None:
    if of_dbt := _OF_DBT.fullmatch(text):
        value = newest(of_dbt["value"], this, dialect)
        return value and _earlier(value, of_dbt["unit"], of_dbt["count"])
    found = tokens(text, dialect.lexical)
    minus = next((token for token in reversed(found) if token.key == "-" and token.group == -1), None)
    amount = _INTERVAL.fullmatch(text[minus.end :].strip()) if minus else None
    inner = newest(text[: minus.start], this, dialect) if minus and amount else None
    if inner is None or amount is None:
        return None
    if amount["days"]:
        return replace(_earlier(inner, "day", f"-{amount['days']}") or inner, is_day=True, is_time=True)
    unit = amount["unit"] or amount["unit2"] or amount["unit3"]
    count = amount["count"] or amount["count2"] or amount["count3"]
    return _earlier(inner, unit, f"-{count}")


def _earlier(value: TimeValue, unit: str, count: str) -> TimeValue | None:
    name, number = unit.strip("' ").lower().rstrip("s"), re.fullmatch(r"\s*-\s*(\d+)\s*", count)
    if number is None or name not in ("minute", "hour", "day", "week", "month"):
        return None
    return replace(value, earlier=(*value.earlier, (f"{name}s", int(number[1]))), is_time=True)
