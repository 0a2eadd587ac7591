"""Why a run in Airflow failed: what its tasks said last, for a benchmark whose deployment is gone when people read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from demo.problem import last_lines
from demo.rest_client import RestClient, Run

_LINES = 15
_OTHERS = ("success", "skipped", "upstream_failed", "removed")


def why_failed(api: RestClient, run: Run, logs: Path) -> str:
    """All tasks that did not end well with the end of their logs, and that of the scheduler's own, below `logs`."""
    path = f"/dags/{quote(run.dag_id)}/dagRuns/{quote(run.run_id)}/taskInstances"
    tasks = api.get(f"{path}?limit=100")["task_instances"]
    scheduler = logs / "scheduler.log"
    said = scheduler.read_text("utf-8", errors="replace") if scheduler.exists() else ""
    took = "" if run.seconds is None else f" after {run.seconds:,.0f} seconds"
    return "\n".join(
        (
            f"the run of {run.dag_id} failed{took}",
            *(_of_task(api, path, task) for task in tasks if task["state"] not in _OTHERS),
            last_lines(str(scheduler), said, _LINES),
        )
    )


def _of_task(api: RestClient, path: str, task: dict[str, Any]) -> str:
    name, number = task["task_id"], task["try_number"]
    facts = f"{task['state']}, try {number}, from {task['start_date']} to {task['end_date']}"
    place = f"{path}/{quote(name)}/logs/{number}?map_index={task['map_index']}"
    try:
        content = api.get(place)["content"]
    except OSError as error:  # the run failed all the same
        content = [f"its log cannot be read: {error}"]
    return last_lines(f"{name} ({facts})", "\n".join(_lines(content)), _LINES)


def _lines(content: list[Any]) -> Iterator[str]:
    """Of a task that failed by an exception Airflow gives that beside the line, and not in it."""
    for line in content:
        record = line if isinstance(line, dict) else {"event": line}
        yield " ".join(str(record[key]) for key in ("timestamp", "event") if record.get(key))
        yield from (str(detail) for detail in record.get("error_detail") or ())
