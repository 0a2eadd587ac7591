"""Pages while a warehouse cannot be asked: they say what the files say, and say so.

Of several connections in one folder each is asked once, and one that is away or slow concerns its own tables alone.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier
from typing import Any, Final

import psycopg
import pytest

from summary_tables.airflow.step_connection import StepConnection
from tests.airflow.pages.deployment import OPEN, Airflow, as_for_people, environment, forget
from tests.silent_server import silent_server

ELSEWHERE: Final = "analytics.elsewhere"
TOO_SLOW: Final = "The warehouse of the connection `{}` did not answer within 3 seconds."
AWAY: Final = "The warehouse of the connection `other` could not be asked; the log of the api-server says why."
NOWHERE: Final = '{"conn_type": "postgres", "host": "127.0.0.1", "port": 1, "password": "hunter2"}'


def problem(airflow: Airflow) -> str | None:
    found: str | None = airflow.page("admin", "/api/v1/tables").json()["warehouse_problem"]
    return found


def test_there(simple: Airflow) -> None:
    assert problem(simple) is None
    assert simple.page("admin", f"/api/v1/tables/{OPEN}/builds").json()["builds"]


def test_down(simple: Airflow, no_warehouse: None) -> None:  # noqa: ARG001 - it is gone
    words = "The warehouse of the connection `warehouse` could not be asked; the log of the api-server says why."
    assert problem(simple) == words
    for route in ("/", f"/tables/{OPEN}"):
        page = simple.page("admin", route)
        assert page.status_code == 200
        assert OPEN.rpartition(".")[2] in page.text
        assert "could not be asked" in page.text
        assert "hunter2" not in page.text
    assert simple.page("admin", f"/api/v1/tables/{OPEN}/builds").json()["builds"] is None


def test_no_connection(simple: Airflow) -> None:
    with environment(AIRFLOW_CONN_WAREHOUSE="{}"):
        assert problem(simple) == (
            "The warehouse of the connection `warehouse` could not be asked; the log of the api-server says why."
        )


def test_silent(simple: Airflow) -> None:
    with silent_server(greets=True) as port, as_for_people():
        connection = {"conn_type": "postgres", "host": "127.0.0.1", "port": port, "login": "x", "password": "hunter2"}
        with environment(AIRFLOW_CONN_WAREHOUSE=json.dumps(connection)):
            words = "The warehouse of the connection `warehouse` did not answer within 3 seconds."
            assert problem(simple) == words
            assert words.replace("`", "") in simple.page("admin", "/").text.replace("<code>", "").replace("</code>", "")


@pytest.fixture
def elsewhere(configs: Path) -> Iterator[None]:
    """A table of the connection `other`."""
    (configs / "defaults.yaml").write_text("retries: 0\nwarehouses: {other: {}}\n")
    file = configs / "elsewhere.yaml"
    file.write_text("table: elsewhere\nschema: analytics\nconn_id: other\nmain_sql: SELECT 1 AS one\n")
    yield
    file.unlink()
    (configs / "defaults.yaml").write_text("retries: 0\n")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The connections that are opened."""
    found: list[str] = []
    connect = StepConnection.connect

    def spied(self: StepConnection, *arguments: Any) -> Any:
        found.append(self._conn_id)
        return connect(self, *arguments)

    monkeypatch.setattr(StepConnection, "connect", spied)
    return found


def states(airflow: Airflow) -> dict[str, str]:
    found = airflow.page("admin", "/api/v1/tables").json()
    return {each["full_name"]: each["state"] for each in found["tables"]}


@pytest.mark.usefixtures("elsewhere")
def test_each_is_asked_once(simple: Airflow, asked: list[str]) -> None:
    with environment(AIRFLOW_CONN_OTHER=NOWHERE):
        states(simple)
        states(simple)
    assert sorted(asked) == ["other", "warehouse"]


@pytest.mark.usefixtures("elsewhere")
def test_one_is_away(simple: Airflow) -> None:
    with environment(AIRFLOW_CONN_OTHER=NOWHERE):
        assert problem(simple) == AWAY
        found = states(simple)
        assert found[ELSEWHERE] == "unknown"
        assert found[OPEN] != "unknown"
        assert "could not be asked" in simple.page("admin", f"/tables/{ELSEWHERE}").text
        assert "could not be asked" not in simple.page("admin", f"/tables/{OPEN}").text
        assert "could not be asked" in simple.page("admin", f"/tables/{ELSEWHERE}/rows").text
        assert simple.page("admin", f"/tables/{OPEN}/rows").text.count("<td>") == 1


@pytest.mark.usefixtures("elsewhere")
def test_two_that_are_silent_are_waited_for_at_once(simple: Airflow, monkeypatch: pytest.MonkeyPatch) -> None:
    both = Barrier(2, timeout=300)
    connect = StepConnection.connect

    def together(self: StepConnection, *arguments: Any) -> Any:
        both.wait()
        return connect(self, *arguments)

    monkeypatch.setattr(StepConnection, "connect", together)
    with silent_server(greets=True) as port, as_for_people():
        nobody = json.dumps({"conn_type": "postgres", "host": "127.0.0.1", "port": port, "login": "x"})
        with environment(AIRFLOW_CONN_WAREHOUSE=nobody, AIRFLOW_CONN_OTHER=nobody):
            words = str(problem(simple))
    assert not both.broken
    slow, other = map(TOO_SLOW.format, ("warehouse", "other"))
    assert words in (f"{slow} {other}", f"{other} {slow}")


@pytest.mark.usefixtures("elsewhere")
def test_slow_one_is_not_waited_for_and_its_answer_is_not_lost(
    simple: Airflow, admin: psycopg.Connection[Any], asked: list[str]
) -> None:
    with environment(AIRFLOW_CONN_OTHER=NOWHERE):
        with admin.transaction(), as_for_people():
            admin.execute("LOCK TABLE summary_tables.build_log IN ACCESS EXCLUSIVE MODE")
            assert TOO_SLOW.format("warehouse") in str(problem(simple))
            assert "did not answer within 3 seconds" in simple.page("admin", f"/tables/{OPEN}").text
        forget()
        assert states(simple)[OPEN] != "unknown"
    assert asked.count("warehouse") <= 2
