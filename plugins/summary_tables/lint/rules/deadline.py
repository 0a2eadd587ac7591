"""`fresh_by` and `fresh_within` fit the schedule.

`fresh_by` comes soon after a time of the schedule, and `fresh_within` is longer than the time between two builds.

PASS: `fresh_by: "06:00"` with `schedule: "0 3 * * *"`
FAIL: `fresh_by: "06:00"` with `schedule: "0 8 * * *"`, or without a schedule
FAIL: `fresh_within: 20h` with `schedule: "0 3 * * *"`
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Final

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.durations import written_span
from summary_tables.text.moments import about

_FRESH_BY, _FRESH_WITHIN = "fresh_by", "fresh_within"
_DAY: Final = timedelta(days=1)
_LONGEST_WAIT: Final = timedelta(hours=12)
"""A deadline that comes later than that was not meant for the build before it."""

_RUNS: Final = 300


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    # What stands in defaults.yaml is for all tables, and asks of none what its schedule does not give.
    if _FRESH_BY in file.data:
        yield from _time_of_day(file)
    if _FRESH_WITHIN in file.data:
        yield from _length(file)


RULE = Rule(check=check, level="warning")


def _time_of_day(file: TableFile) -> Iterator[Finding[Place]]:
    table = file.config.table
    schedule, by = table.schedule, table.fresh_by
    if not (schedule.cron or schedule.after):
        how = f"when {table.csv.file} changes" if table.csv else "when somebody starts it"
        yield Finding(
            place=file.document.span_of_key((_FRESH_BY,)),
            message=f"`{_FRESH_BY}` is asked after each time of a schedule, and this table has none: it is built {how}",
            fix=f"write `{_FRESH_WITHIN}: 8d` or the like, which needs no schedule, or delete it",
        )
    if not schedule.cron or by is None or cron_mistake.mistake(schedule.cron):
        return
    due, wait = _longest_wait(schedule.cron, by)
    if wait <= _LONGEST_WAIT or due.time() < by:
        return
    later = f"{(due + timedelta(hours=1)):%H:%M}"
    is_same = "at that very time" if due.time() == by else f"only at {due:%H:%M}"
    yield Finding(
        place=file.place_of_setting((_FRESH_BY,)),
        message=f"`{_FRESH_BY}` is {by:%H:%M}, and the build of the day is due {is_same}: "
        f"one that does not come would be told {about(wait)} later, at {by:%H:%M} of the next day",
        fix=f'write a later time, such as `{_FRESH_BY}: "{later}"`' if later > f"{due:%H:%M}" else "",
    )


def _longest_wait(text: str, by: time) -> tuple[datetime, timedelta]:
    """Of the last time that the schedule names before each deadline, which is furthest from it, and how far."""
    due = cron.next_runs(text, cron.ANY_MOMENT, _RUNS)
    deadlines = [_next(by, moment) for moment in due]
    last = [
        (moment, deadline - moment)
        for (moment, deadline), (_, following) in pairwise(zip(due, deadlines, strict=True))
        if following > deadline
    ]
    return max(last, key=lambda found: found[1])


def _next(by: time, moment: datetime) -> datetime:
    found = moment.replace(hour=by.hour, minute=by.minute)
    return found if found > moment else found + _DAY


def _length(file: TableFile) -> Iterator[Finding[Place]]:
    table = file.config.table
    text, within = table.schedule.cron, table.fresh_within
    if not text or within is None or cron_mistake.mistake(text):
        return
    due = cron.next_runs(text, cron.ANY_MOMENT, _RUNS)
    longest = max(later - earlier for earlier, later in pairwise(due))
    if within <= longest:
        yield Finding(
            place=file.place_of_setting((_FRESH_WITHIN,)),
            message=f"`{_FRESH_WITHIN}` is {written_span(within)}, and between two builds of this schedule there are "
            f"up to {about(longest)}",
            fix=f"write `{_FRESH_WITHIN}: {written_span(longest + timedelta(hours=2))}`, or what leaves the build "
            "the time that it takes",
        )
