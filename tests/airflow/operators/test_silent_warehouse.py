"""A step whose warehouse takes connections and never answers waits for it once, and for a short time."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowTaskTimeout

from summary_tables.airflow import step_connection
from summary_tables.airflow.operators.build import CreateOperator
from summary_tables.configs.config import Config
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError
from tests.silent_server import silent_server

_SECONDS = 2
_TABLE = SummaryTable(table="daily", schema="analytics", main_sql="SELECT 1 AS a", conn_id="silent")


@pytest.fixture(params=[False, True], ids=["at once", "after its greeting"])
def port(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[int]:
    with silent_server(greets=request.param) as port:
        given = {"conn_type": "postgres", "host": "127.0.0.1", "port": port, "login": "a", "password": "s3cret"}
        monkeypatch.setenv("AIRFLOW_CONN_SILENT", json.dumps(given))
        for name in ("ASIDE_CONNECT_SECONDS", "_ASIDE_SECONDS"):
            monkeypatch.setattr(step_connection, name, _SECONDS)
        yield port


def step() -> CreateOperator:
    config = Config(table=_TABLE, settings=Settings(), path=Path("dag_configs/daily.yaml"))
    return CreateOperator(task_id="create", config=config, sql=_TABLE.main_sql)


@pytest.mark.usefixtures("port")
def test_what_is_said_beside_the_step_waits_once(monkeypatch: pytest.MonkeyPatch) -> None:
    operator, asked = step(), list[object]()
    usable = step_connection.StepConnection._usable

    def spied(self: step_connection.StepConnection, most: int | None = None) -> object:
        asked.append(most)
        return usable(self, most)

    monkeypatch.setattr(step_connection.StepConnection, "_usable", spied)
    assert {operator._failure(error="It failed.").live for _ in range(4)} == {"The live table was not changed."}
    assert asked == [_SECONDS]
    with pytest.raises(WarehouseError) as raised, operator._warehouse.aside():
        pass
    assert (str(raised.value), raised.value.sqlstate) == ("The warehouse did not answer.", CONNECTION_LOST)


@pytest.mark.parametrize("port", [False], indirect=True)
def test_the_step_says_who_did_not_answer(port: int) -> None:
    with pytest.raises(WarehouseError) as raised:
        step()._warehouse.connect(_SECONDS)
    # How long it took, which is more than two on a busy machine.
    assert re.sub(r"within \d+ seconds", "in time", str(raised.value)).startswith(
        "Airflow could not connect to the warehouse with its connection `silent`: "
        f"127.0.0.1:{port} gave no answer in time. See whether these are host and port"
    )
    assert raised.value.may_pass


@pytest.mark.parametrize("port", [False], indirect=True)
@pytest.mark.usefixtures("port")
def test_nobody_is_asked_again_when_the_time_of_the_step_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[None] = []

    def ends(*_args: object, **_options: object) -> None:
        asked.append(None)
        raise AirflowTaskTimeout

    operator = step()
    monkeypatch.setattr("psycopg.Connection.connect", ends)
    with pytest.raises(AirflowTaskTimeout):
        operator._warehouse.connect()
    assert operator._failure(error="It took too long.").live == "The live table was not changed."
    assert asked == [None]
