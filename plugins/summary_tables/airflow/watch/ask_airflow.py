"""What a running task may ask Airflow about other DAGs: it knows no database, but whoever started it does."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from airflow.sdk.execution_time import comms, task_runner

from summary_tables.configs.schedule.cron import CronError, next_runs
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.table import SummaryTable

_log = logging.getLogger(__name__)

_GOING_ON: Final = ("running", "queued")

Ask = Callable[[Any], Any]


def can_ask() -> bool:
    """`airflow dags test` starts tasks without anybody to ask."""
    return hasattr(task_runner, "SUPERVISOR_COMMS")


def ask(question: Any) -> Any:
    """The answer; None where Airflow has none."""
    if not can_ask():
        return None
    try:
        return task_runner.SUPERVISOR_COMMS.send(question)
    except Exception as error:  # a table may be late whatever Airflow says of it
        _log.warning("Airflow did not answer: %s", type(error).__name__)
        return None


def dag_facts(table: SummaryTable, due_at: datetime, now: datetime, ask: Ask = ask) -> DagFacts | None:
    """What of a table's DAG says why it is late; None: Airflow knows no such DAG, or does not answer.

    `due_at` stands for when a run was due of which Airflow does not say it.
    """
    dag = ask(comms.GetDag(dag_id=table.table))
    if dag is None or not hasattr(dag, "is_paused"):
        return None
    if table.schedule.cron:
        last = _last_run(ask(comms.GetPreviousDagRun(dag_id=table.table, logical_date=now)))
        runs = [last] if last else []
    else:
        runs = [_going_on(table.table, state, due_at) for state in _GOING_ON if _number(table.table, state, ask)]
    return DagFacts(is_paused=dag.is_paused, next_run_at=_next_run_at(table, dag.next_dagrun), runs=tuple(runs))


def last_round(dag_id: str, before: datetime, ask: Ask = ask) -> datetime | None:
    """When the run of a DAG began that was before the one of `before`; None: there was none, or nobody says."""
    last = _last_run(ask(comms.GetPreviousDagRun(dag_id=dag_id, logical_date=before)))
    return last.started_at or last.run_after if last else None


def _last_run(answer: Any) -> DagRunFacts | None:
    run = getattr(answer, "dag_run", None)
    if run is None:
        return None
    return DagRunFacts(
        run_id=run.run_id,
        state=str(getattr(run.state, "value", run.state)),
        run_after=run.run_after,
        started_at=run.start_date,
        ended_at=run.end_date,
    )


def _number(dag_id: str, state: str, ask: Ask) -> int:
    """Runs that others start have no date by which the last could be asked for."""
    return getattr(ask(comms.GetDRCount(dag_id=dag_id, states=[state])), "count", 0) or 0


def _going_on(dag_id: str, state: str, due_at: datetime) -> DagRunFacts:
    return DagRunFacts(run_id=f"of {dag_id}", state=state, run_after=due_at)


def _next_run_at(table: SummaryTable, next_date: datetime | None) -> datetime | None:
    """A run of a schedule is due at the end of its interval, of which Airflow says the start."""
    if next_date is None or not table.schedule.cron:
        return None
    try:
        (found,) = next_runs(table.schedule.cron, next_date, 1, table.timezone)
    except CronError:
        return None
    return found
