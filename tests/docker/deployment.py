"""A server whose tables are built, and what must hold whatever happens to it."""

import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.compose.airflow_api import AirflowApi
from tests.docker.server import Server, until

SLOW = "slow"
SMALL = ("small_1", "small_2", "small_3", "small_4")
# All rows of a build carry the same moment. How long it takes stands in a table, so that not every run needs as long.
SLOW_SQL = """
WITH paused AS MATERIALIZED (SELECT clock_timestamp() AS built_at, pg_sleep(seconds) FROM raw_data.pause)
SELECT n, built_at FROM paused CROSS JOIN generate_series(1, 1000) AS n
"""
SHARED: dict[str, object] = {"schema": "analytics", "schedule": "none", "retries": 5, "retry_delay_minutes": 0}
CONFIGS: dict[str, dict[str, object]] = {
    "defaults": {"owner": "tests", "conn_id": "warehouse"},
    SLOW: SHARED | {"table": SLOW, "main_sql": SLOW_SQL},
    **{name: SHARED | {"table": name, "main_sql": "SELECT 1 AS one"} for name in SMALL},
}
COMPLETE = "1000|1"
READ = f"SELECT COUNT(*), COUNT(DISTINCT built_at) FROM analytics.{SLOW}"
BUILD_SECONDS = 20


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """A server whose tables were all built once."""

    server: Server
    api: AirflowApi

    def pause(self, seconds: int) -> None:
        """How long the query of the slow table takes from now on."""
        self.server.sql(f"UPDATE raw_data.pause SET seconds = {seconds}")

    def built_at(self) -> str:
        """When the rows that readers see were built."""
        return self.server.sql(f"SELECT MAX(built_at) FROM analytics.{SLOW}")

    def is_building(self, run_id: str) -> bool:
        """Is the query of this run of the slow table running?"""
        found = "SELECT COUNT(*) FROM pg_stat_activity WHERE usename = 'builder' AND wait_event = 'PgSleep'"
        return self.create(run_id)["state"] == "running" and self.server.sql(found) == "1"

    def queued(self) -> str:
        """How many tasks are in the queue; nothing while Redis does not answer."""
        try:
            return self.server.compose("exec", "-T", "redis", "redis-cli", "llen", "default").strip()
        except subprocess.CalledProcessError:
            return ""

    def create(self, run_id: str) -> dict[str, Any]:
        """The step `create` of a run of the slow table."""
        return next(task for task in self.api.tasks(SLOW, run_id) if task["task_id"] == "create")

    def succeeds(self, dag_id: str, run_id: str) -> None:
        tasks = self.api.wait(dag_id, run_id)
        assert {task["task_id"]: self.api.log(task) for task in tasks if task["state"] != "success"} == {}


@contextmanager
def deployed(home: Path) -> Iterator[Deployment]:
    """All of it, for as long as the block runs. `home` is a new folder."""
    with Server(home, CONFIGS) as server:
        server.sql("CREATE TABLE raw_data.pause AS SELECT 0 AS seconds")
        server.sql("GRANT SELECT ON raw_data.pause TO builder")
        deployment = Deployment(server=server, api=server.api())
        for name in (SLOW, *SMALL):
            deployment.api.wait_for_dag(name)
        deployment.succeeds(SLOW, deployment.api.start(SLOW))
        yield deployment


@contextmanager
def building(deployment: Deployment) -> Iterator[str]:
    """A run whose query is running, by its name. Something happens to it, and then it is looked at what must hold."""
    before = deployment.built_at()
    deployment.pause(BUILD_SECONDS)
    run_id = deployment.api.start(SLOW)
    until(lambda: deployment.is_building(run_id), "the query runs")
    with reading(deployment.server) as seen:
        yield run_id
        deployment.succeeds(SLOW, run_id)
    assert set(seen) == {COMPLETE}
    after = deployment.built_at()
    assert after > before
    deployment.pause(0)
    deployment.succeeds(SLOW, deployment.api.start(SLOW))
    assert deployment.built_at() > after
    assert deployment.server.sql(READ) == COMPLETE


@contextmanager
def reading(server: Server) -> Iterator[list[str]]:
    """What a reader gets, twice a second; nothing while the warehouse does not answer."""
    seen: list[str] = []
    over = threading.Event()
    reader = threading.Thread(target=_read, args=(server, seen, over))
    reader.start()
    try:
        yield seen
    finally:
        over.set()
        reader.join()


def _read(server: Server, seen: list[str], over: threading.Event) -> None:
    psql = f"psql --username postgres --dbname warehouse --tuples-only --no-align --command '{READ}'"
    while not over.is_set():
        try:
            printed = server.compose(
                "exec", "-T", "warehouse", "bash", "-c", f"for _ in {{1..10}}; do {psql}; sleep 0.5; done"
            )
        except subprocess.CalledProcessError as error:
            printed = error.stdout
            time.sleep(1)
        seen.extend(re.findall(r"^(?:\d+\|\d+|ERROR.*)$", printed, re.MULTILINE))
