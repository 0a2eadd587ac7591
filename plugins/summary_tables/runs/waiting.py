"""What a run waits for: what must be there, whether it is, and what is said when it does not come. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from summary_tables.model.parents import AssetParent, Parent, SourceParent, parent_name
from summary_tables.model.table import Schedule
from summary_tables.runs.dates import RunDates
from summary_tables.text.english import counted_hours
from summary_tables.text.moments import due_text
from summary_tables.warehouse.newest_row import NewestRow

DUE_KEY = "due"
"""What a publication says in its asset event: the time to which the rows belong, which is when its run was due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """`due`: the time to which it belongs; that of a DAG which is none of ours, when it was published."""

    due: datetime
    published_at: datetime


Found = NewestRow | Publication | None
"""What was found of something: the newest row of a table of others, or the last publication; None: there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """One thing that a run waits for. `since`: what was due, published or came before does not count."""

    parent: Parent
    since: datetime
    found: Found = None

    @property
    def is_there(self) -> bool:
        """It has come."""
        if isinstance(self.found, Publication):
            return self.found.due > self.since
        return self.found is not None and self.found.came_at is not None and self.found.came_at >= self.since


def since(parent: Parent, dates: RunDates) -> datetime:
    """From when on something counts for a run."""
    if isinstance(parent, SourceParent):
        return dates.due - timedelta(hours=parent.within_hours)
    return dates.start or dates.due


def may_go_on(schedule: Schedule, awaited: Sequence[Awaited]) -> bool:
    """All of it is there, or, where that is enough, some of it."""
    return (any if schedule.any_of else all)(each.is_there for each in awaited)


def publication(extra: Mapping[str, object], published_at: datetime) -> Publication:
    """What the event of an asset says."""
    due = extra.get(DUE_KEY)
    try:
        return Publication(due=datetime.fromisoformat(str(due)), published_at=published_at)
    except ValueError:
        return Publication(due=published_at, published_at=published_at)


def there_words(zone: str, awaited: Sequence[Awaited]) -> str:
    """What a run goes on with."""
    return " ".join(_there(zone, each) for each in awaited if each.is_there)


def missing_words(zone: str, awaited: Sequence[Awaited]) -> str:
    """What was found of each that is not there, and what was expected."""
    return " ".join(_missing(zone, each) for each in awaited if not each.is_there)


def limit_words(schedule: Schedule, zone: str, awaited: Sequence[Awaited]) -> str:
    """Why a run that has waited so long as it may is over."""
    hours = counted_hours(schedule.wait_hours)
    return (
        f"it waited {hours} (`wait_hours`) for what did not come. {missing_words(zone, awaited)} "
        "Clear `wait` of this run in Airflow to have it wait once more."
    )


def _there(zone: str, awaited: Awaited) -> str:
    found, name = awaited.found, _named(awaited.parent)
    if isinstance(found, Publication):
        return f"{name} is there: it was published at {due_text(zone, found.published_at)}."
    return f"{name} is there: its newest row came at {_came(zone, found)}."


def _came(zone: str, found: NewestRow | None) -> str:
    return due_text(zone, found.came_at.replace(microsecond=0)) if found and found.came_at else ""


def _missing(zone: str, awaited: Awaited) -> str:
    name, expected = _named(awaited.parent), due_text(zone, awaited.since)
    if isinstance(awaited.parent, SourceParent):
        column = f"`{awaited.parent.column}`"
        return f"{name}: {_newest_words(zone, column, awaited.found)}, and one from {expected} on was expected."
    if not isinstance(awaited.found, Publication):
        return f"{name}: it has not been published since {expected}."
    was = f"{name}: it was published last at {due_text(zone, awaited.found.published_at)}"
    if isinstance(awaited.parent, AssetParent):
        return f"{was}, and not since {expected}."
    return f"{was}, by its run of {due_text(zone, awaited.found.due)}, and one due after {expected} was expected."


def _newest_words(zone: str, column: str, found: Found) -> str:
    if isinstance(found, NewestRow) and found.came_at:
        return f"its newest {column} is {_came(zone, found)}"
    if isinstance(found, NewestRow) and found.is_stand_in:
        return f"its newest {column} lies so far ahead that it only stands for a time"
    return f"no row of it has a {column}"


def _named(parent: Parent) -> str:
    return f"The asset {parent.asset}" if isinstance(parent, AssetParent) else parent_name(parent)
