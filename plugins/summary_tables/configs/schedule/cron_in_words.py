"""A cron schedule in words, made from the times that it means and not from its spelling."""

from collections.abc import Sequence
from itertools import pairwise

from summary_tables.configs.schedule.cron import LAST, CronTimes, daily, times
from summary_tables.text.english import listed, plural
from summary_tables.text.moments import UTC_NAME

_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}
_MOST_TIMES = 6


def in_words(text: str, zone: str = UTC_NAME) -> str:
    """E.g. `every day at 03:00 UTC`. Raises `CronError`."""
    if at := daily(text):
        return f"every day at {_clock(*at)} {zone}"
    found = times(text)
    time, day = _time(found.minutes, found.hours), _day(found)
    if not time.startswith("every"):
        return f"{day or 'every day'} {time} {zone}"
    zoned = f"{time} {zone}" if " from " in time else time
    return f"{zoned}, {day}" if day else zoned


def month_names(months: Sequence[int]) -> str:
    """E.g. `February and April`."""
    return listed([_MONTHS[month - 1] for month in months])


def _time(minutes: Sequence[int], hours: Sequence[int]) -> str:
    """The time of day; where it comes back within the day it begins with `every`."""
    if len(hours) == 24:
        return _each_hour(minutes)
    if len(minutes) * len(hours) <= _MOST_TIMES:
        return "at " + listed([_clock(hour, minute) for hour in hours for minute in minutes])
    return _span_of_day(minutes, hours) or f"at {_minutes(minutes)} of the hours {_numbers(hours)}"


def _span_of_day(minutes: Sequence[int], hours: Sequence[int]) -> str:
    """E.g. `every 15 minutes from 09:00 to 17:45`; empty where the times are not spread evenly."""
    step, hour_step = _step(minutes), _step(hours)
    whole_hours = hour_step == 1 and step * len(minutes) == 60
    if len(minutes) == 1 and hour_step:
        often = _count(hour_step, "hour")
    elif step and (whole_hours or len(hours) == 1):
        often = _count(step, "minute")
    else:
        return ""
    return f"every {often} from {_clock(hours[0], minutes[0])} to {_clock(hours[-1], minutes[-1])}"


def _each_hour(minutes: Sequence[int]) -> str:
    step = _step(minutes)
    if list(minutes) == [0]:
        return "every hour"
    if minutes[0] == 0 and step and step * len(minutes) == 60:
        return f"every {_count(step, 'minute')}"
    return f"every hour at {_minutes(minutes)}"


def _minutes(minutes: Sequence[int]) -> str:
    return f"{plural(len(minutes), 'minute')} {_numbers(minutes)}"


def _step(numbers: Sequence[int]) -> int:
    """The distance between neighbours; 0 where it differs."""
    steps = {after - before for before, after in pairwise(numbers)}
    return steps.pop() if len(steps) == 1 else 1 if len(numbers) == 1 else 0


def _day(found: CronTimes) -> str:
    """The days; empty for every one."""
    days = " and ".join([*_days_of_month(found), *_weekdays(found)])
    if len(found.months) == 12 or (days and found.any_weekday):
        return days
    return f"{days or 'every day'} in {month_names(found.months)}"


def _days_of_month(found: CronTimes) -> list[str]:
    if found.any_day:
        return []
    numbers = [day for day in found.days if isinstance(day, int)]
    named = [f"{plural(len(numbers), 'day')} {_ranges(numbers)}"] if numbers else []
    last = ["the last day"] if LAST in found.days else []
    near = "the weekday nearest " if found.workday_near else ""
    of_month = "every month" if len(found.months) == 12 else month_names(found.months)
    return [f"on {near}{listed([*named, *last])} of {of_month}"]


def _weekdays(found: CronTimes) -> list[str]:
    if found.any_weekday:
        return []
    if not found.nth:
        return [f"every {_weekday_names(found.weekdays)}" if len(found.weekdays) < 7 else "every day"]
    each = (
        f"the {_NTH[which]} {_WEEKDAYS[weekday]}"
        for weekday in found.weekdays
        for which in sorted(found.nth.get(weekday, ()), key=str)
    )
    return [f"on {listed(list(each))} of the month"]


def _weekday_names(weekdays: Sequence[int]) -> str:
    week = sorted(weekday or 7 for weekday in weekdays)
    names = [_WEEKDAYS[weekday % 7] for weekday in week]
    return f"day from {names[0]} to {names[-1]}" if len(week) > 2 and _step(week) == 1 else listed(names)


def _ranges(numbers: Sequence[int]) -> str:
    if len(numbers) > 2 and _step(numbers) == 1:
        return f"{numbers[0]} to {numbers[-1]}"
    return _numbers(numbers)


def _numbers(numbers: Sequence[int]) -> str:
    return listed([str(number) for number in numbers])


def _count(number: int, unit: str) -> str:
    return unit if number == 1 else f"{number} {unit}s"


def _clock(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}"
