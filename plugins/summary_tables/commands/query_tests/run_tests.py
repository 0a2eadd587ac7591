"""Many tests at the same time, each connection in a database of its own."""

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import chain

from summary_tables.commands.query_tests.prepared_test import ImpossibleTestError, prepared
from summary_tables.commands.query_tests.result import QueryTestCase, QueryTestResult
from summary_tables.commands.query_tests.run_test import run_test
from summary_tables.commands.query_tests.source_columns import Types
from summary_tables.lint.facts.query_tests import query_tests
from summary_tables.warehouse.session.driver import Connection, connect, of_database

_TESTS_A_CONNECTION = 5
"""Fewer are done before another connection is open."""

_OWN_DATABASES = (
    "SELECT datname::text FROM pg_catalog.pg_database "
    "WHERE pg_catalog.pg_get_userbyid(datdba) = current_user ORDER BY datname"
)
# Another call of the command may be using the same databases, and two that make the same tables wait for each other.
_LOCK = "SELECT pg_catalog.pg_advisory_lock(5_432_001)"


def run_tests(address: str, cases: Sequence[QueryTestCase], known: Mapping[str, Types]) -> tuple[QueryTestResult, ...]:
    """What came of each of `cases`, in their order. `address` is of one of the databases of the role that it names.

    Raises LostConnectionError where the server cannot be reached.
    """
    databases = _databases(address)
    most = min(len(databases), os.cpu_count() or 1)
    count = min(most, math.ceil(len(cases) / _TESTS_A_CONNECTION))
    shares = [cases[start::count] for start in range(count)]
    with ThreadPoolExecutor(max_workers=max(count, 1)) as pool:
        jobs = [
            pool.submit(_run_share, of_database(address, database), share, known)
            for database, share in zip(databases, shares, strict=False)
        ]
        found = chain.from_iterable(job.result() for job in jobs)
        results = {(result.case.file.full_name, result.case.index): result for result in found}
    return tuple(results[case.file.full_name, case.index] for case in cases)


def _databases(address: str) -> list[str]:
    with closing(connect(address)) as connection:
        return [str(name) for (name,) in connection.execute(_OWN_DATABASES)]


@contextmanager
def _own_database(address: str) -> Iterator[Connection]:
    with closing(connect(address)) as connection:
        connection.execute(_LOCK)
        yield connection


def _run_share(address: str, cases: Sequence[QueryTestCase], known: Mapping[str, Types]) -> list[QueryTestResult]:
    with _own_database(address) as connection:
        return [_run(connection, case, known) for case in cases]


def _run(connection: Connection, case: QueryTestCase, known: Mapping[str, Types]) -> QueryTestResult:
    try:
        return run_test(connection, prepared(case, query_tests(case.file), known))
    except ImpossibleTestError as error:
        return QueryTestResult(case=case, seconds=0, problem=error.problem)
