"""Moments as people read them: in UTC, and no finer than they need."""

from datetime import UTC, datetime


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
