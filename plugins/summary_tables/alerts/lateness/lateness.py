"""Which tables are late, and what is to blame: through all tables that wait for each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from summary_tables.alerts.lateness.dues import DEEPEST, Dues
from summary_tables.alerts.lateness.facts import TableFacts, World
from summary_tables.alerts.lateness.missing import Missing, came, is_there, missing
from summary_tables.alerts.lateness.reasons import CauseKind, Reason, own_reason
from summary_tables.model.parents import Parent, parent_name
from summary_tables.text.english import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """`table` is the one where it began, by full name: perhaps the late one itself; empty: Airflow itself."""

    kind: CauseKind
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """`due_at`: when the build was due that is not there; `late_at`: since when it should be, by the file's own words
    if `is_promised`.

    `reason`: why, as far as anybody knows, in words that follow on the table; `why`: what of it is true of `cause`.
    `waits_for`: of what the table waits for, that which has not come.
    """

    due_at: datetime
    late_at: datetime
    reason: str
    why: str
    cause: Cause
    is_promised: bool = False
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blame:
    """`why` is what is wrong at `cause`. `first`: of `waits_for` the one that leads there."""

    cause: Cause
    why: str
    first: str = ""
    waits_for: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        if not self.first:
            return self.why
        others = [name for name in self.waits_for if name != self.first]
        more = f", and for {listed(others)}" if others else ""
        # However long the chain is: where it began, and why, is what helps.
        end = self.cause.table if self.cause.table not in ("", self.first) else ""
        return f"it waits for {self.first}" + (f", which waits for {end}" if end else "") + f": {self.why}{more}"


class Latecomers:
    """Asked once for all tables, or for one of them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._dues = Dues(world.tables)
        self._found: dict[str, Lateness | None] = {}
        self._blamed: dict[str, _Blame | None] = {}
        self._depth = 0

    def of(self, name: str) -> Lateness | None:
        """None: it is on time, or nobody knows when it has to be there."""
        if name not in self._found:
            self._found[name] = self._of(name)
        return self._found[name]

    def all(self) -> Mapping[str, Lateness]:
        """Those that are late, by full name."""
        found = {name: self.of(name) for name in self._world.tables}
        return {name: late for name, late in found.items() if late}

    def _of(self, name: str) -> Lateness | None:
        gone = missing(name, self._world, self._dues)
        blame = self._blame(name, gone) if gone else None
        if gone is None or blame is None:
            return None
        return Lateness(
            due_at=gone.due_at,
            late_at=gone.late_at,
            reason=blame.reason,
            why=blame.why,
            cause=blame.cause,
            is_promised=gone.is_promised,
            waits_for=blame.waits_for,
        )

    def _blame(self, name: str, gone: Missing) -> _Blame | None:
        if name not in self._blamed:
            # Should two tables wait for each other, each of them is its own cause.
            self._blamed[name] = _of_itself(name, own_reason(self._world.tables[name], gone, self._world))
            waits_for = tuple(self._not_come(self._world.tables[name], gone))
            if waits_for and self._depth < DEEPEST:
                self._depth += 1
                self._blamed[name] = self._waiting(waits_for, gone)
                self._depth -= 1
        return self._blamed[name]

    def _waiting(self, waits_for: tuple[str, ...], gone: Missing) -> _Blame:
        blamed = {parent: self._blame_of(parent, gone) for parent in waits_for}
        # Of several the one that has failed, rather than one that is still to run.
        first = min(waits_for, key=lambda parent: _WORST_FIRST.index(blamed[parent].cause.kind))
        return _Blame(cause=blamed[first].cause, why=blamed[first].why, first=first, waits_for=waits_for)

    def _blame_of(self, parent: str, gone: Missing) -> _Blame:
        if parent not in self._world.tables:
            return _Blame(cause=Cause(kind="others", table=parent), why=self._world.builder(parent))
        # What is not late by its own times is only not there yet.
        own = missing(parent, self._world, self._dues) or Missing(due_at=gone.due_at, late_at=gone.late_at)
        return self._blame(parent, own) or _Blame(cause=Cause(kind="unknown", table=parent), why="it is not built yet")

    def _not_come(self, facts: TableFacts, gone: Missing) -> Iterator[str]:
        """Of what the table waits for, what is not there, by the names that people know."""
        if facts.rhythm is None or came(facts, self._world) is not None:
            return
        schedule = facts.rhythm.schedule
        # Whether a source has come is known to the run that waits for it.
        parents = schedule.tables if schedule.cron else schedule.starts_runs
        absent = [parent_name(parent) for parent in parents if not self._has_come(parent, facts, gone)]
        if not schedule.any_of or len(absent) == len(parents):
            yield from absent

    def _has_come(self, parent: Parent, facts: TableFacts, gone: Missing) -> bool:
        known = self._world.tables.get(parent) if isinstance(parent, str) else None
        if known is None or not isinstance(parent, str):
            return False
        if not known.is_asked:
            return True
        if facts.rhythm and facts.rhythm.schedule.cron and (due_at := self._dues.last(parent, gone.due_at)):
            return is_there(known, due_at)
        since = facts.newest.started_at if facts.newest else None
        return known.published_at is not None and (since is None or known.published_at > since)


def _of_itself(name: str, reason: Reason | None) -> _Blame | None:
    if reason is None:
        return None
    return _Blame(cause=Cause(kind=reason.kind, table="" if reason.kind == "outage" else name), why=reason.words)


_WORST_FIRST: Final[tuple[CauseKind, ...]] = (
    "failed",
    "broken_file",
    "paused",
    "outage",
    "stale",
    "not_started",
    "queued",
    "running",
    "unknown",
    "others",
)
