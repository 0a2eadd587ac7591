"""What Airflow says of itself to the doctor."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from summary_tables.airflow.self_report import self_report
from summary_tables.model.airflow_report import SETTINGS, AirflowConnection, AirflowReport
from summary_tables.model.table import DEFAULT_POOL

GOOD = {"conn_type": "postgres", "host": "wh", "port": 5433, "login": "b", "password": "s3cret", "schema": "warehouse"}


@pytest.fixture
def report(metadata_database: None, monkeypatch: pytest.MonkeyPatch) -> AirflowReport:  # noqa: ARG001 - it has to be there
    monkeypatch.setenv("AIRFLOW_CONN_GOOD", json.dumps({**GOOD, "extra": {"sslmode": "require"}}))
    monkeypatch.setenv("AIRFLOW_CONN_BROKEN", "{")
    monkeypatch.setenv("AIRFLOW_VAR_SLACK_URL", " T0/B0/x ")
    return self_report(["good", "broken", "missing"], ["no_dag"])


def test_connections(report: AirflowReport) -> None:
    assert report.connections == {
        "good": AirflowConnection(
            type="postgres",
            host="wh",
            port=5433,
            login="b",
            password="s3cret",
            schema="warehouse",
            extra={"sslmode": "require"},
        ),
        "missing": None,
    }
    assert report.unreadable == {"broken": "what AIRFLOW_CONN_BROKEN holds is none"}
    assert report.slack_variable == "T0/B0/x"
    assert "s3cret" not in repr(report)
    assert "T0/B0/x" not in repr(report)


def test_settings_plugins_and_the_database(report: AirflowReport) -> None:
    assert report.settings.keys() == {f"{section}.{key}" for section, key in SETTINGS}
    assert report.settings["core.load_examples"] == "False"
    assert "summary_tables" in report.plugins
    assert (report.database_problem, report.plugin_errors) == ("", {})
    database = report.database
    assert database
    assert database.kind == "sqlite"
    assert database.known == ()
    assert database.pools == (DEFAULT_POOL,)
    assert database.began - timedelta(seconds=1) <= database.now <= database.ended + timedelta(seconds=1)


def test_it_is_read_as_it_was_written(report: AirflowReport) -> None:
    document = json.loads(json.dumps(asdict(report), default=datetime.isoformat))
    assert AirflowReport.from_document(document) == report
