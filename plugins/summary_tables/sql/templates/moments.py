"""What a date or a moment can do in a template. Names and results are those of pendulum, as in Airflow."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from summary_tables.text.moments import from_clock

Day = TypeVar("Day", date, datetime)
Value = TypeVar("Value")

_UNITS = ("minute", "hour", "day", "week", "month", "year")
_MOST_UNITS = 1_000_000
_LONGEST_FORMAT = 200
# No widths: `%9999d` would be a text of 9,999 characters. No %s: its seconds are those of the zone of the machine.
_FORMAT = re.compile(r"(?:[^%]|%[-_0^#]?[A-Za-rt-z%])*")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")


def plain(moment: datetime) -> datetime:
    """`moment` without the methods of a class of its own, such as pendulum's."""
    return datetime.combine(date(moment.year, moment.month, moment.day), moment.time(), moment.tzinfo).replace(
        fold=moment.fold
    )


def moved(moment: date, span: timedelta) -> date:
    """`moment` later by `span`: by so much time, whatever the clocks of its zone do meanwhile."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return moment + span
    return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)


def difference(later: date, earlier: date) -> timedelta:
    """The time between two moments, or two days."""
    if isinstance(later, datetime) != isinstance(earlier, datetime):
        raise TypeError
    later, earlier = comparable(later), comparable(earlier)
    return later - earlier


def comparable(value: Value) -> Value:
    """`value`, a moment in UTC: Python compares and subtracts two moments of one zone by their clocks."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    return value


def strftime(moment: date, format: str) -> str:
    if len(format) > _LONGEST_FORMAT or not _FORMAT.fullmatch(format):
        raise ValueError
    return moment.strftime(format)


def strptime(text: str, format: str) -> datetime:
    if len(text) > _LONGEST_FORMAT or len(format) > _LONGEST_FORMAT:
        raise ValueError
    try:
        return datetime.strptime(text, format)
    except re.error:  # the same part twice
        raise ValueError from None


def ds_add(ds: str, days: int) -> str:
    """Airflow's macro."""
    return (strptime(ds, "%Y-%m-%d") + timedelta(days=days)).strftime("%Y-%m-%d") if days else ds


def ds_format(ds: str, input_format: str, output_format: str) -> str:
    """Airflow's macro."""
    return strftime(strptime(ds, input_format), output_format)


def _add(
    moment: Day,
    years: int = 0,
    months: int = 0,
    weeks: int = 0,
    days: int = 0,
    hours: int = 0,
    minutes: int = 0,
    seconds: float = 0,
    microseconds: int = 0,
) -> Day:
    if any(abs(number) > _MOST_UNITS for number in (years, months, weeks, days)):
        raise OverflowError
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
    if not isinstance(moment, datetime):
        if span:
            raise TypeError
        return _months_later(moment, 12 * years + months) + timedelta(weeks=weeks, days=days)
    if not (years or months or weeks or days):
        later = moved(moment, span)
        assert isinstance(later, datetime)
        return later
    wall = _months_later(moment.replace(tzinfo=None), 12 * years + months) + timedelta(weeks=weeks, days=days) + span
    return _in_zone(wall, moment)


def _subtract(moment: Day, **units: int) -> Day:
    return _add(moment, **{unit: -number for unit, number in units.items()})


