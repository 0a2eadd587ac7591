"""The catalogue says where nobody looks whether tables are late."""

from pathlib import Path
from typing import Any

import pytest
from airflow.models.dag import DagModel
from airflow.models.dagbundle import DagBundleModel
from airflow.utils.session import create_session
from sqlalchemy import delete

from summary_tables.airflow.pages.watch_problem import watch_problem
from summary_tables.airflow.watch.dag import DAG_ID


def problems(*, is_paused: bool | None) -> list[str]:
    """What is said of a DAG that is paused or not; None: there is none."""
    model: Any = DagModel
    with create_session(scoped=False) as session:
        session.merge(DagBundleModel(name="dags-folder"))
        session.flush()
        session.execute(delete(DagModel).where(DagModel.dag_id == DAG_ID))
        if is_paused is not None:
            session.add(
                model(
                    dag_id=DAG_ID,
                    bundle_name="dags-folder",
                    is_paused=is_paused,
                    is_stale=False,
                    max_active_tasks=1,
                    max_consecutive_failed_dag_runs=0,
                    has_task_concurrency_limits=False,
                )
            )
        session.flush()
        found = [str(problem) for problem in watch_problem(session, Path("dag_configs"))]
        session.rollback()
    return found


@pytest.mark.usefixtures("metadata_database")
def test_a_watch_that_is_paused() -> None:
    assert problems(is_paused=None) == problems(is_paused=False) == []
    assert problems(is_paused=True) == [
        "Airflow: warning[watch] the DAG `summary_tables_watch` is paused: nobody hears of tables that are late, of "
        "files that break, and of what could not be told before; fix: resume it in Airflow"
    ]
