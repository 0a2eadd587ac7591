"""Whatever happens while an increment is built or added: readers have all of it or nothing, and the next try is enough.

A killed backend makes the server end every session and recover from its log, as after a crash of the machine.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from summary_tables.model.build import Build
from summary_tables.model.table import Attributes, SummaryTable
from summary_tables.warehouse.session.errors import WarehouseError
from tests.conftest import REPOSITORY
from tests.warehouse.postgres.database import BUILDER, PASSWORD, WAREHOUSE, Database, show, table_with
from tests.warehouse.postgres.fragile import FragileConnection, FragileCursor
from tests.warehouse.postgres.in_session import create_version, publish
from tests.warehouse.postgres.increments import (
    A_DAY,
    FIRST_DAY,
    STRATEGIES,
    build_day,
    day_run,
    growing,
    query_of,
    run_day,
    seen,
    with_visits,
)
from tests.warehouse.postgres.sessions import sessions, wait_until

_LOST = r"^The connection to the warehouse was lost\.$"


class Doomed(FragileConnection):
    """Waits before its `fatal`-th change for the others; then the backend of one is killed, and the server ends all."""

    together: threading.Barrier

    def kill(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self.together.wait(timeout=5)
        super().kill()


def doomed_run(database: Database, table: SummaryTable, day: int, fatal: int, together: threading.Barrier) -> int:
    """A run in one session; returns how many changes it made before it got through or was killed."""
    with database.connect_as(Doomed, cursor_factory=FragileCursor) as connection:
        connection.fatal = fatal
        connection.together = together
        with suppress(WarehouseError):
            build = create_version(connection, table, WAREHOUSE, day_run(day), query_of(day_run(day)))
            publish(connection, table, WAREHOUSE, build.version)
        return connection.statements


def expected(strategy: str, days: int) -> list[tuple[object, ...]]:
    """The whole table after so many days."""
    first = days if strategy == "merge" else 1
    dates = [str((FIRST_DAY + (day - 1) * A_DAY).date()) for day in range(first, days + 1)]
    return sorted((day, f"visitor {v}", 1) for day in dates for v in range(1, 5))


def assert_nothing_is_left_over(database: Database, tables: int) -> None:
    """One version a table, and no unpublished increment but those of the runs that were killed."""
    published = database.admin(
        "SELECT DISTINCT applied_to FROM summary_tables.build_log WHERE published_at IS NOT NULL"
    )
    waiting = database.admin("SELECT version_name FROM summary_tables.build_log WHERE published_at IS NULL")
    versions = database.versions()
    assert {name for (name,) in published} <= versions
    assert len(published) == tables
    assert versions - {name for (name,) in published} <= {name for (name,) in waiting}
    assert database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0


def test_killed_at_every_change_of_every_strategy(database: Database) -> None:
    """The same moment of all strategies at once, since a crash of the server costs the most time."""
    with_visits(database, days=70)
    tables = [growing(strategy, f"by_{strategy}") for strategy in STRATEGIES]
    for table in tables:
        run_day(database, table, day_run(1))
    outcomes: set[bool] = set()
    for fatal in range(1, 70):
        day = fatal + 1
        together = threading.Barrier(len(tables))
        with ThreadPoolExecutor(len(tables)) as pool:
            futures = [pool.submit(doomed_run, database, table, day, fatal, together) for table in tables]
            changes = [future.result() for future in futures]
        if max(changes) < fatal:
            break
        database.await_recovery()
        for table in tables:
            strategy = table.refresh.strategy
            rows = seen(database, name=table.table)
            assert rows in (expected(strategy, day - 1), expected(strategy, day))
            outcomes.add(rows == expected(strategy, day))
            run_day(database, table, day_run(day))
            assert seen(database, name=table.table) == expected(strategy, day)
        assert_nothing_is_left_over(database, len(tables))
    assert max(changes) > 15
    assert outcomes == {False, True}


class Unanswered(FragileConnection):
    """Its line is cut once its `fatal`-th COMMIT has been done."""

    def before(self, query: str) -> None:
        self.statements += query == "COMMIT"

    def after(self, query: str) -> None:
        self.cut_at_commit = self.statements == self.fatal
        super().after(query)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_lost_reply_to_commit(database: Database, strategy: str) -> None:
    with_visits(database)
    table = growing(strategy)
    run_day(database, table, day_run(1))
    build = build_day(database, table, day_run(2))
    for commit, days in ((1, 1), (2, 2)):
        with database.connect_as(Unanswered, cursor_factory=FragileCursor) as connection:
            connection.fatal = commit
            with pytest.raises(WarehouseError, match=_LOST):
                publish(connection, table, WAREHOUSE, build.version)
        assert seen(database) == expected(strategy, days)
    assert show(database, build, table).applied is None
    assert seen(database) == expected(strategy, 2)
    assert_nothing_is_left_over(database, 1)
    assert len(database.versions()) == 1


_PUBLISH = """
import sys
import psycopg
from tests.warehouse.postgres.in_session import publish
from tests.warehouse.postgres.database import WAREHOUSE
from tests.warehouse.postgres.increments import growing
publish(psycopg.connect(sys.argv[1]), growing(sys.argv[2]), WAREHOUSE, sys.argv[3])
"""


def slow(database: Database, base: str, change: str) -> Callable[[], object]:
    """Changes of the version now take for ever; call what is returned to end that."""
    database.admin(
        "CREATE OR REPLACE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN PERFORM pg_sleep(600); RETURN NULL; END';"
        f'CREATE TRIGGER wait BEFORE {change} ON summary_tables."{base}" EXECUTE FUNCTION public.wait()'
    )
    return lambda: database.admin(f'DROP TRIGGER wait ON summary_tables."{base}"')


def await_change(database: Database, change: str) -> None:
    wait_until(lambda: sessions(database, change) == 1, f"{change} never ran")


@pytest.mark.parametrize(
    ("strategy", "change"), [("append", "INSERT"), ("delete_insert", "DELETE"), ("merge", "INSERT")]
)
def test_a_killed_task(database: Database, strategy: str, change: str) -> None:
    with_visits(database)
    table = growing(strategy)
    base = run_day(database, table, day_run(1))
    build = build_day(database, table, day_run(2))
    as_before = slow(database, base.version, change)
    address = database.server.uri(database.name, BUILDER, PASSWORD)
    task = subprocess.Popen([sys.executable, "-c", _PUBLISH, address, strategy, build.version], cwd=REPOSITORY)
    try:
        await_change(database, change)
    finally:
        task.kill()
        task.wait()
    wait_until(lambda: sessions(database) == 0, "the warehouse goes on")
    assert seen(database) == expected(strategy, 1)
    as_before()
    show(database, build, table)
    assert seen(database) == expected(strategy, 2)
    assert database.versions() == {base.version}


def test_a_server_restart_in_the_middle(database: Database) -> None:
    with_visits(database)
    table = growing("append")
    base = run_day(database, table, day_run(1))
    build = build_day(database, table, day_run(2))
    as_before = slow(database, base.version, "INSERT")
    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(show, database, build, table)
        await_change(database, "INSERT")
        database.server.stop()
        database.server.start()
        error = publishing.exception()
    assert str(error) == "The warehouse is shutting down or an administrator ended the session."
    assert seen(database) == expected("append", 1)
    as_before()
    show(database, build, table)
    assert seen(database) == expected("append", 2)
    assert database.versions() == {base.version}


@pytest.fixture
def small_disk(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A tablespace `small` of 2.6 MB: a file system of its own, which only root can make."""
    place = tmp_path_factory.mktemp("small")
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2600k", "small", place], check=False).returncode
    ):
        pytest.skip("only root can mount a small disk")
    try:
        owner = database.server.data.stat()
        os.chown(place, owner.st_uid, owner.st_gid)
        for parent in [place, *place.parents][:3]:
            parent.chmod(0o755)
        database.admin(f"CREATE TABLESPACE small LOCATION '{place}'")
        database.admin(f"GRANT CREATE ON TABLESPACE small TO {BUILDER}")
        yield place
    finally:
        with suppress(Exception):
            database.admin("DROP SCHEMA analytics, summary_tables CASCADE")
            database.admin("DROP TABLESPACE small")
        subprocess.run(["umount", "--lazy", place], check=False)


