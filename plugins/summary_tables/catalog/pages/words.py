"""Short words for a page: moments near to now, states, beginnings of texts."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from summary_tables.catalog.entry import State
from summary_tables.text.moments import UTC_NAME, local


class StateWords(NamedTuple):
    """A state as people see it: its word, a shape that tells it without a colour, and a class of the style sheet."""

    word: str
    shape: str
    tone: str


STATE_WORDS: dict[State, StateWords] = {
    "failing": StateWords("Failing", "cross", "bad"),
    "late": StateWords("Late", "clock", "late"),
    "broken_file": StateWords("Broken file", "slash", "bad"),
    "warning": StateWords("Warning", "triangle", "warn"),
    "never_built": StateWords("Never built", "ring", "quiet"),
    "orphaned": StateWords("No file", "dashed", "quiet"),
    "paused": StateWords("Paused", "pause", "quiet"),
    "fresh": StateWords("Fresh", "check", "good"),
    "unknown": StateWords("Not known", "question", "quiet"),
}


def moment_near(moment: datetime, now: datetime, zone: str = UTC_NAME) -> str:
    """`today 03:00`, `yesterday 03:00`, `Fri 27 Nov 03:00`, `27 Nov 2025`; with the zone where that is not UTC."""
    near = _near(local(zone, moment), local(zone, now).date())
    return near if zone == UTC_NAME else f"{near} {zone}"


def _near(at: datetime, today: date) -> str:
    days = (today - at.date()).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}.get(days)
    if near:
        return f"{near} {at:%H:%M}"
    if abs(days) < 7:
        return f"{at:%a} {at.day} {at:%b %H:%M}"
    return f"{at.day} {at:%b %H:%M}" if abs(days) < 180 else f"{at.day} {at:%b %Y}"


def day(moment: datetime) -> str:
    """`27 Nov`."""
    at = moment.astimezone(UTC)
    return f"{at.day} {at:%b}"


def ago(moment: datetime, now: datetime) -> str:
    """`5 min ago`, `in 3 h`, `2 days ago`."""
    passed = now - moment
    words = _about(abs(passed))
    return f"{words} ago" if passed >= timedelta() else f"in {words}"


def _about(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    if hours < 48:
        return f"{hours} h"
    return f"{hours // 24} days"


def first_words(text: str, most: int) -> str:
    """The first lines of a long text on one line, cut between words."""
    line = " ".join(text[: most * 4].split())
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", 1)[0]
    return f"{cut.rstrip('.,;:')} …"
