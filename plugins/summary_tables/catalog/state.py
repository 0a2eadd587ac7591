"""What state a table is in, and one sentence that says all of it in plain words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from summary_tables.alerts.lateness.lateness import Lateness
from summary_tables.alerts.lateness.missing import GRACE
from summary_tables.alerts.lateness.reasons import GOING_ON
from summary_tables.alerts.lateness.words import due_words
from summary_tables.catalog.entry import Declaration, State, TableState
from summary_tables.catalog.failures import failed_checks, failed_run, last_finished
from summary_tables.catalog.state_words import (
    built_words,
    failing_words,
    file_words,
    passed_words,
    readers_words,
    shown,
    since_words,
)
from summary_tables.configs.schedule.schedule_in_words import schedule_in_words
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.table import Schedule
from summary_tables.model.table_history import FailingCheck, TableHistory
from summary_tables.text.moments import UTC_NAME, day_and_time, day_text


def table_state(
    declaration: Declaration | None,
    dag: DagFacts | None,
    history: TableHistory | None,
    now: datetime,
    late: Lateness | None = None,
) -> TableState:
    """The state of one table. `late`: that it is not there when it has to be, and why.

    `dag` is None where Airflow was not asked or knows none, `history` where the warehouse did not say.
    """
    known = _Known(declaration=declaration, dag=dag, history=history, now=now, late=late)
    return next(state for rule in _RULES for state in rule(known))


@dataclass(frozen=True, kw_only=True)
class _Known:
    declaration: Declaration | None
    dag: DagFacts | None
    history: TableHistory | None
    now: datetime
    late: Lateness | None

    @property
    def schedule(self) -> Schedule:
        config = self.declaration.config if self.declaration else None
        return config.table.schedule if config else Schedule()

    @property
    def zone(self) -> str:
        config = self.declaration.config if self.declaration else None
        return config.table.timezone if config else UTC_NAME

    @property
    def is_paused(self) -> bool:
        return self.dag is not None and self.dag.is_paused

    @property
    def going_on(self) -> DagRunFacts | None:
        return next((run for run in self.dag.runs if run.state in GOING_ON), None) if self.dag else None

    @property
    def last_finished(self) -> DagRunFacts | None:
        return last_finished(self.dag)

    @property
    def was_built(self) -> bool:
        return self.history is not None and bool(self.history.live or self.history.newest)

    def state(self, state: State, *parts: str, since: datetime | None = None) -> TableState:
        """Of the parts that say something, the sentence."""
        return TableState(state=state, sentence="; ".join(part for part in parts if part), since=since)

    @property
    def readers(self) -> str:
        return readers_words(self.zone, self.history, self.now)

    @property
    def meanwhile(self) -> str:
        """What happens already."""
        if self.is_paused:
            return "it is paused in Airflow"
        if self.going_on is None:
            return ""
        return "a run waits in Airflow's queue" if self.going_on.state == "queued" else "a run is under way"


Rule = Callable[[_Known], Iterator[TableState]]


def _orphaned(known: _Known) -> Iterator[TableState]:
    if known.declaration is None:
        yield known.state("orphaned", "No file: nothing builds this table any more", known.readers)


def _broken_file(known: _Known) -> Iterator[TableState]:
    if known.declaration and known.declaration.is_broken:
        words = f"Broken file: {file_words(known.declaration.problems)}"
        yield known.state("broken_file", words, known.readers, "no run builds it until the file is mended")


def _failing(known: _Known) -> Iterator[TableState]:
    run, checks = failed_run(known.dag), failed_checks(known.dag, known.history)
    if run and checks and _is_later(run, checks[0]):
        checks = ()
    if checks:
        what = failing_words(checks)
    elif run:
        what = "the run failed, and its log says why"
    else:
        return
    since = _failing_since(known, run, checks)
    words = f"Failing {since_words(known.zone, since, known.now)}: {what}"
    yield known.state("failing", words, known.readers, known.meanwhile, since=since)


def _is_later(run: DagRunFacts, failing: FailingCheck) -> bool:
    """The run failed for another reason than a check that failed in an earlier one."""
    began = run.started_at or run.run_after
    return run.run_id != failing.check.run_id and began > failing.check.checked_at


def _failing_since(known: _Known, run: DagRunFacts | None, checks: tuple[FailingCheck, ...]) -> datetime:
    if run is None:
        return min(check.since for check in checks)
    first = known.dag.failing_since if known.dag else None
    return (first or run).run_after


def _never_built(known: _Known) -> Iterator[TableState]:
    if known.history is not None and not known.was_built:
        yield known.state("never_built", f"Never built: {_first_run(known)}")


def _first_run(known: _Known) -> str:
    if known.is_paused:
        return "it is paused in Airflow"
    if going := known.going_on:
        does = "waited in Airflow's queue" if going.state == "queued" else "been under way"
        return f"its first run has {does} {since_words(known.zone, going.started_at or going.run_after, known.now)}"
    if known.dag and (due_at := known.dag.next_run_at):
        run = f"the {'next' if known.last_finished else 'first'} run"
        due = day_and_time(known.zone, due_at, known.now)
        is_missed = due_at <= known.now - GRACE
        return f"{run} was due {due}, and Airflow has not started it" if is_missed else f"{run} is due {due}"
    if known.schedule.starts_runs:
        return "it is built as soon as what it waits for is published"
    return f"it is built {schedule_in_words(known.schedule, zone=known.zone)}"


def _paused(known: _Known) -> Iterator[TableState]:
    if known.is_paused:
        yield known.state("paused", "Paused in Airflow: no run starts by itself", _promise(known), known.readers)


def _promise(known: _Known) -> str:
    """What somebody was promised of a table that is paused."""
    late = known.late
    return f"it was {due_words(late, known.zone, known.now)}" if late and late.is_promised else ""


def _rolled_back(known: _Known) -> Iterator[TableState]:
    history = known.history
    if history is None or history.newest is None or history.live is None:
        return
    seen = shown(history, history.live)
    if seen.started_at < history.newest.started_at:
        then, newest = (day_text(known.zone, build.run_at, known.now) for build in (seen, history.newest))
        if then == newest:
            then, newest = (day_and_time(known.zone, build.run_at, known.now) for build in (seen, history.newest))
        words = f"Rolled back: people read the build of {then}, not that of {newest}"
        yield known.state("late", words, "the next run that publishes replaces it", since=_at(history))


def _at(history: TableHistory) -> datetime | None:
    return history.roll_back.at if history.roll_back else None


def _without_view(known: _Known) -> Iterator[TableState]:
    history = known.history
    if history and history.newest and history.live is None:
        words = f"Not shown: {built_words(known.zone, history.newest, known.now)}, but no view of ours shows it"
        yield known.state("failing", words)


def _late(known: _Known) -> Iterator[TableState]:
    if late := known.late:
        words = f"Late: {due_words(late, known.zone, known.now)}, and {late.reason}"
        yield known.state("late", words, known.readers, since=late.late_at if late.is_promised else late.due_at)


def _warning(known: _Known) -> Iterator[TableState]:
    history = known.history
    if history and history.newest and (failing := [c for c in history.failing if c.check.severity == "warn"]):
        built = built_words(known.zone, history.newest, known.now)
        words = f"Warning {since_words(known.zone, failing[0].since, known.now)}: {failing_words(failing)}"
        yield known.state("warning", words, built, since=failing[0].since)


def _fresh(known: _Known) -> Iterator[TableState]:
    history = known.history
    if history and history.newest:
        last_run = history.last_run if history.last_run and history.last_run.run_id == history.newest.run_id else None
        words = ", ".join(filter(None, (built_words(known.zone, history.newest, known.now), passed_words(last_run))))
        yield known.state("fresh", f"Fresh: {words}", known.meanwhile, since=history.newest.published_at)
    elif run := known.last_finished:
        words = f"Fresh: the run of {day_and_time(known.zone, run.run_after, known.now)} succeeded"
        yield known.state("fresh", words, "the warehouse does not say what it built")


def _unknown(known: _Known) -> Iterator[TableState]:
    asked = "the warehouse was not asked" if known.dag is None else "the warehouse did not say, and no run has ended"
    yield known.state("unknown", f"Not known: {asked}", known.meanwhile)


# The first that has something to say says it.
_RULES: Final[tuple[Rule, ...]] = (
    _orphaned,
    _broken_file,
    _failing,
    _never_built,
    _paused,
    _without_view,
    _rolled_back,
    _late,
    _warning,
    _fresh,
    _unknown,
)
