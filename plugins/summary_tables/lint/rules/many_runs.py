"""A table whose `start` lies far back has a run for each interval since then: that may take days.

They run one after the other. A full refresh builds all of them in one run.

PASS: `refresh: {append: {start: "2026-01-01"}}` in that year, with `schedule: "0 3 * * *"`
FAIL: `refresh: {append: {start: "2016-01-01"}}` there, or `schedule: "@hourly"`
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron_mistake
from summary_tables.configs.schedule.start_runs import at_a_minute_each, rounded_down, runs_since
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

_MANY = 500
_ONE_RUN = (
    'delete `start`, and start the table once in Airflow with the configuration `{"full_refresh": true}`: '
    "one run builds all of it"
)


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    start, text = file.config.table.refresh.start, file.config.table.schedule.cron
    if start is None or not text or cron_mistake.mistake(text):
        return
    runs = runs_since(start, text, datetime.now(UTC), file.config.table.timezone)
    if runs >= _MANY:
        strategy = file.config.table.refresh.strategy
        # To one digit: the words stay the same for months.
        least = rounded_down(runs, 1)
        yield Finding(
            place=file.place_of_setting(("refresh", strategy, "start")),
            message=f"`start` means more than {least:,} runs, one after the other: at a minute each, "
            f"more than {at_a_minute_each(least)}",
            # A table whose file forbids it has no such way.
            fix=_ONE_RUN if file.config.table.full_refresh else "",
        )


RULE = Rule(check=check, level="warning")