def test_a_full_disk(database: Database, small_disk: Path) -> None:
    table = table_with(refresh=growing("append").refresh, attributes=Attributes(tablespace="small"))
    half = "SELECT i, repeat('x', 900) AS text FROM generate_series(1, 1000) AS i"
    base = run_day(database, table, day_run(1), half)
    build = build_day(database, table, day_run(2), half)
    with pytest.raises(WarehouseError) as caught:
        show(database, build, table)
    assert str(caught.value) == "The warehouse's disk is full."
    assert seen(database, "count(*)") == [(1000,)]
    with pytest.raises(WarehouseError, match=r"^The warehouse's disk is full\.$"):
        build_day(database, table, day_run(3), half)
    assert database.versions() == {base.version, build.version}
    subprocess.run(["mount", "-o", "remount,size=12m", small_disk], check=True)
    show(database, build, table)
    assert seen(database, "count(*)") == [(2000,)]
    assert database.versions() == {base.version}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_disk_that_says_it_is_full(database: Database, strategy: str) -> None:
    """A stand-in where no small disk can be mounted: a trigger gives the server's answer when rows are put in."""
    with_visits(database)
    table = growing(strategy)
    base = run_day(database, table, day_run(1))
    build = build_day(database, table, day_run(2))
    database.admin(
        "CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE SQLSTATE ''53100'' USING MESSAGE = ''could not extend file''; END';"
        f'CREATE TRIGGER "full" AFTER INSERT ON summary_tables."{base.version}" EXECUTE FUNCTION public.full()'
    )
    with pytest.raises(WarehouseError, match=r"^The warehouse's disk is full\.$"):
        show(database, build, table)
    assert seen(database) == expected(strategy, 1)
    database.admin(f'DROP TRIGGER "full" ON summary_tables."{base.version}"')
    show(database, build, table)
    assert seen(database) == expected(strategy, 2)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_runs_at_once(database: Database, strategy: str) -> None:
    """All of them find no table: one becomes its beginning, the others are added."""
    with_visits(database)
    table = growing(strategy)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda day: run_day(database, table, day_run(day)), [4, 2, 5, 1, 3, 3]))
    assert seen(database) == expected(strategy, 5)
    assert len(database.versions()) == 1


def test_one_increment_published_twice_at_once(database: Database) -> None:
    with_visits(database)
    table = growing("append")
    run_day(database, table, day_run(1))
    build = build_day(database, table, day_run(2))
    with ThreadPoolExecutor(4) as pool:
        done: list[Build] = list(pool.map(lambda _: show(database, build, table), range(4)))
    assert sum(one.applied is not None for one in done) == 1
    assert seen(database) == expected("append", 2)


def test_the_session_is_left_clean(database: Database) -> None:
    with_visits(database)
    build = build_day(database, growing("merge"), day_run(1))
    with database.connect() as connection:
        publish(connection, growing("merge"), WAREHOUSE, build.version)
        assert connection.execute("SHOW lock_timeout").fetchone() == ("0",)
    assert database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0
