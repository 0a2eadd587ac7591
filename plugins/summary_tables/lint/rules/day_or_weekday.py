"""A schedule that names both days of the month and weekdays runs on either.

That is how cron has it, and often not what was meant: `0 3 1 * 1` is not "the first, if it is a Monday".
A schedule that stands in `defaults.yaml` is not looked at.

PASS: `schedule: "0 3 * * 1"`
PASS: `schedule: "0 3 * * 1#1"`, the first Monday of the month
FAIL: `schedule: "0 3 1 * 1"`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.own_cron import own_cron
from summary_tables.configs.schedule import cron
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.configs.schedule.places import cron_path
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    text = own_cron(file)
    if text and cron.times(text).either_day:
        words = in_words(text, file.config.table.timezone)
        yield Finding(
            place=file.place_of_setting(cron_path(file.data)),
            message=f"a day of the month and a weekday are both named, and either is enough: {words}",
            fix="if only one of them was meant, write `*` for the other",
        )


RULE = Rule(check=check, level="info")
