"""A table whose `start` lies far back has a run for each interval since then: that may take days.

They run one after the other. A full refresh builds all of them in one run.

PASS: `refresh: {append: {start: "2026-01-01"}}` in that year, with `schedule: "0 3 * * *"`
FAIL: `refresh: {append: {start: "2016-01-01"}}` there, or `schedule: "@hourly"`
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule import cron, cron_mistake
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Finding
from summary_tables.model.problem import Level

LEVEL: Level = "warning"

_MANY = 500
_SAMPLE = 60
_ONE_RUN = (
    'delete `start`, and start the table once in Airflow with the configuration `{"full_refresh": true}`: '
    "one run builds all of it"
)


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding]:
    start, text = file.config.table.refresh.start, file.config.table.schedule.cron
    if start is None or not text or cron_mistake.mistake(text):
        return
    runs = _runs_since(start, text)
    if runs >= _MANY:
        strategy = file.config.table.refresh.strategy
        yield Finding(
            place=file.place_of_setting(("refresh", strategy, "start")),
            message=f"`start` means more than {_rounded(runs):,} runs, one after the other: at a minute each, "
            f"more than {_time(_rounded(runs))}",
            # A table whose file forbids it has no such way.
            fix=_ONE_RUN if file.config.table.full_refresh else "",
        )


def _runs_since(start: datetime, text: str) -> int:
    """How many runs are due by now, about: by the pace of the first ones."""
    first = cron.next_runs(text, start, _SAMPLE)
    pace = (first[-1] - first[0]) / (_SAMPLE - 1)
    return int((datetime.now(UTC) - start) / pace)


def _rounded(runs: int) -> int:
    """Down to one digit and zeros: the words stay the same for months."""
    unit = 10 ** (len(str(runs)) - 1)
    return int(runs // unit * unit)


def _time(minutes: int) -> str:
    days, hours = minutes // (24 * 60), minutes // 60
    if days:
        return f"{days} days" if days > 1 else "a day"
    return f"{hours} hours"
