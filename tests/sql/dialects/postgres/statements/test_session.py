"""What the transactions of a session are held to."""

import pytest

from summary_tables.sql.dialects.postgres.statements.session import milliseconds


@pytest.mark.parametrize(("minutes", "expected"), [(120, 7_200_000), (0.5, 30_000), (0.000001, 1)])
def test_shortest_limit_is_a_limit_still(minutes: float, expected: int) -> None:
    assert milliseconds(minutes) == expected
