"""Rolling back under load and under `kill -9`: readers have one complete table or the other, always."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from summary_tables.model.build import Build
from summary_tables.warehouse.history.roll_back import RolledBack, roll_back
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, build_and_show
from tests.warehouse.postgres.first_days import first_days, rows_seen
from tests.warehouse.postgres.fragile import Work, fragile, killed_at_every_change
from tests.warehouse.postgres.reader_threads import hammering, with_views

ROLL_BACKS = 30


def test_killed_at_every_change(database: Database) -> None:
    old = build_and_show(database, first_days(4))
    new = build_and_show(database, first_days(7), number=2)

    def prepare() -> Work:
        database.admin("DROP TABLE IF EXISTS summary_tables.roll_back_log")
        with database.connect() as connection:
            roll_back(connection, TABLE, WAREHOUSE, new.version)
        database.admin("DROP TABLE IF EXISTS summary_tables.roll_back_log")
        return lambda connection: roll_back(connection, TABLE, WAREHOUSE, old.version)

    seen = set()
    for _ in killed_at_every_change(database, prepare):
        seen.add((rows_seen(database), logged(database)))
        with database.connect() as connection:
            assert roll_back(connection, TABLE, WAREHOUSE, old.version).after == old
        assert (rows_seen(database), logged(database)) == (4, 1)
    assert seen == {(7, 0), (4, 1)}


def logged(database: Database) -> int:
    """How many roll-backs are in the log."""
    if not database.admin("SELECT 1 FROM pg_tables WHERE tablename = 'roll_back_log'"):
        return 0
    return int(database.value("SELECT count(*) FROM summary_tables.roll_back_log"))


def test_a_lost_reply_to_commit(database: Database) -> None:
    old = build_and_show(database, first_days(4))
    build_and_show(database, first_days(7), number=2)
    with database.connect() as connection:
        roll_back(connection, TABLE, WAREHOUSE, old.version)
    build_and_show(database, first_days(7), number=3)
    with fragile(database) as connection:
        connection.cut_at_commit = True
        with pytest.raises(WarehouseError, match=r"^The connection to the warehouse was lost\.$"):
            roll_back(connection, TABLE, WAREHOUSE, old.version)
    assert (rows_seen(database), logged(database)) == (4, 2)
    with database.connect() as again:
        assert roll_back(again, TABLE, WAREHOUSE, old.version).before == old
    assert logged(database) == 2


def test_readers_notice_nothing_of_many_roll_backs(database: Database) -> None:
    builds = [build_and_show(database, number=number) for number in (1, 2)]
    with_views(database)
    with hammering(database) as readers, database.connect() as connection:
        for number in range(ROLL_BACKS):
            done = roll_back(connection, TABLE, WAREHOUSE, builds[number % 2].version)
            assert done.before != done.after
    assert readers.wrong == []
    assert readers.reads > ROLL_BACKS


def test_two_at_once_do_it_once(database: Database) -> None:
    old = build_and_show(database, first_days(4))
    build_and_show(database, first_days(7), number=2)
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: rolled_back(database, old), range(4)))
    assert sum(one.before != old for one in done) == 1
    assert (rows_seen(database), logged(database)) == (4, 1)


def rolled_back(database: Database, build: Build) -> RolledBack:
    with database.connect() as connection:
        return roll_back(connection, TABLE, WAREHOUSE, build.version)


def test_the_session_is_left_clean(database: Database) -> None:
    old = build_and_show(database, first_days(4))
    build_and_show(database, first_days(7), number=2)
    with database.connect() as connection:
        roll_back(connection, TABLE, WAREHOUSE, old.version)
        assert connection.execute("SHOW lock_timeout").fetchone() == ("0",)
        assert connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE
    assert database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0
