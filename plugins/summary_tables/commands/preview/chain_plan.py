"""Which summary tables of the folder a preview builds, and which it takes as they stand in the warehouse."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from summary_tables.configs.config import Config
from summary_tables.runs.dates import RunDates
from summary_tables.text.english import listed
from summary_tables.warehouse.session.session import Session

MOST_READERS = 10
"""So many tables that read the one of a preview are previewed with it."""

Standing = Literal["live", "absent", "unreadable"]
"""Whether a table stands in the warehouse, and the role may read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRun:
    """A table of the folder and the run of it that is previewed. `unusable`: why its file cannot be built."""

    config: Config
    dates: RunDates
    unusable: str = ""

    @property
    def name(self) -> str:
        return self.config.table.full_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPlan:
    """`table` is what is previewed, then `readers`, in their order. `left_out`: readers that are too many.

    `runs`: of each table of the folder that these read, also through others. `reads`: what each of all of them reads.
    `builds_all`: tables are built also where they stand in the warehouse.
    """

    table: PlannedRun
    readers: tuple[PlannedRun, ...] = ()
    left_out: tuple[str, ...] = ()
    runs: Mapping[str, PlannedRun] = field(default_factory=dict)
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    builds_all: bool = False

    @property
    def previewed(self) -> tuple[PlannedRun, ...]:
        return (self.table, *self.readers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """What one table needs: `build`, in the order in which they read each other, and `live`.

    `reasons`: see `TakenTable`. `cycle`: the tables that wait for each other; then nothing can be built.
    """

    build: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    cycle: tuple[str, ...] = ()


def upstream(plan: ChainPlan, run: PlannedRun, built: Iterable[str], standing: Callable[[str], Standing]) -> Upstream:
    """What `run` needs besides what has been `built` already."""
    done = frozenset(built)
    known = {*plan.runs, *(each.name for each in plan.previewed)}
    needed: dict[str, tuple[str, ...]] = {}
    live: dict[str, None] = {}
    reasons: dict[str, str] = {}
    waiting = [run.name]
    while waiting:
        name = waiting.pop()
        sources = [source for source in plan.reads.get(name, ()) if source in known and source != name]
        needed[name] = tuple(source for source in sources if source not in done)
        for source in needed[name]:
            # The table itself may stand there for those that it reads.
            if source in live or (source in needed and source != run.name):
                continue
            found = standing(source)
            if found == "live" and not plan.builds_all:
                live[source] = None
                continue
            if found == "unreadable":
                reasons[source] = "the role may not read the one in the warehouse"
            waiting += [source] if source != run.name else []
    waits = {name: [source for source in sources if source not in live] for name, sources in needed.items()}
    try:
        order = tuple(TopologicalSorter(waits).static_order())
    except CycleError as error:
        return Upstream(cycle=tuple(error.args[1]))
    return Upstream(build=tuple(name for name in order if name != run.name), live=tuple(live), reasons=reasons)


def cycle_words(cycle: Sequence[str]) -> str:
    """Why a table in the midst of such tables cannot be built."""
    names = list(dict.fromkeys(cycle))
    return (
        f"{listed(names)} read each other, so none of them can be built before the others, and they do not all stand "
        "in the warehouse"
    )


def standing(session: Session, schema: str, table: str) -> Standing:
    """Whether the table stands in the warehouse; also where the role may not look into its schema."""
    rows = session.rows(session.sql.catalog.may_read(schema, table))
    return "absent" if not rows else "live" if rows[0][0] else "unreadable"
