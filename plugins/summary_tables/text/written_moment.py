"""A moment that somebody wrote: as messages show it, or as ISO 8601 spells it."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

from summary_tables.text.moments import moments_of_clock, zone_of

_WRITTEN = re.compile(r"(?P<clock>\d.*?)\s*(?P<zone>UTC|Z|[A-Za-z]+(?:/[\w+-]+)+)?", re.IGNORECASE)


def moments_written(text: str, zone: str) -> tuple[datetime, ...]:
    """What `text` means, in UTC: `2026-11-21 03:00`, by the clocks of `zone` where it names no other.

    None where it is no moment, or one that those clocks leave out; two where they show it twice.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return ()
    named = found["zone"] or zone
    try:
        moment = datetime.fromisoformat(found["clock"])
        place = UTC if named.upper() in ("UTC", "Z") else zone_of(named)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return ()
    if moment.tzinfo is not None:
        return (moment.astimezone(UTC),)
    return moments_of_clock(moment, place)
