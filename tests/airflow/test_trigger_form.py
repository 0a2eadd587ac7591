"""The fields of Airflow's trigger form: what they put into a run's configuration, and what they do not cost."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from airflow.sdk.definitions.param import process_params
from airflow.sdk.exceptions import ParamValidationError
from airflow.serialization.serialized_objects import DagSerialization

from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import Config, from_data
from summary_tables.runs.roll_back import wanted_roll_back
from summary_tables.runs.run_configuration import wanted_full_refresh, why_refused

SMALLEST = {"table": "t", "schema": "s", "main_sql": "SELECT 1 AS one"}


def config(**keys: Any) -> Config:
    return from_data({**SMALLEST, **keys}, {}, Path("dag_configs/t.yaml"))


def on_the_server(found: Config) -> Any:
    """The DAG as Airflow's server knows it."""
    return DagSerialization.from_dict(DagSerialization.to_dict(build_dag(found)))


def fields(found: Config) -> dict[str, tuple[Any, str]]:
    """What the form shows: the value, by whose type a field without one is a switch or a line, and the title."""
    params = on_the_server(found).params
    shown = {key: params.get_param(key) for key in params}
    assert not any("type" in param.schema for param in shown.values())
    return {key: (param.value, param.schema["title"]) for key, param in shown.items()}


ROLL_BACK = {"roll_back_to": ("", "Roll back to")}
FULL_REFRESH = {"full_refresh": (False, "Full refresh")}


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({}, ROLL_BACK),
        ({"refresh": "append"}, FULL_REFRESH | ROLL_BACK),
        ({"refresh": "append", "full_refresh": False}, ROLL_BACK),
    ],
)
def test_a_field_for_what_a_run_of_the_table_can_be_asked(keys: dict[str, Any], shown: dict[str, Any]) -> None:
    assert fields(config(**keys)) == shown


def test_what_the_form_sends_untouched_is_an_ordinary_run() -> None:
    found = config(refresh="append")
    sent = {key: value for key, (value, *_) in fields(found).items()}
    assert (why_refused(sent, found.table), wanted_roll_back(sent), wanted_full_refresh(sent)) == ("", "", False)


@pytest.mark.parametrize(
    "configuration",
    [
        {},
        {"roll_back_to": "2026-11-21 03:00 UTC"},
        {"Roll back to": 20261121},
        {"roll_back_to": False, "full_refresh": "yes"},
        {"data_interval_start": "2026-11-21", "data_interval_end": "2026-11-22"},
        {"nonsense": [1]},
    ],
)
def test_the_server_takes_every_configuration_that_it_took_without_fields(configuration: dict[str, Any]) -> None:
    on_the_server(config(refresh="append")).params.deep_merge(configuration).validate()


def test_the_server_refuses_what_no_run_could_mean() -> None:
    with pytest.raises(ParamValidationError):
        on_the_server(config()).params.deep_merge({"roll_back_to": ["a"]}).validate()


def test_neither_a_parse_nor_a_task_asks_a_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    def validate(*_: object, **__: object) -> None:
        raise AssertionError("a schema validator was asked")

    monkeypatch.setattr(jsonschema, "validate", validate)
    dag = build_dag(config(refresh="append", schedule="@daily"))
    dag.validate()  # type: ignore[no-untyped-call]  # Airflow has not typed it
    given = process_params(dag, dag.tasks[0], {"roll_back_to": "yesterday"}, suppress_exception=False)
    assert given == {"full_refresh": False, "roll_back_to": "yesterday"}


def test_tasks_have_no_fields_of_their_own() -> None:
    """Airflow would copy those of the DAG into each while it is built, and store them as often."""
    assert [dict(task.params) for task in build_dag(config()).tasks] == [{}, {}]
