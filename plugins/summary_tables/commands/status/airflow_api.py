"""Airflow's API, as far as `status` asks it: its monitoring endpoints and what it knows of DAGs."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from summary_tables.commands.usage_error import UsageError
from summary_tables.model.dag_facts import DagFacts, DagRunFacts

_SECONDS: Final = 20
_PAGE: Final = 100
_MOST_FAILING: Final = 100
_VARIABLE: Final = "env:"


class ApiError(Exception):
    """Airflow did not answer as it should; the text is a sentence without anything secret."""


@dataclass(frozen=True, slots=True)
class Login:
    """A token, or a user and a password with which one is asked for; both empty: what anybody may see."""

    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_given(self) -> bool:
        return bool(self.token or self.user)


def chosen_login(given: str | None) -> Login:
    """What the environment variable holds that `env:NAME` names. Raises UsageError, which repeats nothing of it."""
    if given is None:
        return Login()
    name = given.removeprefix(_VARIABLE)
    if not given.startswith(_VARIABLE):
        raise UsageError("--login: name an environment variable, env:NAME, that holds a token or user:password")
    value = os.environ.get(name, "")
    if not value:
        raise UsageError(f"--login: the environment variable {name} is not set")
    user, colon, password = value.partition(":")
    return Login(user=user, password=password) if colon else Login(token=value)


class AirflowApi:
    """The API server at `address`. Every method raises `ApiError`."""

    def __init__(self, address: str, login: Login) -> None:
        self._address = address.rstrip("/")
        self._login = login
        self._token = login.token

    def health(self) -> Mapping[str, str | None]:
        """By part of Airflow, `healthy`, `unhealthy`, or None where there is none. Needs no login."""
        found = self._asked("GET", "/api/v2/monitor/health")
        return {part: answer.get("status") for part, answer in found.items()}

    def import_errors(self) -> tuple[tuple[str, str], ...]:
        """File and text of each."""
        return tuple(
            (str(error["filename"]), str(error["stack_trace"]).strip())
            for error in self._paged("/api/v2/importErrors", "import_errors")
        )

    def run_states(self) -> Mapping[str, Mapping[str, int]]:
        """By DAG, how many of its runs are in each state."""
        found = self._get("/api/v2/dagStats")["dags"]
        return {dag["dag_id"]: {each["state"]: each["count"] for each in dag["stats"]} for dag in found}

    def dags(self) -> Mapping[str, DagFacts]:
        """What Airflow knows of each DAG; of runs, the last ones of a DAG whose last run failed."""
        failing = [dag["dag_id"] for dag in self._dags(last_dag_run_state="failed")][:_MOST_FAILING]
        runs = {dag_id: self._last_runs(dag_id) for dag_id in failing}
        return {
            dag["dag_id"]: DagFacts(
                is_paused=dag["is_paused"],
                is_stale=dag["is_stale"],
                next_run_at=_moment(dag.get("next_dagrun_run_after")),
                runs=runs.get(dag["dag_id"], ()),
            )
            for dag in self._dags()
        }

    def _dags(self, **query: str) -> Iterator[Any]:
        return self._paged("/api/v2/dags", "dags", **query)

    def _last_runs(self, dag_id: str) -> tuple[DagRunFacts, ...]:
        query = urlencode({"order_by": "-run_after", "limit": 5})
        found = self._get(f"/api/v2/dags/{quote(dag_id)}/dagRuns?{query}")["dag_runs"]
        return tuple(
            DagRunFacts(
                run_id=run["dag_run_id"],
                state=run["state"],
                run_after=datetime.fromisoformat(run["run_after"]),
                started_at=_moment(run["start_date"]),
                ended_at=_moment(run["end_date"]),
            )
            for run in found
        )

    def _paged(self, path: str, key: str, **query: str) -> Iterator[Any]:
        offset = 0
        while True:
            found = self._get(f"{path}?{urlencode({**query, 'limit': _PAGE, 'offset': offset})}")
            yield from found[key]
            offset += _PAGE
            if not found[key] or offset >= found["total_entries"]:
                return

    def _get(self, path: str) -> Any:
        if not self._token:
            login = {"username": self._login.user, "password": self._login.password}
            self._token = self._asked("POST", "/auth/token", login)["access_token"]
        return self._asked("GET", path)

    def _asked(self, method: str, path: str, body: object = None) -> Any:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        try:
            request = urllib.request.Request(self._address + path, data, headers, method=method)
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise ApiError(_refusal(error.code)) from None
        except (OSError, ValueError) as error:
            cause = error.reason if isinstance(error, urllib.error.URLError) else error
            why = getattr(cause, "strerror", None) or ("no answer in time" if isinstance(cause, TimeoutError) else "")
            raise ApiError(f"No answer of Airflow at {self._address}: {why or 'what it says is no JSON'}.") from None


def _refusal(code: int) -> str:
    if code in (401, 403):
        return f"Airflow refuses the login (HTTP {code}): it needs to read DAGs, their runs and import errors."
    return f"Airflow answers HTTP {code}."


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
