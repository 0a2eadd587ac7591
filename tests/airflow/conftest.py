"""A real Airflow (metadata in SQLite) and a real warehouse, for tests that run a table's DAG in this process."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from demo import warehouse
from demo.airflow_environment import warehouse_connection
from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.airflow.notifiers.slack import notifier
from summary_tables.airflow.notifiers.slack.bot import BotMessage
from summary_tables.model.incident import Answer, Told
from tests.conftest import AIRFLOW_HOME, REPOSITORY
from tests.loaded_server import loaded_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A server with the warehouse's roles and sample data; Airflow's connection `warehouse` leads to it."""
    with loaded_server(tmp_path_factory) as (running, roles):
        os.environ["AIRFLOW_CONN_WAREHOUSE"] = warehouse_connection(running, roles)
        yield running


@pytest.fixture
def admin(server: EmbeddedPostgres) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's session in the warehouse, in autocommit mode."""
    with server.connect(warehouse.DATABASE) as session:
        yield session


@pytest.fixture(scope="session")
def metadata_database() -> None:
    from airflow.utils.db import initdb

    initdb()


@dataclass(frozen=True, slots=True)
class Project:
    """A deployment: `dags/` as in the repository, but over a folder of configs that belongs to the test."""

    configs: Path

    def add(self, name: str, **changes: Any) -> Path:
        """Copies a config of the repository, with some keys changed (None: taken out)."""
        data = yaml.safe_load((REPOSITORY / "dag_configs" / f"{name}.yaml").read_text("utf-8")) | changes
        return self.write(name, {key: value for key, value in data.items() if value is not None})

    def write(self, name: str, data: dict[str, Any]) -> Path:
        path = self.configs / f"{name}.yaml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
        return path

    def run(self, name: str, logical_date: datetime | None = None) -> Any:
        """Runs the table's DAG once in this process, as `airflow dags test` does; returns the DagRun."""
        from summary_tables.airflow.dag import build_dag
        from summary_tables.configs.config import read

        return build_dag(read(name, self.configs)).test(logical_date=logical_date)


@pytest.fixture
def project(
    metadata_database: None,  # noqa: ARG001 - it has to be there
    server: EmbeddedPostgres,
) -> Iterator[Project]:
    """An empty deployment without retries, in whose warehouse no check has ever failed."""
    with server.connect(warehouse.DATABASE) as session:
        session.execute("DROP TABLE IF EXISTS summary_tables.check_log")
    dags, configs = AIRFLOW_HOME / "dags", AIRFLOW_HOME / "dag_configs"
    dags.mkdir(exist_ok=True)
    configs.mkdir()
    (dags / "summary_table_dags.py").write_text(
        "from pathlib import Path\n"
        "from summary_tables.airflow.dag import dags_to_parse\n\n"
        f"globals().update(dags_to_parse(Path({str(configs)!r})))\n"
    )
    (configs / "defaults.yaml").write_text("retries: 0\n")
    yield Project(configs)
    shutil.rmtree(configs)


@pytest.fixture
def sent(admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Slack was told, in words; nothing is wrong with any table at first."""
    told: list[str] = []

    def send(wanted: BotMessage, _conn_id: str) -> Answer:
        told.append(wanted.message.words)
        return Told()

    admin.execute("DROP TABLE IF EXISTS summary_tables.incident_log, summary_tables.message_log")
    monkeypatch.setattr(notifier, "send", send)
    return told


def tell_digest() -> None:
    """What is told a day from now: the warnings of today."""
    from functools import partial

    from summary_tables.airflow.notifiers.notifier import tell
    from summary_tables.airflow.step_connection import StepConnection
    from summary_tables.alerts.deliver import deliver
    from summary_tables.model.settings import Settings
    from summary_tables.warehouse.session.session import begin_session

    connection = StepConnection("warehouse", Settings().warehouse).connect()
    with connection, begin_session(connection, Settings().warehouse).limited() as session:
        deliver(session, lambda: datetime.now(UTC) + timedelta(days=1), partial(tell, settings=Settings()))


def failed_tasks(run: Any) -> list[str]:
    """The ids of the failed tasks."""
    return sorted(ti.task_id for ti in run.get_task_instances() if ti.state == "failed")


def states(run: Any) -> dict[str, str]:
    """The state of each task by its id."""
    return {ti.task_id: str(ti.state) for ti in run.get_task_instances()}
