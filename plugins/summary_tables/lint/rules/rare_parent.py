"""A table that waits for one that is built once a month or less is built as seldom.

Its first run starts at once after the merge where all that it waits for has been published before. Where one of them
never was, there is no table until it is.

PASS: `schedule: {after: [analytics.orders_daily]}` where that table is built each day
FAIL: `schedule: {after: [analytics.orders_monthly]}` where that table has `schedule: "0 3 1 * *"`
"""

from collections.abc import Iterator
from datetime import timedelta

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.builders import builder_of
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

_RARE = timedelta(days=27)


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    schedule = file.config.table.schedule
    if schedule.cron or schedule.any_of:
        return
    with_others = " when all that it waits for is there" if len(schedule.after) > 1 else ""
    for name, path in table_paths(schedule):
        other = builder_of(name, folder)
        text = other.schedule.cron if other else ""
        if other and text and _is_rare(text):
            yield Finding(
                place=file.place_of_setting(path),
                message=f"the first run starts at once if {name} has been published before, and else waits for it: "
                f"that table is built {in_words(text, other.timezone)}",
                fix=f"if {name} was never published, start that one by hand in Airflow; this one follows{with_others}",
            )


RULE = Rule(check=check, level="info", needs="folder")


def _is_rare(text: str) -> bool:
    if cron_mistake.mistake(text):
        return False
    first, second = cron.next_runs(text, cron.ANY_MOMENT, 2)
    return second - first >= _RARE
