"""What checks cost: each its own statement, all in one statement, and the Airflow task that runs one.

Every number is wall time in seconds, the best of the rounds. All variants are measured once a round, so that a busy
minute of the machine hits all of them.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.check_columns import checks, create_statement
from benchmarks.checks_report import Results, report
from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.checks import Check
from summary_tables.model.settings import Warehouse
from summary_tables.warehouse.ask import answer_in
from summary_tables.warehouse.session.session import open_session

COUNTS = (1, 5, 20)

_AGGREGATES = re.compile(r"SELECT\s+(?P<numbers>.+?)\s+FROM \S+", re.DOTALL)
_COUNTED = re.compile(r"SELECT COUNT\(1\) AS bad FROM \S+ AS checked WHERE (?P<condition>.+)", re.DOTALL)

Connect = Callable[[], psycopg.Connection[Any]]


def run(rows: int, rounds: int) -> Results:
    """The best seconds of every variant and number of checks."""
    with tempfile.TemporaryDirectory(prefix="bench-checks-") as folder, EmbeddedPostgres(Path(folder)) as server:

        def connect() -> psycopg.Connection[Any]:
            return psycopg.connect(server.uri("postgres"), autocommit=True)

        with connect() as connection:
            connection.execute("CREATE SCHEMA bench")
            connection.execute(create_statement(rows).encode())
            connection.execute("VACUUM ANALYZE bench.checked")
        found: Results = {}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds} ...", file=sys.stderr, flush=True)
            for count in COUNTS:
                for variant, ask in _VARIANTS.items():
                    seconds = _seconds(ask, connect, checks(count))
                    found[variant, count] = min(seconds, found.get((variant, count), seconds))
        return found


def _seconds(ask: Callable[[Connect, Sequence[Check]], None], connect: Connect, asked: Sequence[Check]) -> float:
    start = time.perf_counter()
    ask(connect, asked)
    return time.perf_counter() - start


def _one_connection(connect: Connect, asked: Sequence[Check]) -> None:
    with connect() as connection:
        for check in asked:
            _ask(connection, check)


def _own_connections(connect: Connect, asked: Sequence[Check]) -> None:
    for check in asked:
        with connect() as connection:
            _ask(connection, check)


def _one_statement(connect: Connect, asked: Sequence[Check]) -> None:
    with connect() as connection:
        (answer,) = connection.execute(combined_sql(asked).encode()).fetchall()
    assert len(answer) >= len(asked)


def _ask(connection: psycopg.Connection[Any], check: Check) -> None:
    with open_session(connection, Warehouse()) as session:
        answer = answer_in(session, check.sql, width=check.width, most=2)
    assert check.judge(answer).passed, check


_VARIANTS = {"one connection": _one_connection, "own connections": _own_connections, "one statement": _one_statement}


def combined_sql(asked: Sequence[Check]) -> str:
    """One scan that finds the numbers of all checks, without samples."""
    numbers = ",\n  ".join(_numbers(check.without_samples()) for check in asked)
    return f"SELECT\n  {numbers}\nFROM bench.checked AS checked"


def _numbers(check: Check) -> str:
    if found := _COUNTED.fullmatch(check.sql):
        return f"COUNT(CASE WHEN {found['condition']} THEN 1 END)"
    aggregates = _AGGREGATES.fullmatch(check.sql)
    assert aggregates, check.sql
    return aggregates["numbers"]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checks", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the table (default: 1,000,000)")
    parser.add_argument("--rounds", type=int, default=3, help="of each variant (default: 3)")
    parser.add_argument("--part", choices=("both", "warehouse", "airflow"), default="both", help="(default: both)")
    chosen = parser.parse_args(arguments)
    found = run(chosen.rows, chosen.rounds) if chosen.part != "airflow" else {}
    if chosen.part != "warehouse":
        # Imported here because it loads what the tests of a whole deployment need.
        from benchmarks.check_tasks import task_seconds

        found |= task_seconds(COUNTS, chosen.rounds)
    print(report(found, rows=chosen.rows, counts=COUNTS))


if __name__ == "__main__":
    main()
