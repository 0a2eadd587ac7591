"""Schedules with a time zone, which cron here has none of: what the time is in UTC."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_PREFIX = re.compile(r"\s*(?:CRON_TZ|TZ)=(?P<zone>\S+)\s+(?P<cron>.+)", re.DOTALL)
_SUFFIX = re.compile(r"\s*(?P<cron>\S+(?:\s+\S+){4})\s+\(?(?P<zone>[A-Za-z][\w/+-]*)\)?\s*")
_UTC = frozenset({"utc", "gmt", "etc/utc", "z", "zulu"})
_ABBREVIATIONS = {"kst": "Asia/Seoul", "jst": "Asia/Tokyo"}
"""Only those that mean one zone: CST and IST are several."""

_WINTER, _SUMMER = datetime(2024, 1, 15), datetime(2024, 7, 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneWords:
    """Why the zone at `offset` of the schedule cannot stand there, and what to write."""

    offset: int
    length: int
    message: str
    fix: str


def words(text: str) -> ZoneWords | None:
    """What is said where `text` is cron with a time zone behind it, or before it as `CRON_TZ=`; else None."""
    found = _PREFIX.fullmatch(text) or _SUFFIX.fullmatch(text)
    if found is None:
        return None
    zone = found["zone"]
    message, fix = _words(found["cron"].strip(), zone)
    return ZoneWords(offset=found.start("zone"), length=len(zone), message=message, fix=fix)


def _words(cron: str, name: str) -> tuple[str, str]:
    zone = _zone(name)
    if name.lower() in _UTC:
        return f"schedules are in UTC anyway; `{name}` cannot stand here", f'write "{cron}"'
    local = _time(cron)
    if zone is None or local is None:
        return f"schedules are in UTC; the time zone `{name}` cannot stand here", "write the time in UTC, five fields"
    winter, summer = _in_utc(local, _WINTER, zone), _in_utc(local, _SUMMER, zone)
    town = (_ABBREVIATIONS.get(name.lower()) or name).rpartition("/")[2].replace("_", " ")
    message = f"schedules are in UTC: {local:%H:%M} in {town} is {_moment(winter, _WINTER)}"
    if winter.time() != summer.time():
        return f"{message}, in summer {_moment(summer, _SUMMER)}", "write the time in UTC, five fields"
    return message, _fix(cron, winter)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(_ABBREVIATIONS.get(name.lower(), name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _time(cron: str) -> datetime | None:
    minute, hour, *_ = cron.split()
    if minute.isdecimal() and hour.isdecimal() and int(minute) < 60 and int(hour) < 24:
        return datetime(2024, 1, 1, int(hour), int(minute))
    return None


def _in_utc(local: datetime, day: datetime, zone: ZoneInfo) -> datetime:
    moment = day.replace(hour=local.hour, minute=local.minute)
    return moment - (moment.replace(tzinfo=zone).utcoffset() or timedelta())


def _moment(utc: datetime, day: datetime) -> str:
    shift = (utc.date() - day.date()).days
    return f"{utc:%H:%M} UTC" + {-1: " the day before", 0: "", 1: " the day after"}[shift]


def _fix(cron: str, utc: datetime) -> str:
    days = cron.split()[2:]
    if days == ["*"] * 3:
        return f'write "{utc.minute} {utc.hour} * * *"'
    return f"begin with `{utc.minute} {utc.hour}`" + (", and move the days" if utc.date() != _WINTER.date() else "")
