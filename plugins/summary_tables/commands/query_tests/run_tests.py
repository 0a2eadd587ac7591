"""Many tests at the same time, each connection in a database of its own."""

import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from summary_tables.commands.query_tests.prepared_test import ImpossibleTestError, prepared
from summary_tables.commands.query_tests.result import QueryTestCase, QueryTestResult
from summary_tables.commands.query_tests.run_test import run_test
from summary_tables.commands.query_tests.source_columns import Types
from summary_tables.lint.facts.query_tests import query_tests
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.own_database import own_database, own_databases

_TESTS_A_CONNECTION = 5
"""Fewer are done before another connection is open."""


def run_tests(address: str, cases: Sequence[QueryTestCase], known: Mapping[str, Types]) -> tuple[QueryTestResult, ...]:
    """What came of each of `cases`, in their order. `address` is of one of the databases of the role that it names.

    Raises LostConnectionError where the server cannot be reached.
    """
    databases = own_databases(address)
    most = min(len(databases), os.cpu_count() or 1)
    count = min(most, math.ceil(len(cases) / _TESTS_A_CONNECTION))
    shares = [cases[start::count] for start in range(count)]
    with ThreadPoolExecutor(max_workers=max(count, 1)) as pool:
        jobs = [
            pool.submit(_run_share, address, [*databases[place:], *databases[:place]], share, known)
            for place, share in enumerate(shares)
        ]
        found = chain.from_iterable(job.result() for job in jobs)
        results = {(result.case.file.full_name, result.case.index): result for result in found}
    return tuple(results[case.file.full_name, case.index] for case in cases)


def _run_share(
    address: str, databases: Sequence[str], cases: Sequence[QueryTestCase], known: Mapping[str, Types]
) -> list[QueryTestResult]:
    with own_database(address, databases) as connection:
        return [_run(connection, case, known) for case in cases]


def _run(connection: Connection, case: QueryTestCase, known: Mapping[str, Types]) -> QueryTestResult:
    try:
        return run_test(connection, prepared(case, query_tests(case.file), known))
    except ImpossibleTestError as error:
        return QueryTestResult(case=case, seconds=0, problem=error.problem)
