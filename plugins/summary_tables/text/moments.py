"""Moments as people read them: in UTC, and no finer than they need."""

from datetime import UTC, datetime, timedelta

from summary_tables.text.english import counted

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_WEEK = 7
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def moment_text(moment: datetime) -> str:
    """`2026-11-22 03:04:05 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def to_the_minute(moment: datetime) -> str:
    """`2026-11-22 03:04 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def due_text(moment: datetime) -> str:
    """When a run was due: `2026-11-22 03:00 UTC`, with seconds only where there are some."""
    at = moment.astimezone(UTC)
    return moment_text(at) if at.second else to_the_minute(at)


def span_text(span: tuple[datetime, datetime]) -> str:
    """`2026-11-21 03:00 to 2026-11-22 03:00 UTC`."""
    start, end = map(due_text, span)
    return f"{start.removesuffix(' UTC')} to {end}"


def day_text(moment: datetime, now: datetime) -> str:
    """`today`, `yesterday`, `tomorrow`, `Friday` within a week, else `2026-11-20`; days are UTC's."""
    day = moment.astimezone(UTC).date()
    days = (day - now.astimezone(UTC).date()).days
    if near := {0: "today", -1: "yesterday", 1: "tomorrow"}.get(days):
        return near
    return WEEKDAYS[day.weekday()] if abs(days) < _WEEK else day.isoformat()


def day_and_time(moment: datetime, now: datetime) -> str:
    """`today at 03:00 UTC`, `Friday at 03:00 UTC`, `2026-11-20 at 03:00 UTC`."""
    return f"{day_text(moment, now)} at {moment.astimezone(UTC):%H:%M} UTC"


def about(span: timedelta) -> str:
    """How long something took or takes, rounded down: `40 minutes`, `3 hours`, `2 days`."""
    if span >= 2 * _DAY:
        return counted(span // _DAY, "day")
    return counted(span // _HOUR, "hour") if span >= _HOUR else counted(max(span // timedelta(minutes=1), 1), "minute")
