"""Moments as people read them: by the clocks of a time zone, with its name, and no finer than they need.

A zone is the name that a table's `timezone` has, such as `Asia/Seoul`. What a clock shows twice, in the hour that comes
back when summer time ends, has its distance to UTC beside it: `2026-10-25 02:30+01:00 Europe/Berlin`.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from summary_tables.text.english import counted

UTC_NAME: Final = "UTC"
"""The zone of a table that names none, and of what belongs to no table."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_WEEK = 7
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def zone_of(name: str) -> tzinfo:
    """Raises `ZoneInfoNotFoundError` or ValueError for a name that is no zone's."""
    return UTC if name == UTC_NAME else ZoneInfo(name)


def local(zone: str, moment: datetime) -> datetime:
    """`moment`, which knows its zone, by the clocks of `zone`.

    Python compares and subtracts two moments of one zone by their clocks: to count with them, count in UTC.
    """
    return moment.astimezone(zone_of(zone))


def from_clock(clock: datetime, zone: tzinfo) -> datetime:
    """The moment at which the clocks of `zone` show `clock`, in UTC.

    What they skip is as much later; of two moments it is the second. So pendulum has it, and with it Airflow.
    """
    second = clock.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if second.astimezone(zone).replace(tzinfo=None, fold=0) == clock:
        return second
    return clock.replace(tzinfo=zone, fold=0).astimezone(UTC)


def moments_of_clock(clock: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """All moments at which the clocks of `zone` show `clock`, in UTC: none, one or two."""
    meant = {clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(sorted(found for found in meant if found.astimezone(zone).replace(tzinfo=None, fold=0) == clock))


def day_start(zone: str, day: date) -> datetime:
    """The first moment of a day of `zone`, in UTC: also where its clocks skip midnight, or show it twice."""
    return datetime.combine(day, time(), zone_of(zone)).astimezone(UTC)


def moment_text(zone: str, moment: datetime) -> str:
    """`2026-11-22 03:04:05 UTC`."""
    return f"{_clock(zone, moment, '%Y-%m-%d %H:%M:%S')} {zone}"


def to_the_minute(zone: str, moment: datetime) -> str:
    """`2026-11-22 03:04 UTC`."""
    return f"{_clock(zone, moment, '%Y-%m-%d %H:%M')} {zone}"


def due_text(zone: str, moment: datetime) -> str:
    """When a run was due: `2026-11-22 03:00 UTC`, with seconds only where there are some."""
    return moment_text(zone, moment) if moment.second else to_the_minute(zone, moment)


def span_text(zone: str, span: tuple[datetime, datetime]) -> str:
    """`2026-11-21 03:00 to 2026-11-22 03:00 UTC`."""
    start, end = (due_text(zone, moment) for moment in span)
    return f"{start.removesuffix(f' {zone}')} to {end}"


def day_text(zone: str, moment: datetime, now: datetime) -> str:
    """`today`, `yesterday`, `tomorrow`, `Friday` within a week, else `2026-11-20`; days are those of `zone`."""
    day = local(zone, moment).date()
    days = (day - local(zone, now).date()).days
    if near := {0: "today", -1: "yesterday", 1: "tomorrow"}.get(days):
        return near
    return WEEKDAYS[day.weekday()] if abs(days) < _WEEK else day.isoformat()


def day_and_time(zone: str, moment: datetime, now: datetime) -> str:
    """`today at 03:00 UTC`, `Friday at 03:00 UTC`, `2026-11-20 at 03:00 UTC`."""
    return f"{day_text(zone, moment, now)} at {clock_text(zone, moment)}"


def clock_text(zone: str, moment: datetime) -> str:
    """`03:00 UTC`."""
    return f"{_clock(zone, moment, '%H:%M')} {zone}"


def is_shown_twice(moment: datetime) -> bool:
    """A clock of its zone shows, at some other moment, the same."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def about(span: timedelta) -> str:
    """How long something took or takes, rounded down: `40 minutes`, `3 hours`, `2 days`."""
    if span >= 2 * _DAY:
        return counted(span // _DAY, "day")
    return counted(span // _HOUR, "hour") if span >= _HOUR else counted(max(span // timedelta(minutes=1), 1), "minute")


def _clock(zone: str, moment: datetime, form: str) -> str:
    at = local(zone, moment)
    return f"{at:{form}}{_offset(at)}" if is_shown_twice(at) else f"{at:{form}}"


def _offset(at: datetime) -> str:
    """`+01:00`."""
    text = f"{at:%z}"
    return f"{text[:3]}:{text[3:5]}"
