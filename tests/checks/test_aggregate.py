"""Whole messages of a sum or an average that is compared with what readers see now."""

from decimal import Decimal
from typing import Any

import pytest

from summary_tables.checks.aggregate import Aggregate
from summary_tables.checks.kinds.average import Average
from summary_tables.checks.kinds.sum import Sum

DOWN = Sum(column="n", max_decrease_percent=10)
UP = Sum(column="n", max_increase_percent=50)
BOTH = Average(column="이 름", min=1, max_decrease_percent=10, max_increase_percent=50)


@pytest.mark.parametrize(
    ("check", "answer", "passed", "actual"),
    [
        (DOWN, (90, 100), True, "90, 10% lower than the 100 that readers see now"),
        (DOWN, (Decimal("89.99"), 100), False, "89.99, 10.1% lower than the 100 that readers see now"),
        (DOWN, (1000, 100), True, "1,000, 900% higher than the 100 that readers see now"),
        (DOWN, (100, Decimal("100.0")), True, "100, as readers see now"),
        (DOWN, (7, 0), True, "7, where readers see 0 now"),
        (DOWN, (-7, 0), False, "-7, where readers see 0 now"),
        (DOWN, (7, None), True, "7; readers see no value yet to compare with"),
        (DOWN, (None, 7), False, "no value (NULL)"),
        (DOWN, (float("inf"), 7), True, "infinity, infinity% higher than the 7 that readers see now"),
        (DOWN, (7, float("inf")), True, "7; readers see no value yet to compare with"),
        (DOWN, (Decimal("1e40"), 1), True, f"{10**40:,}, {10**42:,}% higher than the 1 that readers see now"),
        (UP, (150, 100), True, "150, 50% higher than the 100 that readers see now"),
        (UP, (151, 100), False, "151, 51% higher than the 100 that readers see now"),
        (UP, (0, 100), True, "0, 100% lower than the 100 that readers see now"),
        (BOTH, (5, 10), False, "5, 50% lower than the 10 that readers see now"),
        (BOTH, (Decimal("0.5"), 1), False, "0.5, 50% lower than the 1 that readers see now"),
        (BOTH, (Decimal("1.5"), 1), True, "1.5, 50% higher than the 1 that readers see now"),
        (BOTH, (Decimal("0.95"), 1), False, "0.95, 5% lower than the 1 that readers see now"),
    ],
)
def test_result(check: Aggregate, answer: tuple[Any, Any], passed: bool, actual: str) -> None:
    found = check.judge((answer,))
    assert (found.passed, found.actual) == (passed, actual)


def test_what_is_expected() -> None:
    assert DOWN.label() == "the sum of n at most 10% lower than readers see now"
    assert BOTH.label() == "the average of 이 름 at least 1 and between 10% lower and 50% higher than readers see now"
    assert UP.label() == "the sum of n at most 50% higher than readers see now"
    assert (DOWN.width, UP.width, Sum(column="n", min=1).width) == (2, 2, 1)
