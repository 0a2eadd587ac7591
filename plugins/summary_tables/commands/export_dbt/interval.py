"""What a build of dbt covers, beside what a run of the table does."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.configs.schedule import cron
from summary_tables.model.table import SummaryTable
from summary_tables.runs.scheduled_dates import run_of_day
from summary_tables.text.moments import local


def day_begins(table: SummaryTable) -> str:
    """The time at which the days of a table begin that is built once a day, such as `03:00`; empty: at midnight."""
    time = cron.daily(table.schedule.cron)
    return f"{time[0]:02}:{time[1]:02}" if time and time != (0, 0) else ""


def other_interval(table: SummaryTable) -> Iterator[Remark]:
    """Where a run covers no day: what it covers."""
    if not table.schedule.cron or cron.daily(table.schedule.cron):
        return
    dates = run_of_day(table, _SOME_DAY)
    start, end = (local(table.timezone, moment) for moment in (dates.start or dates.due, dates.end or dates.due))
    words = f"one such as {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"
    yield Remark(
        path=("schedule",),
        message=f"without --vars a build covers a whole day, where a run covers {words}",
        fix="name data_interval_start and data_interval_end by --vars",
        level="warning",
    )


_SOME_DAY: Final = date(2026, 1, 14)
