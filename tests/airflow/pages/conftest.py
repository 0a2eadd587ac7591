"""One deployment for the tests of a module, and an Airflow with each auth manager."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo import warehouse
from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.airflow.pages import warehouse_answers
from tests.airflow.pages.deployment import (
    Airflow,
    environment,
    fab_airflow,
    forget,
    simple_airflow,
    write_configs,
    write_dag_file,
)


@pytest.fixture(scope="module")
def configs(
    server: EmbeddedPostgres,
    metadata_database: None,  # noqa: ARG001 - it has to be there
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The folder of a deployment whose tables have been built: `open_table` three times."""
    from summary_tables.airflow.dag import build_dag
    from summary_tables.configs.config import read

    home = tmp_path_factory.mktemp("pages")
    configs = home / "dag_configs"
    write_configs(configs)
    write_dag_file(configs)
    with server.connect(warehouse.DATABASE) as session:
        session.execute("DROP TABLE IF EXISTS summary_tables.check_log")
    for name, days in {"secret_table": 1, "open_table": 3, "secret_reader": 1}.items():
        for day in range(days):
            build_dag(read(name, configs)).test(logical_date=datetime(2026, 11, 20 + day, tzinfo=UTC))
    yield configs
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def fab(configs: Path) -> Iterator[Airflow]:
    with fab_airflow(configs) as airflow:
        yield airflow


@pytest.fixture(scope="module")
def simple(configs: Path) -> Iterator[Airflow]:
    with simple_airflow(configs) as airflow:
        yield airflow


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    forget()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that does come may be late on a busy machine: see `as_for_people`."""
    monkeypatch.setattr(warehouse_answers, "SECONDS", 300.0)
    monkeypatch.setattr(warehouse_answers, "_CONNECT_SECONDS", 300)


@pytest.fixture
def no_warehouse() -> Iterator[None]:
    """Airflow's connection leads nowhere."""
    nowhere = '{"conn_type": "postgres", "host": "127.0.0.1", "port": 1, "password": "hunter2"}'
    with environment(AIRFLOW_CONN_WAREHOUSE=nowhere):
        yield
