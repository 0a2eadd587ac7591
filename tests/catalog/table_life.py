"""What happens to a table, event by event, and what Airflow, its file and the logs then say of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from summary_tables.catalog.entry import Declaration, State
from summary_tables.model.build import Build
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.table import Schedule
from summary_tables.model.table_history import FailingCheck, TableHistory
from tests.catalog.made_entries import declaration
from tests.catalog.made_histories import DAY, DUE, build, dag, failed, history, run

DAILY: Final = declaration("analytics.nps", schedule=Schedule(cron="0 3 * * *"))
BROKEN: Final = Declaration(file="dag_configs/nps.yaml", config=None)


@dataclass(frozen=True, kw_only=True)
class Life:
    """Of a table that is built each day at 03:00; `now` is some time behind the last of these that is over.

    `published` are its builds, the newest last; `live` is the one that readers see. `last`: what the last run came to.
    """

    now: datetime = DUE + timedelta(minutes=10)
    published: tuple[Build, ...] = ()
    live: Build | None = None
    runs: tuple[DagRunFacts, ...] = ()
    failing: tuple[FailingCheck, ...] = ()
    last: str = ""
    is_missed: bool = False
    is_paused: bool = False
    is_broken: bool = False
    is_gone: bool = False

    @property
    def declaration(self) -> Declaration | None:
        return None if self.is_gone else BROKEN if self.is_broken else DAILY

    @property
    def facts(self) -> DagFacts:
        last_due = self.now.replace(hour=3, minute=0)
        return dag(*self.runs, is_paused=self.is_paused, next_run_at=last_due if self.is_missed else last_due + DAY)

    @property
    def history(self) -> TableHistory:
        if not self.published and not self.failing:
            return TableHistory()
        return replace(history(self.published[-1] if self.published else None, *self.failing), live=self.live)

    @property
    def state(self) -> State:
        """What people would say: the first of these that is so."""
        found: tuple[tuple[bool, State], ...] = (
            (self.is_gone, "orphaned"),
            (self.is_broken, "broken_file"),
            (self.last in ("check", "crash"), "failing"),
            (not self.published, "never_built"),
            (self.is_paused, "paused"),
            (self.live is not None and self.live != self.published[-1:][0] if self.published else False, "late"),
            (self.is_missed, "late"),
            (self.last == "warning", "warning"),
        )
        return next((state for is_so, state in found if is_so), "fresh")


Event = Callable[[Life], Life]


def _ran(life: Life, last: str) -> Life:
    """The run of the next day, which Airflow starts where it may; what has not been built was made up for."""
    if life.is_paused or life.is_broken or life.is_gone:
        return life
    now = life.now + DAY
    due = now.replace(hour=3, minute=0)
    has_failed = last in ("check", "crash")
    made = replace(
        life,
        now=now,
        runs=(run(due, "failed" if has_failed else "success"), *life.runs)[:5],
        last=last,
        is_missed=False,
        failing=(failed(due),) if last == "check" else (failed(due, severity="warn"),) if last == "warning" else (),
    )
    if has_failed:
        return made
    new = build(due)
    return replace(made, published=(*life.published, new), live=new)


def _missed(life: Life) -> Life:
    """Airflow stands still for a day and some hours."""
    return replace(life, now=life.now.replace(hour=9) + DAY, is_missed=not life.is_paused)


def _rolled_back(life: Life) -> Life:
    return replace(life, live=life.published[-2]) if len(life.published) > 1 else life


EVENTS: Final[Mapping[str, Event]] = {
    "built": lambda life: _ran(life, "good"),
    "warned": lambda life: _ran(life, "warning"),
    "check failed": lambda life: _ran(life, "check"),
    "crashed": lambda life: _ran(life, "crash"),
    "missed": _missed,
    "rolled back": _rolled_back,
    "paused": lambda life: replace(life, is_paused=True),
    "resumed": lambda life: replace(life, is_paused=False),
    "file broken": lambda life: replace(life, is_broken=True),
    "file mended": lambda life: replace(life, is_broken=False),
    "file removed": lambda life: replace(life, is_gone=True),
    "file restored": lambda life: replace(life, is_gone=False),
}
