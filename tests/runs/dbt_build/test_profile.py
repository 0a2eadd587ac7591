"""What dbt is told of the warehouse: nothing secret stands in a file or on a command line."""

import json
from pathlib import Path

import pytest

from summary_tables.dbt.project_folder import ProjectFolder
from summary_tables.model.dbt_project import DbtSelection
from summary_tables.runs.dbt_build.command import build_command, freshness_command, parse_command
from summary_tables.runs.dbt_build.dbt_profile import Login, environment, profile_text

FOLDER = ProjectFolder(path=Path("/repository/dbt/shop"), name="shop", profile="of_shop")
SECRET = "s3cret-of-the-builder"
LOGIN = Login(
    host="10.0.0.9",
    port=6432,
    user="builder",
    password=SECRET,
    database="warehouse",
    options={
        "sslmode": "verify-full",
        "sslcert": "/etc/a.crt",
        "sslkey": "/etc/a.key",
        "sslrootcert": "/etc/ca.pem",
        "search_path": "raw",
        "role": "loader",
        "connect_timeout": 10,
        "keepalives_idle": "30",
        "retries": "many",
        "options": "-c work_mem=64MB",
        "target_session_attrs": "read-write",
        "cursor": "dictcursor",
    },
)


def test_profile_holds_no_value() -> None:
    text = profile_text("shop", "prod", LOGIN)
    assert not any(value in text for value in (SECRET, "10.0.0.9", "6432", "verify-full", "/etc/ca.pem"))
    names = {"host": "HOST", "user": "USER", "dbname": "DATABASE", "schema": "SCHEMA"}
    names |= {name: name.upper() for name in ("sslmode", "sslcert", "sslkey", "sslrootcert", "search_path", "role")}
    numbers = {name: name.upper() for name in ("port", "connect_timeout", "keepalives_idle")}
    values = {
        "type": "postgres",
        "application_name": "",
        "password": "{{ env_var('DBT_ENV_SECRET_SUMMARY_TABLES_PASSWORD') }}",
        **{key: f"{{{{ env_var('SUMMARY_TABLES_WAREHOUSE_{name}') }}}}" for key, name in names.items()},
        **{key: f"{{{{ env_var('SUMMARY_TABLES_WAREHOUSE_{name}') | as_number }}}}" for key, name in numbers.items()},
    }
    assert json.loads(text) == {"shop": {"target": "prod", "outputs": {"prod": values}}}


def test_variables_of_airflow_are_not_handed_on() -> None:
    inherited = {"PATH": "/bin", "AIRFLOW_CONN_WAREHOUSE": "postgres://x", "_AIRFLOW_Y": "1", "PGPASSWORD": "2"}
    inherited |= {"PYTHONPATH": "/opt/airflow", "PYTHONHOME": "/usr"}
    found = environment(LOGIN, "shop", "dbt shop run", inherited)
    assert found == {
        "PATH": "/bin",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "0",
        "DO_NOT_TRACK": "1",
        "DBT_USE_COLORS": "0",
        "PYTHONUNBUFFERED": "1",
        "SUMMARY_TABLES_WAREHOUSE_HOST": "10.0.0.9",
        "SUMMARY_TABLES_WAREHOUSE_PORT": "6432",
        "SUMMARY_TABLES_WAREHOUSE_USER": "builder",
        "SUMMARY_TABLES_WAREHOUSE_DATABASE": "warehouse",
        "SUMMARY_TABLES_WAREHOUSE_SCHEMA": "shop",
        "SUMMARY_TABLES_WAREHOUSE_SSLMODE": "verify-full",
        "SUMMARY_TABLES_WAREHOUSE_SSLCERT": "/etc/a.crt",
        "SUMMARY_TABLES_WAREHOUSE_SSLKEY": "/etc/a.key",
        "SUMMARY_TABLES_WAREHOUSE_SSLROOTCERT": "/etc/ca.pem",
        "SUMMARY_TABLES_WAREHOUSE_SEARCH_PATH": "raw",
        "SUMMARY_TABLES_WAREHOUSE_ROLE": "loader",
        "SUMMARY_TABLES_WAREHOUSE_CONNECT_TIMEOUT": "10",
        "SUMMARY_TABLES_WAREHOUSE_KEEPALIVES_IDLE": "30",
        "DBT_ENV_SECRET_SUMMARY_TABLES_PASSWORD": SECRET,
        "PGAPPNAME": "dbt shop run",
        "PGOPTIONS": "-c work_mem=64MB",
        "PGTARGETSESSIONATTRS": "read-write",
    }


def test_password_is_not_shown_with_the_record() -> None:
    assert SECRET not in repr(LOGIN)


def test_command_line() -> None:
    wanted = DbtSelection(
        project="dbt/shop", select=("tag:daily",), exclude=("tag:weekly",), threads=8, vars={"days": 3, "name": "김"}
    )
    assert build_command(Path("/dbt"), wanted, FOLDER, Path("/w")) == [
        *("/dbt", "--log-format", "json", "--log-level-file", "none", "--no-use-colors", "build"),
        *("--project-dir", ".", "--profiles-dir", "/w", "--profile", "of_shop", "--target", "prod"),
        *("--vars", '{"days": 3, "name": "김"}'),
        *("--target-path", "/w/target", "--log-path", "/w/logs", "--threads", "8"),
        *("--select", "tag:daily", "--exclude", "tag:weekly"),
    ]


@pytest.mark.parametrize("again", [("orders", "unique_orders_order_id")])
def test_next_try_selects_what_is_left(again: tuple[str, ...]) -> None:
    found = build_command(Path("/dbt"), DbtSelection(project="x", select=("tag:daily",)), FOLDER, Path("/w"), again)
    assert found[-3:] == ["--select", *again]


def test_other_commands() -> None:
    wanted = DbtSelection(project="x")
    assert freshness_command(Path("/dbt"), wanted, FOLDER, Path("/w"))[6:8] == ["source", "freshness"]
    command = parse_command(Path("/dbt"), wanted, FOLDER, Path("/w"))
    assert command[command.index("--target-path") + 1] == "target"
