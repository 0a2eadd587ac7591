"""A table with `at` waits for none built seldomer or by hand.

Each run waits for the newest: where none is due between two times of `at`, it waits until its limit, and fails. Of a
table that waits for others, what these wait for counts.

PASS: `schedule: {at: "0 6 * * *", after: [analytics.orders]}` where that table has `schedule: "0 3 * * *"`
FAIL: the same where that table has `schedule: "0 3 * * 1"`, which is Mondays
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

_TIMES = 60


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule, zone = file.config.table.schedule, file.config.table.timezone
    if not (schedule.cron and schedule.after) or schedule.any_of or cron_mistake.mistake(schedule.cron):
        return
    times = cron.next_runs(schedule.cron, cron.ANY_MOMENT, _TIMES, zone)
    for name, path in table_paths(schedule):
        messages = (_message(name, start, file, times) for start in _started_by(name, folder))
        if found := next(filter(None, messages), None):
            message, fix = found
            yield Finding(place=file.place_of_setting(path), message=message, fix=fix)


RULE = Rule(check=check, level="warning", needs="folder")


def _started_by(name: str, folder: ConfigFolder) -> Iterator[TableFile]:
    """The tables with whose runs those of `name` begin: itself, or all of what it waits for."""
    waiting, seen = [name], {name}
    while waiting:
        other = folder.by_name.get(waiting.pop())
        if other is None:
            continue
        schedule = other.config.table.schedule
        if schedule.cron or schedule.is_by_hand:
            yield other
        elif not schedule.any_of:
            waiting += [parent for parent in schedule.tables if parent not in seen]
            seen.update(schedule.tables)


def _message(name: str, start: TableFile, file: TableFile, times: Sequence[datetime]) -> tuple[str, str] | None:
    """Why runs that begin at `times` wait for `name` in vain, whose runs begin with those of `start`, and the fix."""
    own, other = file.config.table, start.config.table
    built = "it is built" if start.full_name == name else f"it waits for {start.full_name}, which is built"
    begins = f"and this table begins {in_words(own.schedule.cron, own.timezone)}"
    if not other.schedule.cron:
        message = f"runs would wait for {name} in vain: {built} when somebody starts it, {begins}"
        return message, f"give {start.full_name} a `schedule`, or leave `at` out"
    if cron_mistake.mistake(other.schedule.cron) or not _lacks(times, other.schedule.cron, other.timezone):
        return None
    when = in_words(other.schedule.cron, other.timezone)
    message = f"some runs would wait for {name} in vain: {built} {when}, {begins}"
    return message, f"let `at` come as often as {name} is built, or seldomer; or leave `at` out"


def _lacks(times: Sequence[datetime], text: str, zone: str) -> bool:
    """Between some two of `times` the schedule `text` has none."""
    return any(cron.next_runs(text, start, 1, zone)[0] > end for start, end in pairwise(times))
