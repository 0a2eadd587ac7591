"""When a table is built, in words."""

from collections.abc import Callable

from summary_tables.configs.schedule.cron import CronError
from summary_tables.configs.schedule.cron_in_words import in_words
from summary_tables.model.parents import AssetParent, SourceParent
from summary_tables.model.table import Schedule, SummaryTable
from summary_tables.text.english import any_of, listed
from summary_tables.text.moments import UTC_NAME

_ARE = {1: "is", 2: "are both"}


def built_in_words(table: SummaryTable, named: Callable[[str], str] = str) -> str:
    """The same of a table, which a file may start: `when seeds/countries.csv has changed`."""
    if file := table.file_that_starts_it:
        return f"when {named(file.file)} has changed"
    return schedule_in_words(table.schedule, named, table.timezone)


def schedule_in_words(schedule: Schedule, named: Callable[[str], str] = str, zone: str = UTC_NAME) -> str:
    """E.g. `every day at 03:00 UTC`, `as soon as analytics.mau_summary is published`, `when somebody starts it`.

    `named` spells the name of a table, or a schedule that cannot be read, e.g. as code.
    """
    if schedule.is_by_hand:
        return "when somebody starts it"
    if not schedule.cron:
        return f"as soon as {parents_in_words(schedule, named)}"
    times = _times(schedule.cron, named, zone)
    return f"{times}, but not before {parents_in_words(schedule, named)}" if schedule.after else times


def parents_in_words(schedule: Schedule, named: Callable[[str], str] = str) -> str:
    """What must have happened, e.g. `analytics.mau_summary is published`."""
    published = [_published(parent, named) for parent in schedule.published]
    sources = [_source(parent, named) for parent in schedule.sources]
    if schedule.any_of:
        return any_of([f"{any_of(published)} is published", *sources] if published else sources)
    first = [f"{listed(published)} {_ARE.get(len(published), 'are all')} published"] if published else []
    return listed([*first, *sources])


def _times(cron: str, named: Callable[[str], str], zone: str) -> str:
    try:
        return in_words(cron, zone)
    except CronError:
        return f"{named(cron)}, which Airflow cannot use"


def _published(parent: str | AssetParent, named: Callable[[str], str]) -> str:
    return named(parent) if isinstance(parent, str) else f"the asset {named(parent.asset)}"


def _source(parent: SourceParent, named: Callable[[str], str]) -> str:
    hours = f"{parent.within_hours:,g}"
    return f"{named(parent.table)} has rows of the last {'hour' if hours == '1' else f'{hours} hours'}"
