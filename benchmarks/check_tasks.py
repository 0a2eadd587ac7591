"""What Airflow takes for tasks that do nothing, on a scheduler with the LocalExecutor as `make demo` sets it up."""

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from benchmarks.checks_report import Results
from demo.rest_client import Run
from tests.end_to_end.deployment import Deployment, deployment

T = TypeVar("T")

_MOST_TRIES = 20

_DAG_FILE = """
from airflow.sdk import DAG, task

@task
def nothing():
    pass

for count in {counts}:
    with DAG(f"tasks_{{count}}", schedule=None):
        for number in range(count):
            nothing.override(task_id=f"check_{{number}}")()
"""


def task_seconds(counts: Sequence[int], rounds: int) -> Results:
    """From the start of the first task to the end of the last one of so many, and how long a task itself runs."""
    found: Results = {}
    with tempfile.TemporaryDirectory(prefix="bench-tasks-") as folder, deployment(Path(folder)) as airflow:
        (airflow.root / "dags" / "tasks.py").write_text(_DAG_FILE.format(counts=tuple(counts)))
        for count in counts:
            _answer(lambda dag_id=f"tasks_{count}": airflow.has_dags(dag_id))  # type: ignore[misc]  # a bound default
        for _ in range(rounds):
            for count in counts:
                for variant, seconds in _measure(airflow, count).items():
                    found[variant, count] = min(seconds, found.get((variant, count), seconds))
    return found


def _measure(airflow: Deployment, count: int) -> dict[str, float]:
    moments = _moments(airflow, _ended_run(airflow, f"tasks_{count}"))
    start, end = min(start for start, _ in moments), max(end for _, end in moments)
    own = sum((end - start).total_seconds() for start, end in moments) / len(moments)
    return {"Airflow, from first to last": (end - start).total_seconds(), "Airflow, one task": own}


def _ended_run(airflow: Deployment, dag_id: str) -> Run:
    """Starts a run and waits for its end. On a busy machine the API may not answer in time: it is asked again."""
    before = {run.run_id for run in _answer(lambda: airflow.api.runs(dag_id))}
    with suppress(OSError):
        airflow.api.trigger(dag_id)
    while True:
        time.sleep(0.5)
        runs = [run for run in _answer(lambda: airflow.api.runs(dag_id)) if run.run_id not in before]
        if runs and runs[0].state in ("success", "failed"):
            return runs[0]


def _moments(airflow: Deployment, run: Run) -> list[tuple[datetime, datetime]]:
    if run.state != "success":
        raise RuntimeError(f"the run of {run.dag_id} failed: the machine is too busy for a measurement")
    path = f"/dags/{quote(run.dag_id)}/dagRuns/{quote(run.run_id)}/taskInstances"
    found = _answer(lambda: airflow.api.get(path))["task_instances"]
    return [(datetime.fromisoformat(task["start_date"]), datetime.fromisoformat(task["end_date"])) for task in found]


def _answer(ask: Callable[[], T]) -> T:
    for _ in range(_MOST_TRIES):
        with suppress(OSError):
            return ask()
    return ask()
