"""Short words for a page: moments near to now, schedules, states."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from summary_tables.catalog.entry import State
from summary_tables.configs.schedule.cron import CronError
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.model.table import Schedule, SummaryTable
from summary_tables.text.english import listed


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
}

NOT_KNOWN = StateWords("Not known", "question", "quiet")
"""Of a table about which nobody asked the warehouse."""


def moment_near(moment: datetime, now: datetime) -> str:
    """`today 03:00`, `yesterday 03:00`, `Fri 27 Nov 03:00`, `27 Nov 2025`; in UTC."""
    at, today = moment.astimezone(UTC), now.astimezone(UTC).date()
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


def schedule_words(table: SummaryTable) -> str:
    """`every day at 03:00 UTC`, `when analytics.mau_summary is published`, `when somebody starts it`."""
    schedule: Schedule = table.schedule
    if schedule.after:
        verb = "is" if len(schedule.after) == 1 else "are"
        return f"when {listed(schedule.after)} {verb} published"
    if not schedule.cron:
        return "when somebody starts it"
    try:
        return in_words(schedule.cron)
    except CronError:
        return schedule.cron


def first_words(text: str, most: int) -> str:
    """The first lines of a long text on one line, cut between words."""
    line = " ".join(text[: most * 4].split())
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", 1)[0]
    return f"{cut.rstrip('.,;:')} …"
