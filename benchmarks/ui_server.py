"""Airflow's api-server with many tables, each of which has run many times, all in one embedded PostgreSQL."""

import http.client
import json
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from benchmarks import made_history
from benchmarks.made_history import Scale
from demo import metadata
from demo.airflow_environment import FIXED, METADATA_DATABASE, merged_with_callers, metadata_uri
from demo.embedded_postgres import EmbeddedPostgres
from demo.port_reservation import reserved_port
from demo.processes import mark, stop
from summary_tables.model.settings import Warehouse

REPOSITORY: Final = Path(__file__).parents[1]
WAREHOUSE: Final = "warehouse"

_AIRFLOW: Final = (sys.executable, "-m", "airflow")
_MOST_SECONDS: Final = 300
_PACKAGES_FOLDER: Final = str(REPOSITORY / "plugins")

# As the scheduler leaves them: the runs of which the logs in the warehouse tell.
_DAG_RUNS: Final = """\
INSERT INTO dag_run (dag_id, run_id, run_type, state, logical_date, run_after, start_date, end_date, queued_at,
    data_interval_start, data_interval_end, triggered_by, clear_number, span_status, created_dag_version_id,
    created_at, updated_at, conf, log_template_id)
SELECT d.dag_id, 'scheduled__' || TO_CHAR(due, 'YYYY-MM-DD"T"HH24:MI:SS') || '+00:00', 'scheduled',
    CASE WHEN t % 50 = 7 AND {runs} - r < 3 OR t % 5 = 2 AND r = {runs} / 2 THEN 'failed' ELSE 'success' END,
    due - INTERVAL '1 day', due, due + INTERVAL '2 seconds', due + INTERVAL '40 seconds', due, due - INTERVAL '1 day',
    due, 'TIMETABLE', 0, 'not_started', v.id, due, due, '{{}}', (SELECT MAX(id) FROM log_template)
FROM dag d
JOIN dag_version v ON v.dag_id = d.dag_id
CROSS JOIN LATERAL (SELECT RIGHT(d.dag_id, 4)::int AS t) number
CROSS JOIN generate_series(1, {runs}) r
CROSS JOIN LATERAL (
    SELECT TIMESTAMPTZ '{first} 03:00:00+00' + (r - 1) * INTERVAL '1 day' + t % 60 * INTERVAL '1 minute' AS due
) run
WHERE t % 100 <> 11 AND NOT (t % 40 = 9 AND {runs} - r < 3);
UPDATE dag SET next_dagrun_create_after = last.due + INTERVAL '1 day'
FROM (SELECT dag_id, MAX(run_after) AS due FROM dag_run GROUP BY dag_id) last WHERE last.dag_id = dag.dag_id;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`first_byte` is seconds from the request, `cpu` those that the api-server worked for it."""

    status: int
    first_byte: float
    cpu: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UiServer:
    """Somebody who may do everything asks it."""

    port: int
    token: str
    process: int

    def get(self, path: str) -> Answer:
        """One answer, on a connection of its own, not compressed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_MOST_SECONDS)
        with closing(connection):
            worked, start = self._worked(), time.perf_counter()
            connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
            response = connection.getresponse()
            first_byte = time.perf_counter() - start
            size = len(response.read())
            return Answer(status=response.status, first_byte=first_byte, cpu=self._worked() - worked, size=size)

    def _worked(self) -> float:
        service = psutil.Process(self.process)
        return sum(sum(process.cpu_times()[:2]) for process in (service, *service.children(recursive=True)))


@contextmanager
def ui_server(root: Path, scale: Scale) -> Iterator[UiServer]:
    """Starts it in the folder `root`; stops it at the end."""
    made_history.write_files(root / "dag_configs", scale)
    # The other DAG file only says what is wrong, such as that this machine is too slow.
    (root / "dags").mkdir()
    shutil.copy(REPOSITORY / "dags" / "summary_table_dags.py", root / "dags")
    with EmbeddedPostgres(root / "postgres") as server, reserved_port() as port:
        environment = _environment(root, server, port)
        _run(environment, root, *_AIRFLOW, "db", "migrate")
        _run(environment, root, sys.executable, "-m", "benchmarks.ui_metadata", str(root / "dags"))
        _fill(server, scale)
        with (root / "api-server.log").open("wb") as log:
            service = subprocess.Popen(
                [*_AIRFLOW, "api-server"], env=environment, cwd=root, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield UiServer(port=port, token=_token(port, service, root), process=service.pid)
        finally:
            if found := mark(service.pid):
                stop(found)


def _environment(root: Path, server: EmbeddedPostgres, port: int) -> dict[str, str]:
    password = metadata.set_up(server)
    address = f"http://127.0.0.1:{port}"
    warehouse = {"conn_type": "postgres", "host": server.host, "port": server.port, "login": "postgres"}
    return merged_with_callers(
        {
            **FIXED,
            "PYTHONPATH": f"{REPOSITORY}:{_PACKAGES_FOLDER}",
            "AIRFLOW_HOME": str(root / "airflow"),
            "AIRFLOW__CORE__DAGS_FOLDER": str(root / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": _PACKAGES_FOLDER,
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata_uri(server, password),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__BASE_URL": address,
            "AIRFLOW__API__SECRET_KEY": secrets.token_hex(),
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(),
            "AIRFLOW_CONN_WAREHOUSE": json.dumps({**warehouse, "password": server.password, "schema": WAREHOUSE}),
        }
    )


def _run(environment: dict[str, str], root: Path, *command: str) -> None:
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")


def _fill(server: EmbeddedPostgres, scale: Scale) -> None:
    with server.connect() as session:
        session.execute(f"CREATE DATABASE {WAREHOUSE}".encode())
    with server.connect(WAREHOUSE) as session:
        session.execute(f"CREATE SCHEMA {made_history.SCHEMA}".encode())
        made_history.fill_logs(session, scale, Warehouse())
    with server.connect(METADATA_DATABASE) as session:
        session.execute(_DAG_RUNS.format(runs=scale.runs, first=scale.first_day.isoformat()).encode())
        session.execute(b"ANALYZE")


def _token(port: int, service: subprocess.Popen[bytes], root: Path) -> str:
    end = time.monotonic() + _MOST_SECONDS
    while service.poll() is None and time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_MOST_SECONDS)
        try:
            connection.request("GET", "/auth/token")
            return str(json.loads(connection.getresponse().read())["access_token"])
        except OSError:
            time.sleep(0.5)
        finally:
            connection.close()
    raise RuntimeError(f"the api-server does not start:\n{(root / 'api-server.log').read_text('utf-8')[-3000:]}")
