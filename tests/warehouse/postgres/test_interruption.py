"""A task that is stopped or killed does not leave its query running in the warehouse."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import BUILDER, PASSWORD, TABLE, WAREHOUSE, Database, build_and_show, run
from tests.warehouse.postgres.in_session import create_version

_SLOW = "SELECT pg_sleep(600)::text AS a"
_TASK = """
import sys
import psycopg
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, run
from tests.warehouse.postgres.in_session import create_version
create_version(psycopg.connect(sys.argv[1]), TABLE, WAREHOUSE, run(), sys.argv[2])
"""


class TaskStopped(BaseException):
    """What Airflow raises in a task that runs for too long."""


def running(database: Database) -> int:
    """How many sessions of the build role run the slow query."""
    return int(
        database.value(
            f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{BUILDER}' AND state = 'active' "
            "AND query LIKE '%pg_sleep%' AND wait_event = 'PgSleep'"
        )
    )


def wait_until(database: Database, expected: int) -> None:
    for _ in range(20_000):
        if running(database) == expected:
            return
        time.sleep(0.01)
    raise TimeoutError(f"{running(database)} slow queries run, expected {expected}")


@contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """`TaskStopped` is raised at whatever line the test stands then, and expected."""

    def stop(signal_number: int, frame: FrameType | None) -> None:
        raise TaskStopped(signal_number, frame)

    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        with pytest.raises(TaskStopped):
            yield
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_stopped_task(database: Database) -> None:
    with database.connect() as connection, stopped_after(1):
        create_version(connection, TABLE, WAREHOUSE, run(), _SLOW)
    wait_until(database, 0)
    assert database.versions() == set()


def test_a_statement_outside_of_transactions_is_cancelled_too(database: Database) -> None:
    with database.connect() as connection, stopped_after(1), open_session(connection, WAREHOUSE) as session:
        session.execute("SET client_connection_check_interval = 0")
        session.execute(_SLOW)
    wait_until(database, 0)


def test_a_killed_task(database: Database) -> None:
    address = database.server.uri(database.name, BUILDER, PASSWORD)
    task = subprocess.Popen([sys.executable, "-c", _TASK, address, _SLOW])
    try:
        wait_until(database, 1)
    finally:
        task.kill()
        task.wait()
    wait_until(database, 0)
    assert database.versions() == set()
    build_and_show(database)
