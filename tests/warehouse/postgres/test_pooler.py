"""Behind pgbouncer everything works in both of its modes, and nothing of ours reaches the pool's other clients."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from demo.embedded_postgres import EmbeddedPostgres
from demo.server_account import server_account
from summary_tables.warehouse.history.versions import versions_of_table
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import (
    AT_ONCE,
    BUILDER,
    PASSWORD,
    QUERY,
    READER,
    WAREHOUSE,
    Database,
    run,
    table_with,
    with_setter,
)
from tests.warehouse.postgres.dry_runs import checks, said, with_tables, write
from tests.warehouse.postgres.in_session import create_version, log_check, publish, read_value
from tests.warehouse.postgres.increments import STRATEGIES, build_day, day_run, growing, query_of, seen, with_visits
from tests.warehouse.postgres.logged_checks import checked
from tests.warehouse.postgres.previews import show as preview_of

_PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(_PROGRAM is None, reason="pgbouncer is not installed")

_OF_STRANGERS = {
    "search_path": '"$user", public',
    "timezone": "UTC",
    "datestyle": "ISO, MDY",
    "statement_timeout": "0",
    "work_mem": "4MB",
    "application_name": "",
    "role": "none",
}
# Two connections for all clients: each of them gets now one, now the other.
_CONFIG = """
[databases]
* = host={host} port=5432
[pgbouncer]
unix_socket_dir = {folder}
listen_port = 6432
auth_type = plain
auth_file = {folder}/users.txt
pool_mode = {mode}
default_pool_size = 2
server_round_robin = 1
pidfile = {folder}/pgbouncer.pid
logfile = {folder}/pgbouncer.log
"""


@dataclass(frozen=True, slots=True)
class Pooled(Database):
    """A database to which the build role comes by a pooler."""

    folder: Path = Path()

    def connect_as(self, kind: type[Any], role: str = BUILDER, **options: Any) -> Any:
        address = make_conninfo(host=str(self.folder), port=6432, dbname=self.name, user=role, password=PASSWORD)
        return kind.connect(address, autocommit=True, **options)


@pytest.fixture(params=["transaction", "session"])
def pooled(server: EmbeddedPostgres, database: Database, request: pytest.FixtureRequest) -> Iterator[Pooled]:
    account = server_account()
    # The path of a socket is short, that of a test's own folder is not.
    with TemporaryDirectory(prefix="pool-") as name:
        folder = Path(name)
        (folder / "users.txt").write_text("".join(f'"{role}" "{PASSWORD}"\n' for role in (BUILDER, READER)))
        config = folder / "pgbouncer.ini"
        config.write_text(_CONFIG.format(host=server.host, folder=folder, mode=request.param))
        for path in (folder, *folder.iterdir()):
            account.own(path)
        arguments: dict[str, Any] = account.popen_arguments()
        process = subprocess.Popen([str(_PROGRAM), "-q", str(config)], stderr=subprocess.DEVNULL, **arguments)
        pool = Pooled(server, database.name, folder=folder)
        try:
            _await(pool)
            yield pool
        finally:
            # At once: nobody waits for its clients.
            process.kill()
            process.wait()


def _await(pool: Pooled) -> None:
    for _ in range(3_000):
        with suppress(psycopg.OperationalError):
            pool.connect().close()
            return
        time.sleep(0.1)
    raise TimeoutError("pgbouncer does not start")


def _whole_life(pool: Pooled, number: int) -> int:
    """What the steps of a run do, each by a connection of its own."""
    table = table_with(table=f"daily_{number}", statement_timeout_minutes=1, work_mem_mb=17)
    for day in (1, 2):
        with pool.connect() as connection:
            assert read_value(connection, "SELECT count(*) FROM raw_data.events", WAREHOUSE, table.limits) == 150
        with pool.connect() as connection:
            build = create_version(connection, table, WAREHOUSE, run(day), QUERY)
        with pool.connect() as connection:
            log_check(connection, WAREHOUSE, *checked(day))
        with pool.connect() as connection:
            publish(connection, table, WAREHOUSE, build.version, snapshot_wait=AT_ONCE)
    with pool.connect() as connection:
        return len(versions_of_table(connection, table, WAREHOUSE))


def _strangers(pool: Pooled) -> list[tuple[Any, ...]]:
    """What two clients who hold all connections of the pool find in them."""
    settings = ", ".join(f"current_setting('{name}')" for name in _OF_STRANGERS)
    question = f"SELECT {settings}, (SELECT count(*) FROM pg_prepared_statements), pg_backend_pid()"
    with pool.connect() as one, pool.connect() as other:
        for connection in (one, other):
            connection.execute("BEGIN")
        return [connection.execute(question.encode()).fetchone() or () for connection in (one, other)]


def test_runs_side_by_side_succeed_and_leave_nothing_to_others(pooled: Pooled) -> None:
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(partial(_whole_life, pooled), range(4))) == [2, 2, 2, 2]
    strangers = _strangers(pooled)
    assert len({row[-1] for row in strangers}) == 2
    for row in strangers:
        assert dict(zip(_OF_STRANGERS, row, strict=False)) == _OF_STRANGERS
        assert row[-2] == 0
    assert pooled.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_table_grows(pooled: Pooled, strategy: str) -> None:
    with_visits(pooled)
    table = growing(strategy)
    for day in (1, 2, 1):
        build = build_day(pooled, table, day_run(day), query_of(day_run(day)))
        with pooled.connect() as connection:
            publish(connection, table, WAREHOUSE, build.version, snapshot_wait=AT_ONCE)
    assert len(seen(pooled)) == (4 if strategy == "merge" else 8)


def test_a_query_that_lifts_its_limit_is_stopped(pooled: Pooled) -> None:
    with_setter(pooled)
    limits = table_with(statement_timeout_minutes=0.005).limits
    query = (
        "SELECT concat(x, pg_sleep(600)) FROM (SELECT raw_data.sets('statement_timeout', '0', true) x OFFSET 0) AS y"
    )
    with pooled.connect() as connection, pytest.raises(WarehouseError, match=r"ran longer than 0\.005 minutes"):
        read_value(connection, query, WAREHOUSE, limits)
    asleep = f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{BUILDER}' AND state = 'active'"
    assert pooled.value(asleep) == 0


def test_preview_and_lint_ask_the_warehouse(pooled: Pooled, tmp_path: Path) -> None:
    with_tables(pooled)
    assert preview_of(pooled, table_with(main_sql=QUERY)).build_error == ""
    folder = write(tmp_path / "dag_configs", QUERY, rest=checks("SELECT COUNT(n) FROM {schema}.temp_{table}")).parent
    assert said(pooled, folder) == []
