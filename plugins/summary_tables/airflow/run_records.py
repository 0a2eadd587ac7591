"""Reads from Airflow what a DAG's callback is not told: which tasks of the run failed, what they recorded, its page.

The callback runs in a child of the DAG processor, which may ask for task states and XComs but knows no database.
`airflow dags test` calls it in its own process instead, where nothing can be asked but the database.
"""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from airflow.sdk.bases.xcom import BaseXCom
from airflow.sdk.configuration import conf
from airflow.sdk.execution_time import task_runner

from summary_tables.model.failure import Failure

FAILED = "failed"

_FAILURE_FIELDS = frozenset(field.name for field in fields(Failure))


def failed_task_ids(dag_id: str, run_id: str) -> list[str]:
    """The tasks of the run that ended as failed, by name."""
    states = _task_states(dag_id, run_id)
    return sorted(task_id for task_id, state in states.items() if state == FAILED)


def recorded(dag_id: str, run_id: str, task_id: str, key: str) -> Any:
    """What the task recorded under `key` in its last try; None when it recorded nothing."""
    if not _can_ask():
        return _xcom_in_database(dag_id, run_id, task_id, key)
    return BaseXCom.get_one(dag_id=dag_id, run_id=run_id, task_id=task_id, key=key)


def from_record(record: Any) -> Failure | None:
    """A record written by another version of this code may have other fields; those are left out."""
    if not isinstance(record, dict):
        return None
    try:
        return Failure(**{name: value for name, value in record.items() if name in _FAILURE_FIELDS})
    except TypeError:
        return None


def run_at(context: Any) -> datetime | None:
    """When the run was due; also set for the runs that have no logical date."""
    dag_run = context.get("dag_run")
    due: datetime | None = dag_run.run_after if dag_run else None
    return due.astimezone(UTC) if due else None


def ended_at(context: Any) -> datetime:
    """When the run ended, which may be a while before its callback is called; now, where Airflow does not say."""
    dag_run = context.get("dag_run")
    ended: datetime | None = getattr(dag_run, "end_date", None)
    return (ended or datetime.now(UTC)).astimezone(UTC)


def run_url(dag_id: str, run_id: str, task_id: str = "") -> str:
    """The page of the run, or of one of its tasks; empty where Airflow does not know its own address."""
    base_url = conf.get("api", "base_url", fallback="") or ""
    page = f"{base_url.rstrip('/')}/dags/{dag_id}/runs/{quote(run_id)}" if base_url else ""
    return f"{page}/tasks/{quote(task_id)}" if page and task_id else page


def environment() -> str:
    """What this Airflow is called; empty where nobody named it."""
    return conf.get("api", "instance_name", fallback="") or ""


def _task_states(dag_id: str, run_id: str) -> dict[str, Any]:
    if not _can_ask():
        return _task_states_in_database(dag_id, run_id)
    states = task_runner.RuntimeTaskInstance.get_task_states(dag_id=dag_id, run_ids=[run_id])
    return dict(states.get(run_id, {}))


def _can_ask() -> bool:
    return hasattr(task_runner, "SUPERVISOR_COMMS")


def _task_states_in_database(dag_id: str, run_id: str) -> dict[str, Any]:
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session
    from sqlalchemy import select

    query = select(TaskInstance.task_id, TaskInstance.state).where(
        TaskInstance.dag_id == dag_id, TaskInstance.run_id == run_id
    )
    with create_session() as session:
        return dict(session.execute(query).tuples().all())


def _xcom_in_database(dag_id: str, run_id: str, task_id: str, key: str) -> Any:
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session
    from sqlalchemy import select

    query = select(XComModel).where(
        XComModel.dag_id == dag_id, XComModel.run_id == run_id, XComModel.task_id == task_id, XComModel.key == key
    )
    with create_session() as session:
        row = session.scalars(query).first()
        return XComModel.deserialize_value(row) if row else None
