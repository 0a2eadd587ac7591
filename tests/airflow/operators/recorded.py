"""What a run left behind: the rows of its table, and why a task failed."""

from typing import Any

import psycopg
import pytest
from airflow.models.xcom import XComModel
from airflow.sdk.serde import deserialize
from airflow.utils.session import create_session

from summary_tables.model.failure import XCOM_KEY, Failure


def rows(admin: psycopg.Connection[Any], table: str) -> list[tuple[Any, ...]]:
    return admin.execute(f"SELECT * FROM analytics.{table} ORDER BY 1").fetchall()


def failure(run: Any, task_id: str) -> Failure:
    """What the failed task recorded for the alert."""
    with create_session() as session:
        query = XComModel.get_many(run_id=run.run_id, dag_ids=run.dag_id, task_ids=task_id, key=XCOM_KEY)
        stored = session.execute(query.with_only_columns(XComModel.value)).scalars().one()
    recorded = deserialize(stored)
    assert isinstance(recorded, dict)
    return Failure(**recorded)


def logged(capsys: pytest.CaptureFixture[str]) -> str:
    """What was logged since it was asked last, as if no line had been too long."""
    return " ".join(capsys.readouterr().out.split())
