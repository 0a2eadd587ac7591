"""Schedules with a time zone, which cron here has none of: what the time is in UTC."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from summary_tables.configs.schedule import cron as cron_times
from summary_tables.model.problem import Finding, Span

_PREFIX = re.compile(r"\s*(?:CRON_TZ|TZ)=(?P<zone>\S+)\s+(?P<cron>.+)", re.DOTALL)
_SUFFIX = re.compile(r"\s*(?P<cron>@\w+|\S+(?:\s+\S+){4})\s+\(?(?P<zone>[A-Za-z][\w/+-]*)\)?\s*")
_UTC = frozenset({"utc", "gmt", "etc/utc", "z", "zulu"})
_ABBREVIATIONS = {"kst": "Asia/Seoul", "jst": "Asia/Tokyo"}
"""Only those that mean one zone: CST and IST are several."""

_IN_UTC = "write the time in UTC, five fields"
_WEEKDAYS = frozenset(("sun", "mon", "tue", "wed", "thu", "fri", "sat"))
"""What can stand behind five fields and is no zone: the weekday of a schedule with seconds."""

_NUMBERS_OF_WEEKDAYS = frozenset("01234567")
_HOUR = timedelta(hours=1)
_WINTER, _SUMMER = datetime(2024, 1, 15), datetime(2024, 7, 15)


def words(text: str) -> Finding[Span] | None:
    """What is said where `text` is a schedule with a time zone behind it, or before it as `CRON_TZ=`; else None."""
    found = _PREFIX.fullmatch(text) or _SUFFIX.fullmatch(text)
    if found is None or found["zone"].lower() in _WEEKDAYS:
        return None
    zone = found["zone"]
    message, fix = _words(found["cron"].strip(), zone)
    return Finding(place=Span(found.start("zone"), len(zone)), message=message, fix=fix)


def _words(cron: str, name: str) -> tuple[str, str]:
    fields = _usable_fields(cron)
    if name.lower() in _UTC:
        return f"schedules are in UTC anyway; `{name}` cannot stand here", f'write "{cron}"' if fields else _IN_UTC
    zone, local = _zone(name), _time(fields)
    if zone is None or local is None:
        same = zone and fields[1:] == ["*"] * 4 and _has_whole_hours(zone)
        fix = f'write "{cron}": it is the same in UTC' if same else _IN_UTC
        return f"schedules are in UTC; the time zone `{name}` cannot stand here", fix
    winter, summer = _in_utc(local, _WINTER, zone), _in_utc(local, _SUMMER, zone)
    town = (_ABBREVIATIONS.get(name.lower()) or name).rpartition("/")[2].replace("_", " ")
    message = f"schedules are in UTC: {local:%H:%M} in {town} is {_moment(winter, _WINTER)}"
    if winter.time() != summer.time():
        return f"{message}, in summer {_moment(summer, _SUMMER)}", _IN_UTC
    return message, _fix(fields, winter)


def _usable_fields(cron: str) -> list[str]:
    """The five fields, of which a word such as `@daily` stands for some too; empty where Airflow could not use them."""
    try:
        cron_times.next_runs(cron, cron_times.ANY_MOMENT, 1)
    except cron_times.CronError:
        return []
    return cron_times.fields(cron).split()


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(_ABBREVIATIONS.get(name.lower(), name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _time(fields: list[str]) -> datetime | None:
    minute, hour = fields[:2] or ("", "")
    return datetime(2024, 1, 1, int(hour), int(minute)) if minute.isdecimal() and hour.isdecimal() else None


def _has_whole_hours(zone: ZoneInfo) -> bool:
    return all(not (day.replace(tzinfo=zone).utcoffset() or timedelta()) % _HOUR for day in (_WINTER, _SUMMER))


def _in_utc(local: datetime, day: datetime, zone: ZoneInfo) -> datetime:
    moment = day.replace(hour=local.hour, minute=local.minute)
    return moment - (moment.replace(tzinfo=zone).utcoffset() or timedelta())


def _moment(utc: datetime, day: datetime) -> str:
    return f"{utc:%H:%M} UTC" + {-1: " the day before", 0: "", 1: " the day after"}[_shift(utc, day)]


def _shift(utc: datetime, day: datetime) -> int:
    return (utc.date() - day.date()).days


def _fix(fields: list[str], utc: datetime) -> str:
    shift = _shift(utc, _WINTER)
    if not shift or fields[2:] == ["*", "*", "*"]:
        return f'write "{utc.minute} {utc.hour} {" ".join(fields[2:])}"'
    if fields[2:4] == ["*", "*"] and fields[4] in _NUMBERS_OF_WEEKDAYS:
        return f'write "{utc.minute} {utc.hour} * * {(int(fields[4]) + shift) % 7}"'
    return f"begin with `{utc.minute} {utc.hour}`, and move the days"
