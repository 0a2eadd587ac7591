"""When a table is built, in words, and its next runs."""

from datetime import UTC, datetime

from summary_tables.commands.diff.markdown import code
from summary_tables.configs.schedule.cron import CronError, next_runs
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.model.table import Schedule
from summary_tables.text.english import listed

RUNS_SHOWN = 3


def schedule_words(schedule: Schedule) -> str:
    """E.g. `every day at 03:00 UTC`, as Markdown."""
    if schedule.after:
        which = listed([code(name) for name in schedule.after])
        return f"as soon as {which} {'is' if len(schedule.after) == 1 else 'are all'} published"
    if not schedule.cron:
        return "when somebody starts it"
    try:
        return in_words(schedule.cron)
    except CronError:
        return f"{code(schedule.cron)}, which Airflow cannot use"


def run_words(schedule: Schedule, now: datetime) -> str:
    """The next runs after `now`, in UTC, e.g. `Mon 2026-11-23 03:00, ...`; empty where no time is fixed."""
    if not schedule.cron:
        return ""
    try:
        runs = next_runs(schedule.cron, now.astimezone(UTC), RUNS_SHOWN)
    except CronError:
        return ""
    return ", ".join(f"{run:%a %Y-%m-%d %H:%M}" for run in runs)
