"""Readers that read a table again and again while something is done to it, and what they saw."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.warehouse.postgres.database import READER, ROWS, Database


@dataclass
class Readers:
    """Threads that read again and again until they are stopped."""

    database: Database
    stop: threading.Event = field(default_factory=threading.Event)
    reads: int = 0
    wrong: list[str] = field(default_factory=list)

    def loop(self, read: Callable[[psycopg.Connection[Any]], object]) -> None:
        try:
            with self.database.connect(READER) as connection:
                while not self.stop.is_set():
                    got = read(connection)
                    self.reads += 1
                    if got != (ROWS, ROWS):
                        self.wrong.append(f"{read.__name__}: {got}")
        except psycopg.Error as error:
            self.wrong.append(f"{read.__name__}: {error}")


def count(connection: psycopg.Connection[Any]) -> object:
    return connection.execute("SELECT count(*), count(DISTINCT day) FROM analytics.daily").fetchone()


def point(connection: psycopg.Connection[Any]) -> object:
    found = connection.execute("SELECT n FROM analytics.daily WHERE day = %s", [7], prepare=True).fetchall()
    return (ROWS, ROWS) if len(found) == 1 else found


def nested_view(connection: psycopg.Connection[Any]) -> object:
    return connection.execute("SELECT n, last FROM analytics.outer_view").fetchone()


def old_snapshot(connection: psycopg.Connection[Any]) -> object:
    """A REPEATABLE READ transaction that looked at something else first, and comes to the table later."""
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    connection.execute("SELECT 1 FROM analytics.other_table")
    connection.execute("SELECT pg_sleep(0.03)")
    got = count(connection)
    connection.execute("COMMIT")
    return got


READS = (count, point, nested_view, old_snapshot)


@contextmanager
def hammering(
    database: Database, reads: Sequence[Callable[[psycopg.Connection[Any]], object]] = READS
) -> Iterator[Readers]:
    readers = Readers(database)
    threads = [threading.Thread(target=readers.loop, args=[read]) for read in reads]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.stop.set()
        for thread in threads:
            thread.join()


def with_views(database: Database) -> None:
    database.admin(
        "CREATE VIEW analytics.inner_view AS SELECT day FROM analytics.daily;"
        "CREATE VIEW analytics.outer_view AS SELECT count(*) AS n, max(day) AS last FROM analytics.inner_view;"
        "ALTER VIEW analytics.inner_view OWNER TO builder; ALTER VIEW analytics.outer_view OWNER TO builder;"
        "CREATE TABLE analytics.other_table AS SELECT 1 AS a;"
        "GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO reader"
    )


def lock_timeouts(database: Database) -> int:
    """How often the publisher has given up its wait for the lock."""
    log = database.server.log.read_text()
    return log.count("canceling statement due to lock timeout")
