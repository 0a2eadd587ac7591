"""A summary built by us, step by step as Airflow's tasks do it, and by one bare statement: how long each part takes."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import psycopg

from benchmarks.build_table import NAME, QUERY
from summary_tables.checks import MOST_ROWS
from summary_tables.model.build import Build, BuildRun
from summary_tables.model.placeholders import fill_fresh_table
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.sql.quoting import qualified
from summary_tables.warehouse.ask import read_answer
from summary_tables.warehouse.build import create_version
from summary_tables.warehouse.publish import publish

WAREHOUSE = Warehouse()
_BARE_TABLE = qualified("bare", NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when, in seconds since 1970."""

    begin: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.begin


@dataclass(frozen=True, slots=True, kw_only=True)
class OurBuild:
    """The three steps, and of them, in seconds, what the server needed for the most costly statements.

    `query` is the CREATE TABLE AS, `scans` are the queries of the checks.
    """

    create: Span
    checks: Span
    publish: Span
    query: float
    analyze: float
    scans: float

    @property
    def seconds(self) -> float:
        return self.create.seconds + self.checks.seconds + self.publish.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class BareBuild:
    """Seconds of CREATE TABLE AS, of the same queries as our checks', one after the other, and of ANALYZE."""

    query: float
    scans: float
    analyze: float


@dataclass(slots=True)
class _Watch:
    """Seconds of each statement that a connection ran."""

    statements: list[tuple[str, float]] = field(default_factory=list)
    scans: float = 0.0

    def of(self, beginning: str) -> float:
        return sum(seconds for statement, seconds in self.statements if statement.startswith(beginning))

    def cursor(self) -> type[psycopg.Cursor[Any]]:
        """A cursor that tells this watch; the queries of checks are streamed."""
        watch = self

        class WatchedCursor(psycopg.Cursor[Any]):
            def execute(self, query: Any, *arguments: Any, **options: Any) -> "WatchedCursor":
                begin = time.perf_counter()
                super().execute(query, *arguments, **options)
                watch.statements.append((str(query), time.perf_counter() - begin))
                return self

            def stream(self, *arguments: Any, **options: Any) -> Iterator[Any]:
                begin = time.perf_counter()
                yield from super().stream(*arguments, **options)
                watch.scans += time.perf_counter() - begin

        return WatchedCursor


def our_build(address: str, table: SummaryTable, number: int) -> OurBuild:
    """The `number`-th run: create, check, publish, each with a connection of its own.

    Raises RuntimeError where a check does not pass.
    """
    watch = _Watch()
    moments = [time.time()]
    build = _create(address, table, number, watch)
    moments.append(time.time())
    _check(address, table, build, watch)
    moments.append(time.time())
    with _connection(address, watch) as connection:
        publish(connection, table, WAREHOUSE, build.version)
    moments.append(time.time())
    create, checks, published = (Span(begin=begin, end=end) for begin, end in pairwise(moments))
    return OurBuild(
        create=create,
        checks=checks,
        publish=published,
        query=watch.of("CREATE TABLE"),
        analyze=watch.of("ANALYZE"),
        scans=watch.scans,
    )


def bare_build(address: str, table: SummaryTable) -> BareBuild:
    """One statement, then the checks' queries and ANALYZE on what it made, which is dropped in the end."""
    begin = time.perf_counter()
    with psycopg.connect(address) as connection:
        connection.execute(f"CREATE TABLE {_BARE_TABLE} AS {QUERY}".encode())
    built = time.perf_counter()
    with psycopg.connect(address, autocommit=True) as connection:
        for check in table.output_check:
            connection.execute(fill_fresh_table(check.sql, _BARE_TABLE).encode()).fetchall()
        checked = time.perf_counter()
        connection.execute(f"ANALYZE {_BARE_TABLE}".encode())
        analyzed = time.perf_counter()
        connection.execute(f"DROP TABLE {_BARE_TABLE}".encode())
    return BareBuild(query=built - begin, scans=checked - built, analyze=analyzed - checked)


def _create(address: str, table: SummaryTable, number: int, watch: _Watch) -> Build:
    run = BuildRun(run_id=f"run {number}", try_number=1, run_at=datetime.now(UTC))
    with _connection(address, watch) as connection:
        return create_version(connection, table, WAREHOUSE, run, QUERY)


def _check(address: str, table: SummaryTable, build: Build, watch: _Watch) -> None:
    version = qualified(WAREHOUSE.versions_schema, build.version)
    for check in table.output_check:
        with _connection(address, watch) as connection:
            query = fill_fresh_table(check.sql, version)
            answer = read_answer(connection, query, width=check.width, most=MOST_ROWS, warehouse=WAREHOUSE)
        verdict = check.judge(answer)
        if not verdict.passed:
            raise RuntimeError(f"{check.label()}: expected {verdict.expected}, got {verdict.actual}")


@contextmanager
def _connection(address: str, watch: _Watch) -> Iterator[psycopg.Connection[Any]]:
    with closing(psycopg.connect(address, cursor_factory=watch.cursor())) as connection:
        yield connection
