"""When quiet hours end, and when a time of day comes next. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from summary_tables.model.alerts import DAYS, QuietHours

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 15
"""Days that are looked at: whoever is quiet for two weeks on end is always quiet."""


def told_at(moment: datetime, quiet: Iterable[QuietHours], zone: tzinfo) -> datetime:
    """`moment`, or the end of the quiet hours in which it is, in UTC. Hours that never end hold nothing back.

    Quiet hours are those of the clock on the wall in `zone`: one that ends at a time which a day does not have, ends
    as much later as the clock was moved; one that a day has twice is the first of the two.
    """
    told = moment
    for start, end in sorted(_spans(moment, tuple(quiet), zone)):
        if start <= told < end:
            told = end
    return moment if told - moment > (_LONGEST - 2) * _DAY else told


def next_time(moment: datetime, at: time, zone: tzinfo) -> datetime:
    """The first `at` on the clock in `zone` that is not before `moment`, in UTC."""
    today = moment.astimezone(zone).date()
    return next(found for day in range(3) if (found := _at(today + day * _DAY, at, zone)) >= moment)


def _spans(moment: datetime, quiet: tuple[QuietHours, ...], zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    today = moment.astimezone(zone).date()
    for ahead in range(-1, _LONGEST):
        day = today + ahead * _DAY
        for each in quiet:
            if DAYS[day.weekday()] in each.days:
                yield _at(day, each.start, zone), _at(day + _DAY * (each.end <= each.start), each.end, zone)


def _at(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
