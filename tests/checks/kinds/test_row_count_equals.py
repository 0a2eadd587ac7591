"""As many rows as another table has: neither fewer nor more."""

import pytest

from summary_tables.checks.kinds.row_count_equals import RowCountEquals


@pytest.mark.parametrize(("rows", "passed"), [(4, False), (5, True), (6, False)])
def test_result(rows: int, passed: bool) -> None:
    found = RowCountEquals(table="raw_data.orders").judge(((rows, 5),))
    assert (found.passed, found.expected) == (passed, "5 rows as in raw_data.orders")
    assert found.actual == f"{rows} rows"
