"""A client of Airflow's REST API, logged in like a person."""

import contextlib
import time
from datetime import UTC, datetime
from typing import Any

import httpx

RUN_SECONDS = 900


class AirflowApi:
    """`url` is the address that docker-compose.yaml publishes. Raises httpx.HTTPStatusError when Airflow refuses."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=300)
        token = self._json("POST", "/auth/token", json={"username": user, "password": password})["access_token"]
        self._client.headers["Authorization"] = f"Bearer {token}"

    def wait_for_dag(self, dag_id: str) -> dict[str, Any]:
        """The DAG, once the DAG processor has found it."""
        deadline = time.monotonic() + RUN_SECONDS
        while (found := self._client.get(f"/api/v2/dags/{dag_id}")).status_code == httpx.codes.NOT_FOUND:
            assert time.monotonic() < deadline, self.import_errors()
            time.sleep(0.5)
        found.raise_for_status()
        dag: dict[str, Any] = found.json()
        return dag

    def import_errors(self) -> list[str]:
        """What the DAG processor could not read."""
        answer = self._json("GET", "/api/v2/importErrors")
        return [error["stack_trace"] for error in answer["import_errors"]]

    def start(self, dag_id: str) -> str:
        """Starts a run, and returns its name."""
        run = self._json("POST", f"/api/v2/dags/{dag_id}/dagRuns", json={"logical_date": datetime.now(UTC).isoformat()})
        return str(run["dag_run_id"])

    def first_run(self, dag_id: str) -> str:
        """The name of the run that Airflow starts by itself, once it has."""
        deadline = time.monotonic() + RUN_SECONDS
        while not (runs := self._json("GET", f"/api/v2/dags/{dag_id}/dagRuns")["dag_runs"]):
            assert time.monotonic() < deadline, f"Airflow has started no run of {dag_id}"
            time.sleep(0.5)
        return str(runs[0]["dag_run_id"])

    def wait(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """The task instances of a run, once it has ended; while Airflow is down, it is waited for."""
        path = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}"
        deadline = time.monotonic() + RUN_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if self._json("GET", path)["state"] not in ("queued", "running"):
                    return self.tasks(dag_id, run_id)
            time.sleep(1)
        raise AssertionError(f"{path} did not end: {self.tasks(dag_id, run_id)}")

    def tasks(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """The task instances of a run."""
        found: list[dict[str, Any]]
        found = self._json("GET", f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances")["task_instances"]
        return found

    def log(self, task: dict[str, Any], number: int = 0) -> str:
        """The log of a try of a task, as the web interface shows it; of the last one unless told."""
        path = f"/api/v2/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}"
        content = self._json("GET", f"{path}/logs/{number or task['try_number']}")["content"]
        return "\n".join(str(line) for line in content)

    def _json(self, method: str, path: str, **options: Any) -> Any:
        answer = self._client.request(method, path, **options)
        answer.raise_for_status()
        return answer.json()
