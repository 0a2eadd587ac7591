"""Moments as people read them: in UTC, and no finer than they need."""

from datetime import UTC, datetime


def spoken(moment: datetime) -> str:
    """`2026-11-22 03:04:05 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def to_the_minute(moment: datetime) -> str:
    """`2026-11-22 03:04 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def spoken_due(moment: datetime) -> str:
    """When a run was due: `2026-11-22 03:00 UTC`, with seconds only where there are some."""
    at = moment.astimezone(UTC)
    return spoken(at) if at.second else to_the_minute(at)


def spoken_span(span: tuple[datetime, datetime]) -> str:
    """`2026-11-21 03:00 to 2026-11-22 03:00 UTC`."""
    start, end = map(spoken_due, span)
    return f"{start.removesuffix(' UTC')} to {end}"
