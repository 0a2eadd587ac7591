"""SIGTERM, which Airflow sends to a task that somebody marks or clears: its query ends in the warehouse at once."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from tests.airflow.conftest import Project
from tests.airflow.operators.recorded import failure
from tests.conftest import REPOSITORY

_SLOW = "SELECT 1 AS one, pg_sleep(600)::text AS slept"
_TASK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import read
run = build_dag(read("stopped", Path(sys.argv[1]))).test(logical_date=datetime(2026, 11, 21, 3, tzinfo=UTC))
print("RUN", run.run_id, run.state, flush=True)
"""


def running(admin: psycopg.Connection[Any]) -> int:
    """How many sessions but this one run something that sleeps."""
    sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid <> pg_backend_pid()"
    ((count,),) = admin.execute(sql).fetchall()
    return int(count)


def wait_until(condition: Callable[[], bool], what: str) -> None:
    for _ in range(60_000):
        if condition():
            return
        time.sleep(0.01)
    raise TimeoutError(what)


@pytest.fixture
def task(project: Project, admin: psycopg.Connection[Any]) -> Iterator[subprocess.Popen[str]]:
    """A process that runs the table `stopped` as Airflow's own task runner does, at its slow query."""
    project.write("stopped", {"table": "stopped", "schema": "analytics", "main_sql": _SLOW})
    command = [sys.executable, "-c", _TASK, str(project.configs)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: running(admin) == 1 or process.poll() is not None, "the query never ran")
        yield process
    finally:
        process.kill()
        process.wait()


def test_query_of_a_stopped_task_ends_and_the_failure_says_why(
    task: subprocess.Popen[str], admin: psycopg.Connection[Any]
) -> None:
    assert running(admin) == 1
    task.send_signal(signal.SIGTERM)
    output, _ = task.communicate(timeout=300)
    assert running(admin) == 0
    ((run_id, state),) = [line.split()[1:] for line in output.splitlines() if line.startswith("RUN ")]
    assert state == "failed"
    assert str(failure(SimpleNamespace(run_id=run_id, dag_id="stopped"), "create")) == (
        "Building analytics.stopped failed: it was stopped from outside: somebody marked or cleared it in Airflow, or "
        "its worker was shut down. Its query was stopped in the warehouse, too. There is no live table yet."
    )
    left = "SELECT COUNT(*) FROM pg_tables WHERE tablename LIKE 'stopped\\_\\_%'"
    assert admin.execute(left.encode()).fetchone() == (0,)
