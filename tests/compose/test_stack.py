"""The services of docker-compose.yaml, with the commands and environments they have there, build a table."""

import filecmp
import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import httpx
import psycopg
import pytest
import redis

from tests.compose.airflow_api import AirflowApi
from tests.compose.env_example import new_environment
from tests.compose.stack import Stack

PROFILES = frozenset({"warehouse", "flower"})
WORKER = "airflow-worker-1"


@pytest.mark.end_to_end
@pytest.mark.timeout(3600)
def test_a_worker_builds_a_table_and_strangers_are_refused(tmp_path: Path) -> None:
    with Stack(tmp_path / "stack", new_environment(), PROFILES) as stack:
        check_table_is_built(stack)
        check_old_runs_go(stack)
        check_variable_is_set_and_the_doctor_finds_nothing(stack)
        check_strangers_are_refused(stack)
    check_read_only_folders(stack)


def check_table_is_built(stack: Stack) -> None:
    api = AirflowApi(url(stack), "admin", stack.environment["_AIRFLOW_WWW_USER_PASSWORD"])
    assert api.wait_for_dag("nps_summary")["is_paused"] is False
    assert api.import_errors() == []
    tasks = api.wait("nps_summary", api.first_run("nps_summary"))
    failures = {task["task_id"]: api.log(task) for task in tasks if task["state"] == "failed"}
    assert failures == {}
    assert {task["state"] for task in tasks} == {"success"}
    assert {task["hostname"] for task in tasks} == {WORKER}
    with builder(stack) as session:
        found = session.execute("SELECT COUNT(*), MIN(date), MAX(date) FROM analytics.nps_summary").fetchone()
        expected = session.execute(
            "SELECT COUNT(DISTINCT LEFT(created_at, 10)), MIN(LEFT(created_at, 10)), MAX(LEFT(created_at, 10))"
            " FROM raw_data.nps"
        ).fetchone()
    assert found == expected


def check_old_runs_go(stack: Stack) -> None:
    """By the command of the service that cleans, which waits before it does so, and between two times."""
    *_, script = stack.containers["airflow-db-cleaner"][0].service.command
    line = re.search(r"airflow (db clean .+?) *\\\n +(.+)", script)
    assert line
    arguments = f"{line[1]} {line[2]}"
    with metadata(stack) as session:
        session.execute("INSERT INTO log (dttm, event) VALUES (now() - INTERVAL '2 years', 'of two years ago')")
    before = subprocess.run(["bash", "-c", f"echo {arguments}"], capture_output=True, text=True, check=True)
    done = stack.run("airflow-cli", *before.stdout.split(), suffix="clean")
    assert done.returncode == 0, done.stderr
    with metadata(stack) as session:
        assert session.execute("SELECT COUNT(*) FROM log WHERE event = 'of two years ago'").fetchone() == (0,)
        assert session.execute("SELECT COUNT(*) > 0 FROM dag_run").fetchone() == (True,)


def check_variable_is_set_and_the_doctor_finds_nothing(stack: Stack) -> None:
    """The variable by its name in the environment; the doctor as docs/operations.md says it, in a container."""
    call = 'echo "$AIRFLOW_VAR_DATA_DIR"; PYTHONPATH=/opt/airflow/plugins python -m summary_tables doctor'
    done = stack.run("airflow-cli", "bash", "-c", call, suffix="doctor")
    folder = tmp_root(stack, "airflow-cli-doctor") / "data"
    assert done.stdout == f"{folder}\nNothing is wrong with 1 file, 1 warehouse and Airflow.\n", done.stderr


def metadata(stack: Stack) -> psycopg.Connection:
    address = f"postgresql://airflow@127.0.0.1:{stack.ports['postgres']}/airflow"
    return psycopg.connect(address, password=stack.environment["POSTGRES_PASSWORD"], autocommit=True)


def check_strangers_are_refused(stack: Stack) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        AirflowApi(url(stack), "admin", "airflow")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"http://127.0.0.1:{stack.ports['flower']}/api/workers")
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis(port=stack.ports["redis"]).ping()
    for service, user in (("postgres", "airflow"), ("warehouse", "postgres"), ("warehouse", "builder")):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host="127.0.0.1", port=stack.ports[service], user=user, password=user, dbname="postgres")
    with builder(stack) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("DELETE FROM raw_data.nps")


def check_read_only_folders(stack: Stack) -> None:
    """A container's copies of the read-only folders still equal the project's."""
    for container in (container for group in stack.containers.values() for container in group):
        for mount in container.service.mounts:
            if mount.read_only:
                assert differences(Path(mount.source), container.root / mount.target[1:]) == []


def differences(original: Path, copy: Path) -> list[str]:
    return _differences(filecmp.dircmp(original, copy, ignore=["__pycache__", "summary_tables.egg-info"]))


def _differences(comparison: "filecmp.dircmp[str]") -> list[str]:
    deeper = [name for sub in comparison.subdirs.values() for name in _differences(sub)]
    return [*comparison.diff_files, *comparison.right_only, *deeper]


def builder(stack: Stack) -> psycopg.Connection:
    address = f"postgresql://builder@127.0.0.1:{stack.ports['warehouse']}/warehouse"
    return psycopg.connect(address, password=stack.environment["WAREHOUSE_PASSWORD"])


def tmp_root(stack: Stack, container: str) -> Path:
    return stack.project.parent / container / "opt" / "airflow"


def url(stack: Stack) -> str:
    return f"http://127.0.0.1:{stack.ports['airflow-apiserver']}"
