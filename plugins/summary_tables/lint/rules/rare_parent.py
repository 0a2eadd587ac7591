"""A table that waits for one that is built once a month or less has its first run when that one is built anew.

What the other table holds today does not start it: until then there is no table.

PASS: `schedule: {after: [analytics.orders_daily]}` where that table is built each day
FAIL: `schedule: {after: [analytics.orders_monthly]}` where that table has `schedule: "0 3 1 * *"`
"""

from collections.abc import Iterator
from datetime import timedelta

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Finding
from summary_tables.model.problem import Level

LEVEL: Level = "info"

_RARE = timedelta(days=27)


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding]:
    for index, name in enumerate(file.config.table.schedule.after):
        other = folder.by_name.get(name)
        text = other.config.table.schedule.cron if other else ""
        if text and _is_rare(text):
            yield Finding(
                place=file.place_of_setting(("schedule", "after", index)),
                message=f"the first run comes when {name} is built next, and that table is built {in_words(text)}",
                fix=f"to have the table before, start it by hand in Airflow once {name} is there",
            )


def _is_rare(text: str) -> bool:
    if cron_mistake.mistake(text):
        return False
    first, second = cron.next_runs(text, cron.ANY_MOMENT, 2)
    return second - first >= _RARE
