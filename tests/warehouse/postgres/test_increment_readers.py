"""Readers notice nothing of an increment but that it is there: no error, no part of one, no long wait."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg
import pytest

from tests.warehouse.postgres.database import READER, Database, build_and_show, show
from tests.warehouse.postgres.increments import STRATEGIES, build_day, day_run, growing, run_day, seen
from tests.warehouse.postgres.reader_threads import lock_timeouts
from tests.warehouse.postgres.sessions import sessions, wait_until

RUNS = 15
SUM = 1000


@dataclass
class Reader:
    """Threads that sum the table up again and again."""

    database: Database
    is_right: Callable[[int], bool]
    stop: threading.Event = field(default_factory=threading.Event)
    reads: int = 0
    wrong: list[str] = field(default_factory=list)

    def loop(self) -> None:
        try:
            with self.database.connect(READER, options="-c statement_timeout=60s") as connection:
                while not self.stop.is_set():
                    (total,) = connection.execute("SELECT sum(visits)::bigint FROM analytics.daily").fetchone() or (0,)
                    self.reads += 1
                    if not self.is_right(total):
                        self.wrong.append(str(total))
        except psycopg.Error as error:
            self.wrong.append(str(error))


@contextmanager
def reading(database: Database, is_right: Callable[[int], bool]) -> Iterator[Reader]:
    reader = Reader(database, is_right)
    threads = [threading.Thread(target=reader.loop) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield reader
    finally:
        reader.stop.set()
        for thread in threads:
            thread.join()


def shares(day: int, number: int) -> str:
    """Four rows of a day, which always have the same sum, in other shares for each number."""
    first, second = 100 + number, 300 - 2 * number
    values = (first, second, 17 * number, SUM - first - second - 17 * number)
    return " UNION ALL ".join(
        f"SELECT date '2026-11-{day:02}' AS day, 'visitor {v}' AS visitor, {value} AS visits"
        for v, value in enumerate(values)
    )


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_readers_see_whole_increments(database: Database, strategy: str) -> None:
    table = growing(strategy)
    run_day(database, table, day_run(1), shares(1, 0))

    def is_right(total: int) -> bool:
        return total == SUM if strategy == "merge" else total % SUM == 0

    with reading(database, is_right) as reader:
        for number in range(1, RUNS):
            day = 1 + number % 5
            run_day(database, table, day_run(day), shares(day, number))
    assert reader.wrong == []
    assert reader.reads > RUNS
    assert seen(database, "sum(visits)") == [(SUM if strategy == "merge" else 5 * SUM,)]


@contextmanager
def report(database: Database) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A transaction that has read the table and goes on."""
    with database.connect(READER) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM analytics.daily")
        yield connection
        connection.execute("ROLLBACK")


def test_a_long_report_holds_up_nothing(database: Database) -> None:
    table = growing("append")
    run_day(database, table, day_run(1), shares(1, 0))
    tries = lock_timeouts(database)
    with report(database) as old:
        for day in (2, 3):
            run_day(database, table, day_run(day), shares(day, day))
            assert seen(database, "count(*)") == [(4 * day,)]
        assert old.execute("SELECT count(*) FROM analytics.daily").fetchone() == (12,)
    assert lock_timeouts(database) == tries


def await_one_more(count: Callable[[], int], what: str) -> None:
    before = count()
    wait_until(lambda: count() > before, what)


def held_up(database: Database, query: str) -> None:
    """A run of `query` waits for a report in steps, between which others read. How short they are, golden SQL says."""
    build = build_day(database, growing("append"), day_run(2), query)
    with report(database) as old, reading(database, lambda total: total == SUM) as reader:
        publisher = threading.Thread(
            target=show, args=[database, build, growing("append")], kwargs={"snapshot_wait": timedelta(0)}
        )
        publisher.start()
        for _ in range(3):
            await_one_more(lambda: lock_timeouts(database), "nothing waits for the report")
            await_one_more(lambda: reader.reads, "nobody else can read")
        reader.stop.set()
        assert old.execute("SELECT count(*) FROM analytics.daily").fetchone() == (4,)
    publisher.join()
    assert reader.wrong == []
    assert seen(database, "count(*), sum(visits)") == [(8, 2 * SUM)]


def test_a_report_on_a_table_that_was_built_whole_until_now(database: Database) -> None:
    """The version lacks the column that tells the runs apart, for which it is locked once."""
    build_and_show(database, shares(1, 0))
    database.admin("UPDATE summary_tables.build_log SET run_at = '2026-11-01'")
    held_up(database, shares(2, 2))


def test_a_report_when_columns_are_new(database: Database) -> None:
    run_day(database, growing("append"), day_run(1), shares(1, 0))
    held_up(database, f"SELECT *, 'x' AS more FROM ({shares(2, 2)}) AS shares")
    assert seen(database, "count(more)") == [(4,)]


def test_a_report_that_begins_while_rows_are_written(database: Database) -> None:
    """They are written once, however often the view is tried."""
    table = growing("append")
    base = run_day(database, table, day_run(1), shares(1, 0))
    build = build_day(database, table, day_run(2), f"SELECT *, 'x' AS more FROM ({shares(2, 2)}) AS shares")
    database.admin(
        "CREATE FUNCTION public.slowly() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE LOG ''rows are written''; PERFORM pg_sleep(0.5); RETURN NULL; END';"
        f'CREATE TRIGGER slowly BEFORE INSERT ON summary_tables."{base.version}" EXECUTE FUNCTION public.slowly()'
    )
    publisher = threading.Thread(target=show, args=[database, build, table])
    publisher.start()
    wait_until(lambda: sessions(database, "INSERT") == 1, "nothing is written")
    with report(database):
        tries = lock_timeouts(database)
        wait_until(lambda: lock_timeouts(database) >= tries + 3, "the view is not tried")
        assert seen(database, "count(*)") == [(4,)]
    publisher.join()
    assert seen(database, "count(*), count(more)") == [(8, 4)]
    assert database.server.log.read_text().count("LOG:  rows are written") == 1
