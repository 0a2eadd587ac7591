"""Pages while the warehouse cannot be asked: they say what the files say, and say so."""

import json

from tests.airflow.pages.deployment import OPEN, Airflow, environment
from tests.silent_server import silent_server


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
    with silent_server(greets=True) as port:
        connection = {"conn_type": "postgres", "host": "127.0.0.1", "port": port, "login": "x", "password": "hunter2"}
        with environment(AIRFLOW_CONN_WAREHOUSE=json.dumps(connection)):
            words = "The warehouse of the connection `warehouse` did not answer within 3 seconds."
            assert problem(simple) == words
            assert words.replace("`", "") in simple.page("admin", "/").text.replace("<code>", "").replace("</code>", "")
