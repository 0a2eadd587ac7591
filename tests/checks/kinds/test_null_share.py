"""How much of a column is empty, in words: too much never reads as if it were just little enough."""

import pytest

from summary_tables.checks.kinds.null_share import NullShare


@pytest.mark.parametrize(
    ("most", "nulls", "rows", "passed", "actual"),
    [
        (0.29, 29, 100, True, "29% (29 of 100 rows)"),
        (0.29, 30, 100, False, "30% (30 of 100 rows)"),
        (0.5, 1, 1, False, "100% (1 of 1 row)"),
        (0.333, 333_001, 1_000_000, False, "33.31% (333,001 of 1,000,000 rows)"),
        (0, 1, 1_000_000, False, "0.01% (1 of 1,000,000 rows)"),
        (0, 0, 3, True, "0% (0 of 3 rows)"),
        (0, 0, 0, True, "no rows"),
    ],
)
def test_share(most: float, nulls: int, rows: int, passed: bool, actual: str) -> None:
    found = NullShare(column="a", max=most).judge(((nulls, rows),))
    assert (found.passed, found.actual) == (passed, actual)
