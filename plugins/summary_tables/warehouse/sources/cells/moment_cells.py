"""Cells of columns with dates and times. A text is written as ISO 8601 has it; a sheet counts days in numbers."""

import re
from datetime import UTC, date, datetime, time, timedelta

from summary_tables.text.english import counted
from summary_tables.text.moments import UTC_NAME, moments_of_clock, zone_of
from summary_tables.warehouse.sources.cells.cell import Convert, Wrong

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.(?P<fraction>[0-9]{1,6}))?)?"
_ZONE = r"(?P<zone>Z|z|[+-](?:0[0-9]|1[0-5])(?::?[0-5][0-9])?)"
_DATE = re.compile(_DAY)
_TIME_OF_DAY = re.compile(_TIME)
_MOMENT = re.compile(rf"(?P<day>{_DAY})(?:[Tt ](?P<time>{_TIME})(?:\s?{_ZONE})?)?")

_ZERO = datetime(1899, 12, 30)
"""The day that a sheet counts as 0."""
_MOST_DAYS = (datetime.max - _ZERO).days
_MICROSECONDS = 86_400_000_000
_NO_DATE = Wrong("is not a date", "write it like 2026-12-31")
_NO_SUCH = Wrong("is written right, but there is no such day or time")
_NO_TIME = Wrong("is not a time", "write it like 18:30:00")
_NO_TIME_OF_DAY = Wrong(
    "is no time of day, as it has a date, or 24 hours and more", "leave those out, or make the column a timestamp"
)
_NO_MOMENT = Wrong("is not a moment", "write it like 2026-12-31 18:30:00")


def day(value: str | float | bool) -> str | Wrong:
    """`date`."""
    if isinstance(value, str):
        written = value.strip()
        if not _DATE.fullmatch(written):
            return _NO_DATE
        return written if _is_day(written) else _NO_SUCH
    found = _from_number(value)
    if found is None:
        return _NO_DATE
    if found.time() != time():
        return Wrong("is a date with a time of day", "leave out the time, or make the column a timestamp")
    return found.date().isoformat()


def moment(digits: int, *, zoned: bool, zone: str = UTC_NAME) -> Convert:
    """`timestamp(digits)`, with time zone where `zoned`. What says no zone is in `zone`."""

    def convert(value: str | float | bool) -> str | Wrong:
        found, offset = _parsed(value, zoned=zoned) if isinstance(value, str) else (_from_number(value), False)
        if found is None:
            return _NO_MOMENT
        if isinstance(found, datetime) and zoned and not offset and zone != UTC_NAME:
            found = _of_clock(found, zone)
        if isinstance(found, Wrong):
            return found
        if _too_precise(found.microsecond, digits):
            return _precise(digits)
        return found.isoformat(sep=" ") + ("+00" if zoned else "")

    return convert


def time_of_day(digits: int) -> Convert:
    """`time(digits)`."""

    def convert(value: str | float | bool) -> str | Wrong:
        found = _time(value)
        if isinstance(found, Wrong):
            return found
        if found is None:
            return _NO_TIME if isinstance(value, str | bool) else _NO_TIME_OF_DAY
        return _precise(digits) if _too_precise(found.microsecond, digits) else found.isoformat()

    return convert


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _of_clock(clock: datetime, zone: str) -> datetime | Wrong:
    """The moment in UTC at which the clocks of `zone` show this."""
    found = moments_of_clock(clock, zone_of(zone))
    if len(found) == 1:
        return found[0].replace(tzinfo=None)
    often = "twice" if found else "never"
    return Wrong(
        f"is a time that the clocks of {zone} show {often}", "write its distance to UTC behind it, as in +01:00"
    )


def _parsed(value: str, *, zoned: bool) -> tuple[datetime | Wrong | None, bool]:
    """In UTC where it says its zone, which the second answer tells; else as it is written."""
    found = _MOMENT.fullmatch(value.strip())
    if not found:
        return None, False
    if found["zone"] and not zoned:
        words = "has a time zone, which the column does not keep"
        return Wrong(words, "leave it out, or make the column timestamptz"), False
    try:
        local = datetime.fromisoformat(f"{found['day']} {_padded(found['time'] or '00:00')}")
        return (local.replace(tzinfo=UTC) - _offset(found["zone"] or "Z")).replace(tzinfo=None), bool(found["zone"])
    except (ValueError, OverflowError):
        return _NO_SUCH, False


def _padded(written: str) -> str:
    """With as many digits of a second as Python 3.10 and 3.11 read alike."""
    whole, dot, fraction = written.partition(".")
    return f"{whole}.{fraction:0<6}" if dot else whole


def _offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def _time(value: str | float | bool) -> time | Wrong | None:
    if isinstance(value, str):
        written = value.strip()
        try:
            return time.fromisoformat(_padded(written)) if _TIME_OF_DAY.fullmatch(written) else None
        except ValueError:
            return _NO_SUCH
    found = _from_number(value)
    return found.time() if found and found.date() == _ZERO.date() else None


def _from_number(value: float | bool) -> datetime | None:
    """The moment that a sheet stores as a number of days, to the millisecond, which is as far as a number tells it."""
    if isinstance(value, bool) or not -_ZERO.toordinal() < value < _MOST_DAYS:
        return None
    try:
        return _ZERO + timedelta(milliseconds=round(value * _MICROSECONDS / 1000))
    except OverflowError:
        return None


def _too_precise(microsecond: int, digits: int) -> bool:
    return microsecond % int(10 ** (6 - digits)) != 0


def _precise(digits: int) -> Wrong:
    return Wrong(f"is more precise than the column, which keeps {counted(digits, 'digit')} of a second")
