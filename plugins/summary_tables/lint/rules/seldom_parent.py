"""A table with `at` does not wait for one that is built seldomer.

Each run waits for the newest: one that is not due between two times of `at` comes in vain. Such a run waits until its
limit, and fails.

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
        other = folder.by_name.get(name)
        text = other.config.table.schedule.cron if other else ""
        other_zone = other.config.table.timezone if other else ""
        if text and not cron_mistake.mistake(text) and _lacks(times, text, other_zone):
            yield Finding(
                place=file.place_of_setting(path),
                message=f"some runs would wait for {name} in vain: it is built {in_words(text, other_zone)}, "
                f"and this table begins {in_words(schedule.cron, zone)}",
                fix=f"let `at` come as often as {name} is built, or seldomer; or leave `at` out",
            )


RULE = Rule(check=check, level="warning", needs="folder")


def _lacks(times: Sequence[datetime], text: str, zone: str) -> bool:
    """Between some two of `times` the schedule `text` has none."""
    return any(cron.next_runs(text, start, 1, zone)[0] > end for start, end in pairwise(times))
