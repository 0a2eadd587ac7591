"""Why a table that waits for nothing is not there, as far as anybody knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from summary_tables.alerts.lateness.facts import TableFacts, World
from summary_tables.alerts.lateness.missing import GRACE, Missing, is_behind
from summary_tables.configs.schedule.cron import CronError, last_run
from summary_tables.model.build import Build
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.text.moments import about

CauseKind = Literal[
    "failed", "broken_file", "paused", "outage", "stale", "running", "queued", "not_started", "others", "unknown"
]

NO_BUILD: Final = "no build for it was published"
GOING_ON: Final = ("queued", "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """`words` follow on what is said of the table: `its run failed`."""

    kind: CauseKind
    words: str


def own_reason(facts: TableFacts, gone: Missing, world: World) -> Reason | None:
    """None: Airflow sees nothing to do, and neither do we."""
    return next(_reasons(facts, gone, world), None)


def _reasons(facts: TableFacts, gone: Missing, world: World) -> Iterator[Reason]:
    if facts.rhythm is None or facts.is_broken:
        yield Reason(kind="broken_file", words="its file cannot be read")
        return
    if facts.failed_at is not None:
        yield Reason(kind="failed", words="its run failed")
    dag = facts.dag
    if dag is None:
        yield _of_outage(gone, world) or Reason(kind="unknown", words=NO_BUILD)
        return
    if dag.is_stale:
        yield Reason(kind="stale", words="Airflow does not find the table's file any more")
    if dag.is_paused:
        yield Reason(kind="paused", words="it is paused in Airflow")
    if outage := _of_outage(gone, world):
        yield outage
    yield from _of_runs(dag, facts.newest, gone, world.now)
    schedule = facts.rhythm.schedule
    if schedule.starts_runs and all(run.run_after < gone.due_at for run in dag.runs):
        # Not which: who may see this table need not be allowed to see those.
        yield Reason(
            kind="not_started", words="what it waits for was published then, but Airflow has not started a run"
        )
    if dag.next_run_at is not None and dag.next_run_at <= world.now - GRACE:
        yield Reason(kind="not_started", words="Airflow has not started the run")
    if _has_missed_two(facts, gone):
        yield Reason(kind="unknown", words=NO_BUILD)


def _of_outage(gone: Missing, world: World) -> Reason | None:
    outage = world.outage
    if outage is None or not outage.start <= gone.due_at <= outage.end:
        return None
    return Reason(kind="outage", words="Airflow started nothing then")


def _of_runs(dag: DagFacts, newest: Build | None, gone: Missing, now: datetime) -> Iterator[Reason]:
    for run in dag.runs:
        # Of a build that nobody knows, the run that is under way may be the next one.
        if run.state in GOING_ON and (newest or gone.is_promised or run.run_after <= now - GRACE):
            kind: CauseKind = "queued" if run.state == "queued" else "running"
            behind = "the runs before it are not done yet"
            yield Reason(kind=kind, words=behind if is_behind(dag, gone.due_at) else _going_on(run, now))


def _going_on(run: DagRunFacts, now: datetime) -> str:
    if run.state == "queued":
        return f"its run has waited in Airflow's queue for {about(now - run.run_after)}"
    if run.started_at is None:
        return "its run is under way"
    return f"its run has been running for {about(now - run.started_at)}"


def _has_missed_two(facts: TableFacts, gone: Missing) -> bool:
    """One moment that was missed may be older than the schedule, two are not."""
    rhythm, newest = facts.rhythm, facts.newest
    if rhythm is None or newest is None:
        return False
    if not rhythm.schedule.cron:
        return gone.is_promised
    try:
        before = last_run(rhythm.schedule.cron, gone.due_at - timedelta(minutes=1), rhythm.timezone)
    except CronError:
        return False
    return before is not None and newest.run_at < before
