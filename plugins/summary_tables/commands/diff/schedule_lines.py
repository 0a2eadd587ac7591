"""When a table is built, in words, its first runs and its next ones."""

from collections.abc import Iterator
from datetime import UTC, datetime

from summary_tables.commands.diff.changes import TableChange
from summary_tables.configs.schedule.cron import CronError, next_runs
from summary_tables.configs.schedule.start_runs import at_a_minute_each, rounded_down, runs_since
from summary_tables.model.parents import parent_name
from summary_tables.model.table import Schedule, SummaryTable
from summary_tables.text.english import any_of, counted_hours, listed
from summary_tables.text.markdown_text import code
from summary_tables.text.moments import local

RUNS_SHOWN = 3

_COUNTED = 60
_IN_A_ROW = ", one after the other: at a minute each,"
_BEHIND_THE_LAST = "Airflow goes on behind the table's last run, and starts none for the time before"
_NEVER_BEFORE = ", unless a schedule or a backfill has started this table before: then Airflow goes on behind that"
_LAST_INTERVAL = "at once, for the last interval of the schedule that is over, and none for the time before"
_MADE_UP = "no run is lost from now on: each interval is made up for when it is switched on, one after the other"
_NOT_MADE_UP = "runs are left out from now on: when it is switched on, the last interval is built, and none before it"
_WHEN_IT_IS_THERE = "at once if that one has been published before, else when it is"
_WHEN_ONE_IS_THERE = "at once if one of them has been published before, else when one is"
_WHEN_ALL_ARE_THERE = "at once if all of them have been published before, else when the last of them is"


def run_words(table: SummaryTable, now: datetime) -> str:
    """The next runs after `now`, e.g. `Mon 2026-11-23 03:00, ... UTC`; empty where no time is fixed."""
    if not table.schedule.cron:
        return ""
    try:
        runs = next_runs(table.schedule.cron, now.astimezone(UTC), RUNS_SHOWN, table.timezone)
    except CronError:
        return ""
    return f"{', '.join(f'{local(table.timezone, run):%a %Y-%m-%d %H:%M}' for run in runs)} {table.timezone}"


def first_run_lines(change: TableChange, now: datetime) -> Iterator[str]:
    """What runs by themselves once this is merged, besides the next ones."""
    table = change.file.config.table
    before = change.before.config.table if change.before else None
    is_new = before is None or before.table != table.table
    if is_new and table.schedule.starts_runs:
        yield f"- **First run** {_when_started(table.schedule)}{_waits(table.schedule)}"
    if is_new or (before and table.schedule.cron and not before.schedule.cron):
        yield from _first_by_schedule(table, now, _NEVER_BEFORE if not is_new else "")
    elif before and table.schedule.cron and table.refresh.start not in (None, before.refresh.start):
        yield f"- **Runs since `start`** {_BEHIND_THE_LAST}"
    if not is_new and before and table.schedule.cron and _catches_up(before) != _catches_up(table):
        yield f"- **While it is switched off in Airflow** {_MADE_UP if _catches_up(table) else _NOT_MADE_UP}"


def _when_started(schedule: Schedule) -> str:
    if len(schedule.starts_runs) == 1:
        return _WHEN_IT_IS_THERE
    return _WHEN_ONE_IS_THERE if schedule.any_of else _WHEN_ALL_ARE_THERE


def _waits(schedule: Schedule) -> str:
    """What the run does then."""
    if not schedule.awaited:
        return ""
    names = [code(parent_name(parent)) for parent in schedule.awaited]
    which = any_of(names) if schedule.any_of else listed(names)
    return f". It then waits for {which}, at most {counted_hours(schedule.wait_hours)}"


def _catches_up(table: SummaryTable) -> bool:
    return table.refresh.start is not None


def _first_by_schedule(table: SummaryTable, now: datetime, condition: str) -> Iterator[str]:
    """Of a table that no schedule has started yet."""
    if words := _runs_since_start(table, now):
        yield f"- **Runs since `start`** {words}{condition}"
    elif table.schedule.cron and not _catches_up(table) and run_words(table, now):
        yield f"- **First run** {_LAST_INTERVAL}{condition}{_waits(table.schedule)}"


def _runs_since_start(table: SummaryTable, now: datetime) -> str:
    start, text = table.refresh.start, table.schedule.cron
    if start is None or not text:
        return ""
    try:
        runs = runs_since(start, text, now.astimezone(UTC), table.timezone)
    except CronError:
        return ""
    if runs < _COUNTED:
        return f"{runs}{_IN_A_ROW} {at_a_minute_each(runs)}" if runs > 1 else ("one" if runs else "none so far")
    return f"about {rounded_down(runs, 2):,}{_IN_A_ROW} about {at_a_minute_each(runs)}"
