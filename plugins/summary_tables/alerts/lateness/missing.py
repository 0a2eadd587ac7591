"""The build that should be there and is not, and since when it should be."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from summary_tables.alerts.lateness.dues import Dues
from summary_tables.alerts.lateness.facts import Rhythm, TableFacts, World
from summary_tables.configs.schedule.cron import CronError, next_runs
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.parents import Parent
from summary_tables.text.moments import local

GRACE: Final = timedelta(hours=1)
"""So long after it was due, a build that is not there is late, where nobody said more."""

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """`due_at`: when the build was due that is not there; `late_at`: since when it should be, by the file's own words
    if `is_promised`, else after `GRACE`."""

    due_at: datetime
    late_at: datetime
    is_promised: bool = False


def missing(name: str, world: World, dues: Dues) -> Missing | None:
    """What is not there of a table; None: nothing that should be."""
    facts = world.tables[name]
    rhythm = facts.rhythm
    if rhythm is None or facts.is_broken or not (facts.is_asked or rhythm.schedule.cron):
        return None
    if not rhythm.is_promised:
        return _after_grace(name, world, dues)
    found = (*_by(name, rhythm, world, dues), *_within(name, rhythm, world, dues))
    return min(found, key=lambda each: each.late_at, default=None)


def _after_grace(name: str, world: World, dues: Dues) -> Missing | None:
    facts, until = world.tables[name], world.now - GRACE
    came_at = came(facts, world)
    due_at = dues.last(name, until) if came_at is None else came_at
    if due_at is None or due_at > until or not _is_asked_for(facts, due_at) or is_there(facts, due_at):
        return None
    return Missing(due_at=due_at, late_at=due_at + GRACE)


def came(facts: TableFacts, world: World) -> datetime | None:
    """When all was there that the table waits for, and is not built of yet; None: something is missing."""
    rhythm = facts.rhythm
    if rhythm is None or not rhythm.schedule.starts_runs:
        return None
    since = facts.newest.started_at if facts.newest else _EVER
    moments = [_published_at(parent, world) for parent in rhythm.schedule.starts_runs]
    new = [moment for moment in moments if moment is not None and moment > since]
    if rhythm.schedule.any_of:
        return max(new, default=None)
    # It starts when the last of them is there, and each of them is new.
    return max(new) if new and len(new) == len(moments) else None


def _published_at(parent: Parent, world: World) -> datetime | None:
    facts = world.tables.get(parent) if isinstance(parent, str) else None
    return facts.published_at if facts else None


def is_there(facts: TableFacts, due_at: datetime) -> bool:
    """Readers have what was due then, or something newer."""
    newest = facts.newest
    if newest is None:
        return False
    if newest.run_at >= due_at:
        return True
    # The run of an earlier interval that is made up for is new, too, but where the later ones are still to be added.
    return newest.started_at >= due_at and (newest.is_whole or not is_behind(facts.dag, due_at))


def is_behind(dag: DagFacts | None, due_at: datetime) -> bool:
    """Airflow is still to start the run of an earlier moment."""
    return dag is not None and dag.next_run_at is not None and dag.next_run_at < due_at


def _is_asked_for(facts: TableFacts, due_at: datetime) -> bool:
    """Nobody asks for what was due before there was a file."""
    return facts.known_since is None or due_at >= facts.known_since


def _by(name: str, rhythm: Rhythm, world: World, dues: Dues) -> Iterator[Missing]:
    by, schedule = rhythm.fresh_by, rhythm.schedule
    if by is None or schedule.is_by_hand:
        return
    facts, deadline = world.tables[name], _last_time(by, rhythm.timezone, world.now)
    # Of what others publish nobody knows when it comes: then the promise is of each day.
    due_at = dues.last(name, deadline - _MINUTE) or (None if schedule.cron else deadline - _DAY)
    if due_at is None or not _is_asked_for(facts, due_at) or is_there(facts, due_at):
        return
    yield Missing(due_at=due_at, late_at=_next_time(by, rhythm.timezone, due_at), is_promised=True)


def _last_time(by: time, zone: str, now: datetime) -> datetime:
    """The last moment at which a clock of the zone showed it."""
    day = local(zone, now)
    found = _at(day, by)
    return found if found <= now else _at(day - _DAY, by)


def _next_time(by: time, zone: str, moment: datetime) -> datetime:
    day = local(zone, moment)
    found = _at(day, by)
    return found if found > moment else _at(day + _DAY, by)


def _at(day: datetime, by: time) -> datetime:
    return day.replace(hour=by.hour, minute=by.minute, second=0, microsecond=0, fold=0).astimezone(UTC)


def _within(name: str, rhythm: Rhythm, world: World, dues: Dues) -> Iterator[Missing]:
    within, facts = rhythm.fresh_within, world.tables[name]
    since = facts.published_at or facts.known_since
    if within is None or since is None or since + within > world.now:
        return
    old_at = since + within
    if rhythm.schedule.is_by_hand:
        yield Missing(due_at=old_at, late_at=old_at, is_promised=True)
        return
    due_at = dues.last(name, world.now - GRACE)
    if due_at is None and not rhythm.schedule.cron:
        yield Missing(due_at=old_at, late_at=old_at, is_promised=True)
    elif due_at is not None and _is_asked_for(facts, due_at) and not is_there(facts, due_at):
        first = _first_due(rhythm, facts, due_at)
        yield Missing(due_at=first, late_at=max(old_at, first + GRACE), is_promised=True)


def _first_due(rhythm: Rhythm, facts: TableFacts, due_at: datetime) -> datetime:
    """The first that is missing, so that it stays the same however many follow."""
    if facts.newest is None or not rhythm.schedule.cron:
        return due_at
    after = local(rhythm.timezone, facts.newest.run_at)
    try:
        (found,) = next_runs(rhythm.schedule.cron, after, 1, rhythm.timezone)
    except CronError:
        return due_at
    return min(found.astimezone(UTC), due_at)
