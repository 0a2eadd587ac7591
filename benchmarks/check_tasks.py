"""What Airflow takes for tasks that do nothing, on a scheduler with the LocalExecutor as `make demo` sets it up."""

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from benchmarks.checks_report import Results
from demo.rest_client import RestClient, Run
from tests.end_to_end.deployment import Deployment, deployment

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
        airflow.has_dags(*(f"tasks_{count}" for count in counts))
        for _ in range(rounds):
            for count in counts:
                for variant, seconds in _measure(airflow, count).items():
                    found[variant, count] = min(seconds, found.get((variant, count), seconds))
    return found


def _measure(airflow: Deployment, count: int) -> dict[str, float]:
    moments = _moments(airflow.api, airflow.run(f"tasks_{count}"))
    start, end = min(start for start, _ in moments), max(end for _, end in moments)
    own = sum((end - start).total_seconds() for start, end in moments) / len(moments)
    return {"Airflow, from first to last": (end - start).total_seconds(), "Airflow, one task": own}


def _moments(api: RestClient, run: Run) -> list[tuple[datetime, datetime]]:
    found = api.get(f"/dags/{quote(run.dag_id)}/dagRuns/{quote(run.run_id)}/taskInstances")["task_instances"]
    return [(datetime.fromisoformat(task["start_date"]), datetime.fromisoformat(task["end_date"])) for task in found]
