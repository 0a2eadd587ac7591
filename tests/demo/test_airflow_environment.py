import subprocess
from pathlib import Path

import pytest

from demo.airflow_environment import Folders, Secrets, airflow_environment, env_sh_text, merged_with_callers

SECRETS = Secrets(fernet_key="fernet", jwt_secret="jwt", api_secret="api", admin_password="admin")


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    folders = Folders(repository=Path("/repo"), home=tmp_path / "airflow", data=tmp_path / "da'ta $HOME")
    return airflow_environment(
        folders,
        SECRETS,
        address="http://127.0.0.1:18080",
        metadata_uri="postgresql+psycopg2://airflow:p%40ss@/airflow?host=/socket&port=5432",
        warehouse_connection='{"conn_type": "postgres", "password": "it\'s"}',
    )


def test_env_sh_gives_a_shell_these_variables_and_no_other_of_airflow(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    (tmp_path / "env.sh").write_text(env_sh_text(variables, Path("/the env/bin")))
    shell = {"PATH": "/usr/bin:/bin", "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor", "AIRFLOW_CONN_OTHER": "x"}
    done = subprocess.run(
        ["sh", "-c", '. "$1"; env -0', "sh", tmp_path / "env.sh"], env=shell, capture_output=True, text=True, check=True
    )
    found = dict(line.split("=", 1) for line in done.stdout.split("\0") if line)
    assert found.pop("PATH") == "/the env/bin:/usr/bin:/bin"
    assert {name: found[name] for name in variables} == variables
    assert {name for name in found if "AIRFLOW" in name} == {name for name in variables if "AIRFLOW" in name}


def test_everything_listens_on_the_loopback_address(variables: dict[str, str]) -> None:
    assert variables["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert variables["AIRFLOW__API__PORT"] == "18080"
    assert variables["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:18080/execution/"


def test_nothing_is_reported_to_anyone(variables: dict[str, str]) -> None:
    assert variables["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] == "False"
    assert variables["AIRFLOW__DAG_FACTORY__ENABLE_TELEMETRY"] == "False"
    assert variables["DO_NOT_TRACK"] == "1"


def test_the_callers_airflow_and_proxy_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setenv("_AIRFLOW_PROCESS_CONTEXT", "client")
    monkeypatch.setenv("PGPASSWORD", "theirs")
    monkeypatch.setenv("no_proxy", "intranet")
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    merged = merged_with_callers({"AIRFLOW_HOME": "/ours"})
    assert {name for name in merged if name.startswith(("AIRFLOW", "_AIRFLOW", "PG"))} == {"AIRFLOW_HOME"}
    assert merged["no_proxy"] == merged["NO_PROXY"] == "intranet,127.0.0.1,localhost"
    assert merged["LANG"] == "ko_KR.UTF-8"
