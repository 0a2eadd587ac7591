"""A summary built by us, step by step as Airflow's tasks do it, and by one bare statement: how long each part takes."""

import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from benchmarks.build_table import NAME, QUERY
from summary_tables.configs.config import Config
from summary_tables.model.failure import Refusal
from summary_tables.model.placeholders import fill_fresh_table
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from summary_tables.runs import build_step, publish_step
from summary_tables.runs.check_step import check_query, check_result, check_run, new_version
from summary_tables.runs.dates import RunDates
from summary_tables.runs.run import Run
from summary_tables.sql.quoting import qualified
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.logs.check_log import log_check
from summary_tables.warehouse.session.session import begin_session

T = TypeVar("T")

_DUE = datetime(2026, 1, 1, tzinfo=UTC)
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
        """Of those messages of which a statement begins so."""
        begins = re.compile(rf"(?:\A|; ){beginning} ")
        return sum(seconds for statement, seconds in self.statements if begins.search(statement))

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

    Raises RuntimeError where a step does not succeed.
    """
    watch = _Watch()
    config = Config(table=table, settings=Settings(), path=Path(f"dag_configs/{NAME}.yaml"))
    step = partial(_step, address, config, f"run {number}", watch)
    moments = [time.time()]
    with step() as run:
        build = _done(build_step.build(run, QUERY, build_version))
    moments.append(time.time())
    for index in range(len(table.output_check)):
        with step() as run:
            _check(run, index, build.version)
    moments.append(time.time())
    with step() as run:
        _done(publish_step.publish(run, build.version, may_lose_rows=True))
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


def _check(run: Run, index: int, version: str) -> None:
    """One check, and its row in the log of checks."""
    check, begin = run.table.output_check[index], time.monotonic()
    query = _done(check_query(run, check, check.sql, new_version(run.warehouse, version)))
    result = _done(check_result(run, check, query))
    seconds = time.monotonic() - begin
    checked = check_run(run.table, "output_check", index, result, seconds=seconds, version=version)
    with run.open_session() as session:
        log_check(session, run.table, run.build_run, checked)
    if not result.passed:
        raise RuntimeError(f"{check.label()}: expected {result.expected}, got {result.actual}")


def _done(found: T | Refusal) -> T:
    if isinstance(found, Refusal):
        raise RuntimeError(found.error)
    return found


@contextmanager
def _step(address: str, config: Config, run_id: str, watch: _Watch) -> Iterator[Run]:
    """The run as one of its steps is given it, with the connection of that step."""
    with closing(psycopg.connect(address, cursor_factory=watch.cursor())) as connection:
        session = begin_session(connection, config.settings.warehouse)
        yield Run(config=config, dates=RunDates(due=_DUE), open_session=session.limited, run_id=run_id)
