"""Airflow's own DAG processor with many tables, it and its metadata database on one core.

The metadata stand in PostgreSQL. FabAuthManager, if it is asked for, stores rights for every DAG.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from benchmarks import config_files
from benchmarks.examples import examples
from demo import metadata
from demo.airflow_environment import METADATA_DATABASE, merged_with_callers, metadata_uri
from demo.embedded_postgres import EmbeddedPostgres
from demo.processes import mark, stop

REPOSITORY = Path(__file__).parents[1]


AUTH_MANAGERS = {
    "simple": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
    "fab": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the engineer who runs Airflow chooses: the limit for a reading, and for how long a DAG may be unread."""

    auth_manager: str
    limit_seconds: int
    stale_seconds: int
    interval_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What Airflow has stored: all DAGs, those that people see; when the first of them was stored last, and when the
    service, which does nothing else while it stores, last gave a sign of life."""

    stored: int
    visible: int
    last_stored: float
    last_sign: float


@dataclass(slots=True, kw_only=True)
class ProcessorService:
    """The service while it runs. `megabytes`: the most seen so far of the service itself, and of a reading."""

    root: Path
    process: psutil.Process
    session: psycopg.Connection
    megabytes: dict[str, float] = field(default_factory=lambda: {"service": 0, "reading": 0})

    @property
    def configs(self) -> Path:
        return self.root / "dag_configs"

    def seen(self) -> Seen:
        """Asks the database; notes the memory on the way."""
        self._note_memory()
        row = self.session.execute(_SEEN).fetchone()
        assert row
        stored, visible, last_stored, last_sign = row
        return Seen(stored=stored, visible=visible, last_stored=float(last_stored), last_sign=float(last_sign))

    def import_errors(self) -> tuple[str, ...]:
        return tuple(text for (text,) in self.session.execute("SELECT stacktrace FROM import_error ORDER BY filename"))

    def cpu(self) -> tuple[float, float]:
        """CPU seconds so far: of all readings that ended, and of the service itself, which stores what they found."""
        times = self.process.cpu_times()
        return times.children_user + times.children_system, times.user + times.system

    def reading(self) -> psutil.Process | None:
        """The process that reads all files, once it has worked for some seconds."""
        for child in self.process.children():
            with suppress(psutil.Error):
                if sum(child.cpu_times()[:2]) > _WORKED_SECONDS:
                    return child
        return None

    def _note_memory(self) -> None:
        self._note("service", self.process)
        for child in self.process.children():
            self._note("reading", child)

    def _note(self, name: str, process: psutil.Process) -> None:
        with suppress(psutil.Error):
            self.megabytes[name] = max(self.megabytes[name], process.memory_info().rss / 1024**2)


_WORKED_SECONDS = 2
_SEEN = """
SELECT (SELECT count(DISTINCT dag_id) FROM serialized_dag), count(*) FILTER (WHERE NOT is_stale),
       coalesce(extract(epoch FROM min(last_parsed_time)), 0),
       (SELECT coalesce(extract(epoch FROM max(latest_heartbeat)), 0) FROM job WHERE job_type = 'DagProcessorJob')
FROM dag
"""


@contextmanager
def processor_service(root: Path, tables: int, setting: Setting, core: int) -> Iterator[ProcessorService]:
    """Starts it in the folder `root`, on one core; stops it at the end."""
    os.sched_setaffinity(0, {core})
    _write_repository(root, tables)
    with EmbeddedPostgres(root / "postgres") as server:
        password = metadata.set_up(server)
        environment = _environment(root, setting, metadata_uri(server, password))
        _migrate(root, environment)
        service = _start(root, environment)
        try:
            with server.connect(METADATA_DATABASE) as session:
                yield ProcessorService(root=root, process=psutil.Process(service.pid), session=session)
        finally:
            if found := mark(service.pid):
                stop(found)


def _write_repository(root: Path, tables: int) -> None:
    config_files.write(root / "dag_configs", examples(tables))
    shutil.copytree(REPOSITORY / "dags", root / "dags", ignore=shutil.ignore_patterns("__pycache__"))


def _environment(root: Path, setting: Setting, database: str) -> dict[str, str]:
    return merged_with_callers(
        {
            "AIRFLOW_HOME": str(root / "airflow"),
            "AIRFLOW__CORE__AUTH_MANAGER": AUTH_MANAGERS[setting.auth_manager],
            "AIRFLOW__CORE__DAGS_FOLDER": str(root / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
            "AIRFLOW__CORE__DAGBAG_IMPORT_ERROR_TRACEBACKS": "False",
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database,
            "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": str(setting.limit_seconds),
            "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD": str(setting.stale_seconds),
            "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": str(setting.interval_seconds),
            "AIRFLOW__DAG_FACTORY__ENABLE_TELEMETRY": "False",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "DO_NOT_TRACK": "1",
        }
    )


def _migrate(root: Path, environment: dict[str, str]) -> None:
    done = subprocess.run([*_AIRFLOW, "db", "migrate"], env=environment, cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"Airflow's database could not be made:\n{done.stderr[-3000:]}")


def _start(root: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with (root / "dag-processor.log").open("wb") as log:
        return subprocess.Popen(
            [*_AIRFLOW, "dag-processor"], env=environment, cwd=root, stdout=log, stderr=log, start_new_session=True
        )


_AIRFLOW = (sys.executable, "-m", "airflow")
