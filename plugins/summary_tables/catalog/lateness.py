"""Whether what readers see is older than its schedule says, and why: the one place that decides it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from summary_tables.configs.schedule.cron import CronError, last_run
from summary_tables.model.build import Build
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.table import Schedule
from summary_tables.model.table_history import TableHistory
from summary_tables.text.moments import about

GRACE: Final = timedelta(hours=1)
"""So long after it was due, a build that is not there is late."""

_NO_BUILD: Final = "no build for it was published"

GOING_ON: Final = ("queued", "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """`due_at`: when a build was due that is not there; `reason`: why, as far as anybody knows, in words."""

    due_at: datetime
    reason: str


def lateness(
    schedule: Schedule,
    dag: DagFacts | None,
    history: TableHistory | None,
    now: datetime,
    published_at: Mapping[str, datetime],
) -> Lateness | None:
    """Of a table that was built once, is not paused, and whose last run did not fail; None: it is not late.

    `published_at` says of other tables, by full name, when readers last got something new.
    """
    due_at = _due_at(schedule, history, now, published_at)
    newest = history.newest if history else None
    if due_at is None or (newest and _is_there(due_at, newest, dag)):
        return None
    if dag is None:
        return Lateness(due_at=due_at, reason=_NO_BUILD)
    reason = next(_reasons(schedule, dag, due_at, now, newest), "") or _missed(schedule, due_at, newest)
    return Lateness(due_at=due_at, reason=reason) if reason else None


def _due_at(
    schedule: Schedule, history: TableHistory | None, now: datetime, published_at: Mapping[str, datetime]
) -> datetime | None:
    """The last moment that is more than `GRACE` past at which a build was due."""
    if schedule.cron:
        try:
            return last_run(schedule.cron, now - GRACE)
        except CronError:
            return None
    newest = history.newest if history else None
    if newest is None or not schedule.tables or not all(name in published_at for name in schedule.tables):
        return None
    moments = [published_at[name] for name in schedule.tables]
    # It starts when the last of them is there, and each of them is new.
    return max(moments) if min(moments) > newest.started_at and max(moments) <= now - GRACE else None


def _is_there(due_at: datetime, newest: Build, dag: DagFacts | None) -> bool:
    """Readers have what was due then, or something newer."""
    if newest.run_at >= due_at:
        return True
    # The run of an earlier interval that is made up for is new, too, but where the later ones are still to be added.
    return newest.started_at >= due_at and (newest.is_whole or not _is_behind(dag, due_at))


def _is_behind(dag: DagFacts | None, due_at: datetime) -> bool:
    """Airflow is still to start the run of an earlier moment."""
    return dag is not None and dag.next_run_at is not None and dag.next_run_at < due_at


def _reasons(schedule: Schedule, dag: DagFacts, due_at: datetime, now: datetime, newest: Build | None) -> Iterator[str]:
    if dag.is_stale:
        yield "Airflow does not find the table's file any more"
    for run in dag.runs:
        # Of a build that nobody knows, the run that is under way may be the next one.
        if run.state in GOING_ON and (newest or run.run_after <= now - GRACE):
            yield "the runs before it are not done yet" if _is_behind(dag, due_at) else _going_on(run, now)
    if schedule.after and all(run.run_after < due_at for run in dag.runs):
        # Not which: who may see this table need not be allowed to see those.
        yield "what it waits for was published then, but Airflow has not started a run"
    if dag.next_run_at is not None and dag.next_run_at <= now - GRACE:
        yield "Airflow has not started the run"


def _missed(schedule: Schedule, due_at: datetime, newest: Build | None) -> str:
    """Where Airflow sees nothing to do: one moment that was missed may be older than the schedule, two are not."""
    if newest is None or not schedule.cron:
        return ""
    before = last_run(schedule.cron, due_at - timedelta(minutes=1))
    return _NO_BUILD if before and newest.run_at < before else ""


def _going_on(run: DagRunFacts, now: datetime) -> str:
    if run.state == "queued" or run.started_at is None:
        return f"its run has waited in Airflow's queue for {about(now - run.run_after)}"
    return f"its run has been running for {about(now - run.started_at)}"
