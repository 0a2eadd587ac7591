"""A client of Airflow's REST API, logged in like a person."""

import time
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

    def run(self, dag_id: str, logical_date: str) -> list[dict[str, Any]]:
        """Starts a run and waits for its end; returns its task instances."""
        run = self._json("POST", f"/api/v2/dags/{dag_id}/dagRuns", json={"logical_date": logical_date})
        path = f"/api/v2/dags/{dag_id}/dagRuns/{run['dag_run_id']}"
        deadline = time.monotonic() + RUN_SECONDS
        while self._json("GET", path)["state"] in ("queued", "running") and time.monotonic() < deadline:
            time.sleep(0.5)
        tasks: list[dict[str, Any]] = self._json("GET", f"{path}/taskInstances")["task_instances"]
        return tasks

    def log(self, task: dict[str, Any]) -> str:
        """The log of the last try of a task, as the web interface shows it."""
        path = f"/api/v2/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}"
        content = self._json("GET", f"{path}/logs/{task['try_number']}")["content"]
        return "\n".join(str(line) for line in content)

    def _json(self, method: str, path: str, **options: Any) -> Any:
        answer = self._client.request(method, path, **options)
        answer.raise_for_status()
        return answer.json()
