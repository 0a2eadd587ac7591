"""How old the newest value is, in words: a value that is too old never reads as if it were just young enough."""

from decimal import Decimal

import pytest

from summary_tables.checks.kinds.freshness import Freshness

HOUR = 3600
STAND_IN = ": it only stands for a time, so when the newest row came is not known"
DAY = Freshness(column="at", within_hours=24)


@pytest.mark.parametrize(
    ("age_seconds", "passed", "actual"),
    [
        (24 * HOUR, True, "A, which is 24 hours before the end of the run's interval"),
        (24 * HOUR + 1, False, "A, which is 24.1 hours before the end of the run's interval"),
        (Decimal("3600.0000"), True, "A, which is 1 hour before the end of the run's interval"),
        (0, True, "A, which is 0 hours before the end of the run's interval"),
        (-90 * 60, True, "A, which is 1.5 hours after the end of the run's interval"),
        (999.9 * HOUR, False, "A, which is 999.9 hours before the end of the run's interval"),
        (1000 * HOUR, False, "A, which is 42 days before the end of the run's interval"),
        (-5_853 * HOUR, True, "A, which is 244 days after the end of the run's interval"),
        (float("inf"), False, "A, which is before the end of the run's interval"),
        (-49 * 365 * 24 * HOUR, True, "A, which is 17,885 days after the end of the run's interval"),
        (-2_912_111 * 24 * HOUR, False, f"A, which is 2,912,111 days after the end of the run's interval{STAND_IN}"),
        (float("-inf"), False, f"A, which is after the end of the run's interval{STAND_IN}"),
    ],
)
def test_age(age_seconds: float | Decimal, passed: bool, actual: str) -> None:
    found = DAY.judge(((age_seconds, "A"),))
    assert (found.passed, found.actual) == (passed, actual)


def test_value_that_may_not_be_shown() -> None:
    found = DAY.without_samples().judge(((25 * HOUR,),))
    assert (found.passed, found.actual) == (False, "one that is 25 hours before the end of the run's interval")
