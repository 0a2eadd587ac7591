"""What came of a test, for those who print it."""

from dataclasses import dataclass
from typing import Literal

from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.query_tests import QueryTest
from summary_tables.model.problem import Problem

ResultRow = tuple[str | None, ...]
"""Values as PostgreSQL writes them; None is NULL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTestCase:
    """One test of one file; `index` counts the tests of the file from 0."""

    file: TableFile
    index: int
    test: QueryTest


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifference:
    """`differs`: of an expected row the columns `differing` (places from 0) are others. `missing`: it did not come out.

    `unexpected`: a row came out that nobody expects.
    """

    kind: Literal["differs", "missing", "unexpected"]
    expected: ResultRow = ()
    got: ResultRow = ()
    differing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the rows of the query differ from the expected ones, in the columns that are compared.

    `same`: how many rows are as expected.
    """

    columns: tuple[str, ...]
    same: int
    rows: tuple[RowDifference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTestResult:
    """`problem`: why the test could not be run. Neither `problem` nor `difference`: it passed."""

    case: QueryTestCase
    seconds: float
    difference: Difference | None = None
    problem: Problem | None = None

    @property
    def passed(self) -> bool:
        return self.difference is None and self.problem is None