def _months_later(day: Day, months: int) -> Day:
    """The same day of another month, or its last one."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not 1 <= year <= 9999:
        raise OverflowError
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def _in_zone(wall: datetime, like: datetime) -> datetime:
    """What a clock shows -> the moment. One that the clock skips is as much later; of two it is the second."""
    if like.tzinfo is None:
        return wall
    return from_clock(wall, like.tzinfo).astimezone(like.tzinfo)


def _start_of(moment: Day, unit: str) -> Day:
    if unit not in (_UNITS if isinstance(moment, datetime) else _UNITS[2:]):
        raise ValueError
    first = moment
    if unit == "week":
        first = first - timedelta(days=first.weekday())
    if unit in ("month", "year"):
        first = first.replace(day=1)
    if unit == "year":
        first = first.replace(month=1)
    if not isinstance(first, datetime):
        return first
    kept = time()
    if unit in ("minute", "hour"):
        kept = time(first.hour, first.minute if unit == "minute" else 0)
    return _in_zone(datetime.combine(first.date(), kept), first)


def _end_of(moment: Day, unit: str) -> Day:
    following = {
        "week": {"days": 7},
        "month": {"months": 1},
        "year": {"years": 1},
        "day": {"days": 1},
        "hour": {"hours": 1},
        "minute": {"minutes": 1},
    }
    beginning = _start_of(moment, unit)
    if not isinstance(beginning, datetime):
        return _add(_add(beginning, **following[unit]), days=-1)
    wall = _add(beginning.replace(tzinfo=None), **following[unit]) - timedelta(microseconds=1)
    return _in_zone(wall, beginning)


def _replace(moment: Day, **parts: int) -> Day:
    if not set(parts) <= {"year", "month", "day", "hour", "minute", "second", "microsecond"}:
        raise TypeError
    if not isinstance(moment, datetime):
        return moment.replace(**parts)
    return _in_zone(moment.replace(tzinfo=None, **parts), moment)


def _in_timezone(moment: datetime, zone: str) -> datetime:
    if not _ZONE.fullmatch(zone):
        raise ValueError
    _require_zone(moment)
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OSError:  # the name of a folder of zones, or one longer than a file's may be
        raise ValueError from None


def _timestamp(moment: datetime) -> float:
    _require_zone(moment)
    return moment.timestamp()


def _require_zone(moment: datetime) -> None:
    """Python takes it for one in the zone of the machine, which is not the same for lint, preview and the run."""
    if moment.tzinfo is None:
        raise ValueError


_TOKENS: Mapping[str, Callable[[datetime], str]] = {
    "YYYY": lambda moment: f"{moment.year:04}",
    "YY": lambda moment: f"{moment.year:04}"[2:],
    "MM": lambda moment: f"{moment.month:02}",
    "M": lambda moment: f"{moment.month}",
    "DD": lambda moment: f"{moment.day:02}",
    "D": lambda moment: f"{moment.day}",
    "HH": lambda moment: f"{moment.hour:02}",
    "H": lambda moment: f"{moment.hour}",
    "mm": lambda moment: f"{moment.minute:02}",
    "m": lambda moment: f"{moment.minute}",
    "ss": lambda moment: f"{moment.second:02}",
    "s": lambda moment: f"{moment.second}",
}
_TOKEN = re.compile(r"\[([^\[\]]*)\]|([A-Za-z]+)")
_PART = re.compile("|".join(sorted(_TOKENS, key=len, reverse=True)))


def _format(moment: datetime, format: str) -> str:
    if len(format) > _LONGEST_FORMAT:
        raise ValueError

    def filled(found: re.Match[str]) -> str:
        if found[1] is not None:
            return found[1]
        if _PART.sub("", found[2]):
            raise ValueError
        return _PART.sub(lambda part: _TOKENS[part[0]](moment), found[2])

    return _TOKEN.sub(filled, format)


OF_DAYS: Mapping[str, Callable[..., object]] = {
    "add": _add,
    "subtract": _subtract,
    "replace": _replace,
    "set": _replace,
    "start_of": _start_of,
    "end_of": _end_of,
    "strftime": strftime,
    "isoformat": lambda day: day.isoformat(),
    "weekday": lambda day: day.weekday(),
    "isoweekday": lambda day: day.isoweekday(),
    "to_date_string": lambda day: day.strftime("%Y-%m-%d"),
}
"""The methods of a day, `data_interval_start.date()`."""

OF_MOMENTS: Mapping[str, Callable[..., object]] = {
    **OF_DAYS,
    "date": lambda moment: moment.date(),
    "in_timezone": _in_timezone,
    "in_tz": _in_timezone,
    "format": _format,
    "timestamp": _timestamp,
    "to_time_string": lambda moment: moment.strftime("%H:%M:%S"),
    "to_datetime_string": lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S"),
}
"""The methods of a moment, such as `data_interval_start`."""

ATTRIBUTES_OF_DAYS: Mapping[str, Callable[..., object]] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "quarter": lambda day: (day.month + 2) // 3,
    "day_of_week": lambda day: day.weekday(),
    "day_of_year": lambda day: day.timetuple().tm_yday,
    "week_of_year": lambda day: day.isocalendar()[1],
    "days_in_month": lambda day: monthrange(day.year, day.month)[1],
}

ATTRIBUTES_OF_MOMENTS: Mapping[str, Callable[..., object]] = {
    **ATTRIBUTES_OF_DAYS,
    "hour": lambda moment: moment.hour,
    "minute": lambda moment: moment.minute,
    "second": lambda moment: moment.second,
    "microsecond": lambda moment: moment.microsecond,
    "int_timestamp": lambda moment: int(_timestamp(moment) // 1),
}

OF_SPANS: Mapping[str, Callable[..., object]] = {
    "total_seconds": lambda span: span.total_seconds(),
    "in_days": lambda span: int(span.total_seconds() / 86_400),
    "in_hours": lambda span: int(span.total_seconds() / 3_600),
    "in_minutes": lambda span: int(span.total_seconds() / 60),
    "in_seconds": lambda span: int(span.total_seconds()),
}
"""The methods of the time between two moments, and of `macros.timedelta(...)`."""

ATTRIBUTES_OF_SPANS: Mapping[str, Callable[..., object]] = {
    "days": lambda span: span.days,
    "seconds": lambda span: span.seconds,
}
