"""A set-up in which nothing is wrong, made up; tests change a part of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from summary_tables.commands.doctor.setup import Setup, SlackConnection, Warehouse
from summary_tables.configs.folder import read_folder
from summary_tables.model.airflow_report import AirflowConnection, AirflowDatabase, AirflowReport
from summary_tables.model.settings import Settings
from summary_tables.model.watcher import WATCHER
from summary_tables.warehouse.diagnosis import Diagnosis

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TABLES = ("mau_summary", "nps_summary")

DIAGNOSIS = Diagnosis(
    role="builder",
    is_superuser=False,
    version=180001,
    began=NOW,
    now=NOW + timedelta(milliseconds=1),
    ended=NOW + timedelta(milliseconds=2),
    schemas={"analytics": True, "summary_tables": True},
    old_logs={},
    foreign_logs={},
)
DATABASE = AirflowDatabase(
    kind="postgresql",
    began=NOW,
    now=NOW,
    ended=NOW,
    alive={"SchedulerJob": True, "DagProcessorJob": True, "TriggererJob": None},
    known=(*TABLES, WATCHER),
    pools=("default_pool", "heavy"),
)
REPORT = AirflowReport(
    settings={
        "api.base_url": "https://airflow.example.com",
        "api.instance_name": "production",
        "core.dagbag_import_error_tracebacks": "False",
        "core.dags_are_paused_at_creation": "False",
        "core.dags_folder": "/srv/tables/dags",
        "core.load_examples": "False",
        "core.parallelism": "32",
        "dag_processor.dag_file_processor_timeout": "50",
        "dag_processor.min_file_process_interval": "30",
        "dag_processor.stale_dag_threshold": "50",
    },
    connections={"warehouse": AirflowConnection(type="postgres", host="wh", login="builder", schema="warehouse")},
    plugins=("summary_tables",),
    database=DATABASE,
)
VERSIONS = {
    "apache-airflow": "3.3.2",
    "apache-airflow-providers-common-sql": "2.4.0",
    "apache-airflow-providers-postgres": "6.8.0",
    "apache-airflow-providers-slack": "9.11.1",
    "dag-factory": "1.1.0",
    "psycopg": "3.3.2",
}


def made_setup(folder: Path, *, tables: tuple[str, ...] = TABLES) -> Setup:
    """Writes the files into `folder`."""
    for table in tables:
        text = f"table: {table}\nschema: analytics\nowner: growth\nschedule: none\nmain_sql: SELECT 1 AS one\n"
        (folder / f"{table}.yaml").write_text(text)
    return Setup(
        folder=read_folder(folder),
        settings=Settings(),
        airflow=REPORT,
        warehouses={
            "warehouse": Warehouse(
                called="The connection `warehouse`",
                tables=tuple(f"analytics.{table}" for table in tables),
                answer=DIAGNOSIS,
            )
        },
        versions=VERSIONS,
        files=frozenset({"summary_table_dags.py", "config_problems.py", "summary_tables_watch.py"}),
        slack={"slack_default": SlackConnection()},
    )


def with_settings(setup: Setup, **settings: str) -> Setup:
    """Airflow's, as `core__parallelism`."""
    assert setup.report
    named = {name.replace("__", "."): value for name, value in settings.items()}
    return replace(setup, airflow=replace(setup.report, settings={**setup.report.settings, **named}))


def with_database(setup: Setup, **changes: Any) -> Setup:
    return replace(setup, airflow=replace(REPORT, database=replace(DATABASE, **changes)))


def with_diagnosis(setup: Setup, **changes: Any) -> Setup:
    warehouse = setup.warehouses["warehouse"]
    return replace(setup, warehouses={"warehouse": replace(warehouse, answer=replace(DIAGNOSIS, **changes))})
