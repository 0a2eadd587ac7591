"""Cron schedules as Airflow reads them: five fields, by the clocks of a zone, or one of `PRESETS`.

Airflow asks croniter, so croniter is asked here: what it takes is taken. It is imported by the first question.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final, Literal

from summary_tables.text.moments import UTC_NAME, from_clock, zone_of

PRESETS: Mapping[str, str] = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
}
"""What the words mean that a schedule may be instead of fields; those of Airflow that the format allows."""

LAST = "l"
"""The last day of a month, or the last such weekday of it."""

ANY_MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
"""For those who need only some moment to begin at."""

_LONGEST_CHANGE: Final = timedelta(hours=3)
_PLAIN = re.compile(r"(?P<minute>[0-5]?[0-9]) (?P<hour>[01]?[0-9]|2[0-3]) \* \* \*")
_ALL = (range(60), range(24), range(1, 32), range(1, 13), range(7))


class CronError(ValueError):
    """What croniter, or Airflow with it, does not take; the text is croniter's."""


class NeverError(CronError):
    """The schedule can be read and no date fits it, within fifty years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CronTimes:
    """The minutes, hours, days, months and weekdays (0 is Sunday) that a schedule names, each in order.

    `nth` has, for weekdays that are meant once a month, which of the month they are: 1 to 5 or `LAST`.
    `either_day`: a day of the month and a weekday are both named, and one of them is enough.
    `any_day` and `any_weekday`: the field names none of its own. `workday_near`: the weekday nearest to that day.
    """

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int | Literal["l"], ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    nth: Mapping[int, frozenset[int | str]]
    any_day: bool
    any_weekday: bool
    workday_near: bool

    @property
    def either_day(self) -> bool:
        return not self.any_day and not self.any_weekday


def is_plain(text: str) -> bool:
    """`text` is a preset, or one minute of each day: right without asking croniter, whose import takes time."""
    return text in PRESETS or _PLAIN.fullmatch(text) is not None


def daily(text: str) -> tuple[int, int] | None:
    """Hour and minute of a schedule that is one time of each day and written plainly; None: ask `times`."""
    found = _PLAIN.fullmatch(fields(text))
    return (int(found["hour"]), int(found["minute"])) if found else None


def fields(text: str) -> str:
    """`text` with a preset spelt out."""
    return PRESETS.get(text.strip(), text.strip())


def times(text: str) -> CronTimes:
    """What `text` names. Raises `CronError`."""
    found = _croniter(text)
    expanded = [list(all_) if field == ["*"] else field for field, all_ in zip(found.expanded, _ALL, strict=True)]
    days, weekdays = found.expanded[2], found.expanded[4]
    return CronTimes(
        minutes=tuple(expanded[0]),
        hours=tuple(expanded[1]),
        days=tuple(expanded[2]),
        months=tuple(expanded[3]),
        weekdays=tuple(expanded[4]),
        nth={weekday: frozenset(which) for weekday, which in found.nth_weekday_of_month.items()},
        any_day=days[0] == "*",
        any_weekday=weekdays[0] == "*",
        workday_near=bool(getattr(found, "nearest_weekday", None)),
    )


def next_runs(text: str, after: datetime, count: int, zone: str = UTC_NAME) -> tuple[datetime, ...]:
    """The next `count` times behind `after`, in UTC; the fields are times of the clocks of `zone`. Raises `CronError`.

    As Airflow's timetable has them where clocks change: see `_next`.
    """
    found = _croniter(text, after)
    if zone == UTC_NAME:
        return tuple(_asked(found.get_next, datetime) for _ in range(count))
    times = [after.astimezone(UTC)]
    for _ in range(count):
        times.append(_next(text, times[-1], zone_of(zone)))
    return tuple(times[1:])


def last_run(text: str, until: datetime, zone: str = UTC_NAME) -> datetime | None:
    """The last time up to and with `until`, in UTC; None: there was none. Raises `CronError`."""
    if zone != UTC_NAME:
        return _last_in_zone(text, until.astimezone(UTC).replace(second=0, microsecond=0), zone)
    minute = until.replace(second=0, microsecond=0)
    if at := daily(text):
        found = minute.replace(hour=at[0], minute=at[1])
        return found if found <= minute else found - timedelta(days=1)
    return _last_run(text, minute)


@lru_cache(maxsize=4096)
def _last_run(text: str, minute: datetime) -> datetime | None:
    found = _croniter(text, minute + timedelta(minutes=1))
    try:
        moment: datetime = _asked(found.get_prev, datetime)
    except NeverError:
        return None
    return moment


@lru_cache(maxsize=4096)
def _last_in_zone(text: str, until: datetime, zone: str) -> datetime | None:
    place = zone_of(zone)
    # A clock that is put back shows once more what lies before `until`.
    found = _croniter(text, until.astimezone(place).replace(tzinfo=None) + _LONGEST_CHANGE)
    if _is_of_every_hour(found):
        return _last_of_every_hour(text, until, place)
    try:
        while (moment := from_clock(_asked(found.get_prev, datetime), place)) > until:
            pass
    except NeverError:
        return None
    return moment


def _last_of_every_hour(text: str, until: datetime, place: tzinfo) -> datetime:
    following = _next(text, until - _LONGEST_CHANGE, place)
    while following <= until:
        last, following = following, _next(text, following, place)
    return last


def _next(text: str, after: datetime, place: tzinfo) -> datetime:
    """The next time by the clocks of `place`, as Airflow's `CronMixin` finds it.

    A time that the clocks skip is as much later; of one that they show twice it is the second. A schedule with runs in
    every hour of the day has them in each hour that passes.
    """
    clock = after.astimezone(place).replace(tzinfo=None)
    found = _croniter(text, clock)
    shown: datetime = _asked(found.get_next, datetime)
    return after + (shown - clock) if _is_of_every_hour(found) else from_clock(shown, place)


def _is_of_every_hour(found: Any) -> bool:
    hours: list[object] = found.expanded[1]
    return hours == ["*"]


def _croniter(text: str, start: datetime | None = None) -> Any:
    from croniter import croniter

    found = _asked(croniter, fields(text), start)
    if len(found.expanded) != len(_ALL):
        raise CronError(f"five fields are needed, not {len(found.expanded)}")
    return found


def _asked(ask: Any, *arguments: object) -> Any:
    from croniter import CroniterBadDateError

    try:
        return ask(*arguments)
    except CroniterBadDateError as error:
        raise NeverError(str(error)) from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Not only its own errors: odd text makes croniter stumble, and Airflow with it.
        raise CronError(str(error)) from error
