"""The part of Airflow's REST API that the demo needs."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

SERVICES = ("metadatabase", "scheduler", "dag_processor")

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of a DAG. `seconds` is None until it has ended."""

    dag_id: str
    run_id: str
    state: str
    queued_at: datetime
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A task of a run. `tries` is how often it was started."""

    task_id: str
    state: str
    tries: int
    seconds: float | None


class RestClient:
    """Talks to the API server at `address`, e.g. `http://127.0.0.1:8080`. Raises OSError when it does not answer."""

    def __init__(self, address: str, user: str, password: str) -> None:
        self._address = address
        self._login = {"username": user, "password": password}
        self._token = ""

    def answers(self) -> bool:
        """True when the API server answers. It is made to load the part that serves tasks, which it does when asked."""
        try:
            self._request("GET", "/execution/health")
        except OSError:
            return False
        return True

    def is_healthy(self) -> bool:
        """True when the services have reported themselves healthy."""
        health = self._request("GET", "/api/v2/monitor/health")
        return all(health[part]["status"] == "healthy" for part in SERVICES)

    def has_dag(self, dag_id: str) -> bool:
        """True when the DAG has been read and is not broken."""
        try:
            return not self.get(f"/dags/{quote(dag_id)}")["is_stale"]
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return False
            raise

    def import_errors(self) -> list[str]:
        """What Airflow says about files it could not read."""
        return [error["stack_trace"].strip() for error in self.get("/importErrors")["import_errors"]]

    def runs(self, dag_id: str) -> list[Run]:
        """The runs of a DAG, the youngest first."""
        found = self.get(f"/dags/{quote(dag_id)}/dagRuns?{urlencode({'order_by': '-id', 'limit': 20})}")["dag_runs"]
        return [
            Run(
                dag_id=dag_id,
                run_id=run["dag_run_id"],
                state=run["state"],
                queued_at=datetime.fromisoformat(run["queued_at"]),
                seconds=run["duration"],
            )
            for run in found
            if run["queued_at"]
        ]

    def trigger(self, dag_id: str) -> None:
        """Starts a run now."""
        self._authorised("POST", f"/dags/{quote(dag_id)}/dagRuns", {"logical_date": None})

    def steps(self, run: Run) -> list[Step]:
        """The tasks of a run, in the order in which they started."""
        found = self.get(f"{_path(run)}/taskInstances?{urlencode({'order_by': 'start_date', 'limit': 100})}")
        return [
            Step(task_id=task["task_id"], state=task["state"] or "", tries=task["try_number"], seconds=task["duration"])
            for task in found["task_instances"]
        ]

    def log(self, run: Run, step: Step) -> list[dict[str, Any]]:
        """The log of a task's last try: one record a line, with `event` and mostly `level`."""
        content = self.get(f"{_path(run)}/taskInstances/{quote(step.task_id)}/logs/{step.tries}")["content"]
        return [line if isinstance(line, dict) else {"event": str(line)} for line in content]

    def get(self, path: str) -> Any:
        """The answer to a GET request below /api/v2."""
        return self._authorised("GET", path)

    def send(self, method: str, path: str, body: object) -> Any:
        """The answer to another request below /api/v2."""
        return self._authorised(method, path, body)

    def _authorised(self, method: str, path: str, body: object = None) -> Any:
        if not self._token:
            self._token = self._request("POST", "/auth/token", self._login)["access_token"]
        return self._request(method, f"/api/v2{path}", body, {"Authorization": f"Bearer {self._token}"})

    def _request(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        types = {"Accept": "application/json", "Content-Type": "application/json"}
        request = urllib.request.Request(self._address + path, data, types | (headers or {}), method=method)
        with _OPENER.open(request, timeout=120) as answer:
            return json.load(answer)


def _path(run: Run) -> str:
    return f"/dags/{quote(run.dag_id)}/dagRuns/{quote(run.run_id)}"
