"""Reads from Airflow what a DAG's callback is not told: which tasks of the run failed and what they recorded.

The callback runs in a child of the DAG processor, which may ask for task states and XComs but knows no database.
`airflow dags test` calls it in its own process instead, where nothing can be asked but the database.
"""

from typing import Any

from airflow.sdk.bases.xcom import BaseXCom
from airflow.sdk.execution_time import task_runner

FAILED = "failed"


def failed_task_ids(dag_id: str, run_id: str) -> list[str]:
    """The tasks of the run that ended as failed, by name."""
    states = _task_states(dag_id, run_id)
    return sorted(task_id for task_id, state in states.items() if state == FAILED)


def recorded(dag_id: str, run_id: str, task_id: str, key: str) -> Any:
    """What the task recorded under `key` in its last try; None when it recorded nothing."""
    if not _can_ask():
        return _xcom_in_database(dag_id, run_id, task_id, key)
    return BaseXCom.get_one(dag_id=dag_id, run_id=run_id, task_id=task_id, key=key)


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
