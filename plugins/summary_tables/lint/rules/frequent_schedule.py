"""A table is not built anew more often than every five minutes.

Each build runs the whole query. `* 3 * * *` is the usual slip: the star means every minute of that hour, 60 builds.
A schedule that stands in `defaults.yaml` is not looked at.

PASS: `schedule: "0 3 * * *"`
FAIL: `schedule: "* 3 * * *"`
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

_MOST_IN_AN_HOUR = 12


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    text = own_cron(file)
    if not text:
        return
    times = cron.times(text)
    if len(times.minutes) > _MOST_IN_AN_HOUR:
        words = in_words(text, file.config.table.timezone)
        builds = f"{len(times.minutes) * len(times.hours):,}"
        yield Finding(
            place=file.place_of_setting(cron_path(file.data)),
            message=f"this builds the table {words}: {builds} builds a day, each of the whole query",
            fix=_fix(text, times),
        )


RULE = Rule(check=check, level="warning")


def _fix(text: str, times: cron.CronTimes) -> str:
    days = " ".join(text.split()[2:])
    if len(times.hours) == 1:
        return f'for once a day write "0 {times.hours[0]} {days}"'
    return f'for once an hour write "0 {text.split()[1]} {days}"'
