"""Readers notice nothing of a publish: no error, no missing, empty or half-built table, no long wait.

`READERS_PUBLISHES=1000 pytest tests/warehouse/postgres/test_readers.py` publishes more often.
"""

import os
import threading
from datetime import timedelta

from tests.warehouse.postgres.database import (
    READER,
    ROWS,
    TABLE,
    WAREHOUSE,
    Database,
    build_and_show,
    create,
    run,
    show,
)
from tests.warehouse.postgres.in_session import create_version, publish
from tests.warehouse.postgres.reader_threads import count, hammering, lock_timeouts, with_views

PUBLISHES = int(os.environ.get("READERS_PUBLISHES", "40"))


def test_readers_notice_nothing_of_many_publishes(database: Database) -> None:
    build_and_show(database)
    with_views(database)
    with hammering(database) as readers, database.connect() as connection:
        for number in range(PUBLISHES):
            query = f"SELECT day, count(*) + {number} AS n FROM raw_data.events GROUP BY day"
            build = create_version(connection, TABLE, WAREHOUSE, run(), query)
            publish(connection, TABLE, WAREHOUSE, build.version)
    assert readers.wrong == []
    assert readers.reads > PUBLISHES
    assert len(database.versions()) == 3


def test_readers_notice_nothing_of_a_migration(database: Database) -> None:
    for _ in range(5):
        database.admin(
            "DROP VIEW IF EXISTS analytics.daily CASCADE; DROP TABLE IF EXISTS analytics.other_table;"
            "CREATE TABLE analytics.daily AS SELECT day, count(*) AS n FROM raw_data.events GROUP BY day;"
            "ALTER TABLE analytics.daily OWNER TO builder"
        )
        with_views(database)
        with hammering(database) as readers:
            build_and_show(database)
            until = readers.reads + 20
            while readers.reads < until and not readers.wrong:
                pass
        assert readers.wrong == []
    assert database.value("SELECT count(*) FROM summary_tables.build_log WHERE origin = 'migrated'") == 5


def test_a_long_report_holds_up_the_publish_but_no_other_reader(database: Database) -> None:
    build_and_show(database)
    build = create(database, "SELECT day, 0::bigint AS n FROM generate_series(1, 7) day", number=2)
    with database.connect(READER) as report, database.connect(READER, options="-c statement_timeout=60s") as other:
        report.execute("BEGIN")
        report.execute("SELECT count(*) FROM analytics.daily")
        publisher = threading.Thread(target=show, args=[database, build], kwargs={"snapshot_wait": timedelta(0)})
        publisher.start()
        tries = lock_timeouts(database)
        while lock_timeouts(database) < tries + 3:
            assert other.execute("SELECT count(*) FROM analytics.daily").fetchone() == (ROWS,)
        report.execute("COMMIT")
        publisher.join()
        assert other.execute("SELECT count(*) FROM analytics.daily").fetchone() == (7,)


def test_an_old_snapshot_is_waited_for_but_not_for_ever(database: Database) -> None:
    build_and_show(database)
    with database.connect(READER) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SELECT 1")
        build = create(database, number=2)
        publisher = threading.Thread(target=show, args=[database, build])
        publisher.start()
        publisher.join(0.5)
        assert publisher.is_alive()
        assert count(connection) == (ROWS, ROWS)
        connection.execute("COMMIT")
        publisher.join()

        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SELECT 1")
        third = show(database, create(database, number=3), snapshot_wait=timedelta(seconds=0.2))
    assert third.version in database.value("SELECT pg_get_viewdef('analytics.daily'::regclass)")
