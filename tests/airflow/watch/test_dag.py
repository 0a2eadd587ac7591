"""The DAG of the watch, and where it is one among several."""

from datetime import timedelta
from pathlib import Path

import pytest

from summary_tables.airflow.watch.dag import watch_dag


def test_it_looks_often_and_one_at_a_time(tmp_path: Path) -> None:
    dag = watch_dag(tmp_path / "repository" / "dag_configs")
    assert (dag.dag_id, dag.catchup, dag.max_active_runs) == ("summary_tables_watch", False, 1)
    (task,) = dag.tasks
    assert (task.task_id, task.retries, task.execution_timeout) == ("watch", 0, timedelta(minutes=10))
    assert not dag.has_on_failure_callback
    dag.validate()  # type: ignore[no-untyped-call]  # Airflow has not typed it


@pytest.mark.parametrize(
    ("read", "repository", "dag_id"),
    [
        ("tables/dags", "tables", "summary_tables_watch"),
        ("tables", "tables", "summary_tables_watch"),
        ("teams", "teams/growth", "summary_tables_watch.growth"),
        ("teams", "teams/a b/growth.1", "summary_tables_watch.a_b.growth_1"),
    ],
)
def test_its_name(read: str, repository: str, dag_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`read` is what Airflow reads: a DAGs folder, or a bundle."""
    monkeypatch.syspath_prepend(str(tmp_path / read))
    assert watch_dag(tmp_path / repository / "dag_configs").dag_id == dag_id
