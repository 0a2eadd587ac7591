"""Schedules with a time zone in them, which stands in a key of its own here."""

import re

from summary_tables.configs.schedule import cron as cron_times
from summary_tables.configs.zone_names import is_utc, zone_meant
from summary_tables.model.problem import Finding, Span

_PREFIX = re.compile(r"\s*(?:CRON_TZ|TZ)=(?P<zone>\S+)\s+(?P<cron>.+)", re.DOTALL)
_SUFFIX = re.compile(r"\s*(?P<cron>@\w+|\S+(?:\s+\S+){4})\s+\(?(?P<zone>[A-Za-z][\w/+-]*)\)?\s*")
_WEEKDAYS = frozenset(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))
"""What can stand behind five fields and is no zone: the weekday of a schedule with seconds."""


def words(text: str) -> Finding[Span] | None:
    """What is said where `text` is a schedule with a time zone behind it, or before it as `CRON_TZ=`; else None."""
    found = _PREFIX.fullmatch(text) or _SUFFIX.fullmatch(text)
    if found is None or found["zone"].lower() in _WEEKDAYS:
        return None
    zone = found["zone"]
    message = f"the time zone `{zone}` cannot stand here: the key `timezone` says in which a schedule is"
    return Finding(place=Span(found.start("zone"), len(zone)), message=message, fix=_fix(found["cron"].strip(), zone))


def _fix(cron: str, written: str) -> str:
    meant = zone_meant(written)
    schedule = f'`schedule: "{cron}"`' if _is_usable(cron) else "five cron fields"
    if is_utc(written):
        return f"write {schedule}: without a `timezone` it is in UTC"
    zone = f"`timezone: {meant}`" if meant else "`timezone` with the name of a place such as `Asia/Seoul`"
    return f"write {schedule} and, on a line of its own, {zone}"


def _is_usable(cron: str) -> bool:
    try:
        cron_times.next_runs(cron, cron_times.ANY_MOMENT, 1)
    except cron_times.CronError:
        return False
    return True
