"""Airflow's own backfill of a table: started by its command or, as its form in the UI does, by its REST API."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from urllib.error import HTTPError

from tests.conftest import REPOSITORY
from tests.end_to_end.deployment import Deployment

RUNS_AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfilledRun:
    """The run of one day, once it has ended."""

    state: str
    began: datetime
    ended: datetime


def backfill_by_command(deployment: Deployment, table: str, days: list[date], reprocess: str = "none") -> None:
    """What docs/growing_table.md says to type."""
    documented = (REPOSITORY / "docs" / "growing_table.md").read_text("utf-8").replace("\\\n", "")
    first, repeated = re.findall("^ +airflow (backfill create .*)", documented, re.MULTILINE)
    command = {"none": first, "completed": repeated}[reprocess]
    of_the_page = {"visits_by_day": table, "2026-01-01": f"{days[0]}", "2026-01-31": f"{days[-1]}"}
    for written, meant in of_the_page.items():
        command = command.replace(written, meant)
    name = f"backfill of {table}, {reprocess}"
    deployment.services.run(name, command.split())
    deployment.services.finish(name)


def backfill_by_api(deployment: Deployment, table: str, days: list[date], reprocess: str = "none") -> None:
    """The same without a process that has to start."""
    deployment.api.send(
        "POST",
        "/backfills",
        {
            "dag_id": table,
            "from_date": f"{days[0]}T00:00:00Z",
            "to_date": f"{days[-1]}T23:59:00Z",
            "run_backwards": True,
            "max_active_runs": RUNS_AT_ONCE,
            "reprocess_behavior": reprocess,
        },
    )


def ended_runs(deployment: Deployment, table: str, days: list[date]) -> list[BackfilledRun]:
    """Waits until each day has a run that has ended, and returns these runs."""
    found: dict[date, BackfilledRun] = {}

    def ended() -> bool:
        for run in deployment.api.get(f"/dags/{table}/dagRuns?limit=20")["dag_runs"]:
            day = datetime.fromisoformat(run["logical_date"]).date()
            if day in days and run["state"] in ("success", "failed"):
                began, end = (datetime.fromisoformat(run[key]) for key in ("start_date", "end_date"))
                found[day] = BackfilledRun(state=run["state"], began=began, ended=end)
        return found.keys() >= set(days)

    deployment.wait(ended, f"The runs of {table}")
    return [found[day] for day in days]


def close_backfill(deployment: Deployment, table: str) -> None:
    """Tells Airflow that a backfill without open runs has ended, which it finds out itself only every 30 seconds."""
    for backfill in deployment.api.get(f"/backfills?dag_id={table}")["backfills"]:
        if not backfill["completed_at"]:
            _cancel(deployment, backfill["id"])


def _cancel(deployment: Deployment, number: int) -> None:
    try:
        deployment.api.send("PUT", f"/backfills/{number}/cancel", {})
    except HTTPError as error:
        # Airflow may just have found out itself.
        if error.code != HTTPStatus.CONFLICT:
            raise
