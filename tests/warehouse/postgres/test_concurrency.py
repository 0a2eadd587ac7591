"""Several workers at once, on one table and on several."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from summary_tables.model.build import Build
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import QUERY, ROWS, TABLE, Database, build_and_show, create, show, table_with

_WORKERS = 4


def at_once(work: Callable[[int], Build], times: int) -> list[Build]:
    with ThreadPoolExecutor(_WORKERS) as pool:
        return list(pool.map(work, range(1, times + 1)))


def test_the_first_builds_of_all_create_schema_and_log_once(database: Database) -> None:
    database.admin(f"DROP SCHEMA summary_tables; GRANT CREATE ON DATABASE {database.name} TO builder")
    builds = at_once(lambda number: create(database, number=number), 8)
    assert database.versions() == {build.version for build in builds}


def test_tables_of_their_own(database: Database) -> None:
    def work(worker: int) -> Build:
        table = table_with(table=f"daily_{worker}")
        return [build_and_show(database, QUERY, table, number) for number in range(1, 6)][-1]

    builds = at_once(work, _WORKERS)
    for worker, build in enumerate(builds, start=1):
        assert build.version in database.value(f"SELECT pg_get_viewdef('analytics.daily_{worker}'::regclass)")
        assert database.value(f"SELECT count(*) FROM analytics.daily_{worker}") == ROWS
    assert len(database.versions()) == 3 * _WORKERS


def test_one_table_ends_with_the_newest_build(database: Database) -> None:
    builds = [create(database, number=number) for number in range(1, 9)]
    refusals: list[str] = []

    def work(number: int) -> Build:
        try:
            return show(database, builds[number - 1])
        except WarehouseError as error:
            refusals.append(str(error))
            return builds[number - 1]

    at_once(work, 8)
    assert all(words.startswith("A newer build of analytics.daily is live already") for words in refusals)
    assert builds[-1].version in database.value("SELECT pg_get_viewdef('analytics.daily'::regclass)")
    assert 1 <= len(database.versions()) <= 3


def test_one_build_published_twice_at_once(database: Database) -> None:
    build = create(database)
    first, second = at_once(lambda _: show(database, build), 2)
    assert first == second
    assert database.versions() == {build.version}


def test_create_and_publish_of_one_table_do_not_wait_for_each_other(database: Database) -> None:
    build = create(database)
    with database.connect() as builder:
        builder.execute("BEGIN")
        builder.execute("CREATE TABLE summary_tables.in_progress AS SELECT day FROM raw_data.events")
        assert show(database, build, TABLE).published_at


def test_a_log_that_lacks_a_column_is_not_locked_for_all_while_somebody_reads_it(database: Database) -> None:
    create(database)
    database.admin("ALTER TABLE summary_tables.build_log DROP COLUMN size_bytes")
    read = "SELECT count(*) FROM summary_tables.build_log"
    with ThreadPoolExecutor(1) as pool, database.connect() as dashboard, database.connect() as other:
        # Whoever waited behind the builder would wait for the dashboard, too: for ever.
        other.execute("SET statement_timeout = '60s'")
        dashboard.execute("BEGIN")
        dashboard.execute(read.encode())
        building = pool.submit(create, database, number=2)
        for _ in range(10):
            other.execute(read.encode())
            time.sleep(0.05)
        assert not building.done()
        dashboard.execute("ROLLBACK")
        assert building.result().size_bytes
