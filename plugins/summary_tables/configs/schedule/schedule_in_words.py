"""When a table is built, in words."""

from collections.abc import Callable

from summary_tables.configs.schedule.cron import CronError
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.model.table import Schedule, SummaryTable
from summary_tables.text.english import listed

_ARE = {1: "is", 2: "are both"}


def built_in_words(table: SummaryTable, named: Callable[[str], str] = str) -> str:
    """The same of a table, which a file may start: `when seeds/countries.csv has changed`."""
    if file := table.file_that_starts_it:
        return f"when {named(file.file)} has changed"
    return schedule_in_words(table.schedule, named)


def schedule_in_words(schedule: Schedule, named: Callable[[str], str] = str) -> str:
    """E.g. `every day at 03:00 UTC`, `as soon as analytics.mau_summary is published`, `when somebody starts it`.

    `named` spells the name of a table, or a schedule that cannot be read, e.g. as code.
    """
    if schedule.after:
        which = listed([named(name) for name in schedule.after])
        return f"as soon as {which} {_ARE.get(len(schedule.after), 'are all')} published"
    if not schedule.cron:
        return "when somebody starts it"
    try:
        return in_words(schedule.cron)
    except CronError:
        return f"{named(schedule.cron)}, which Airflow cannot use"
