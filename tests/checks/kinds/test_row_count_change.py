"""Whole messages, whatever there was before."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from summary_tables.checks.kinds.row_count_change import RowCountChange

AT = datetime(2026, 11, 21, 3, tzinfo=UTC)
BOTH = RowCountChange(max_decrease_percent=10, max_increase_percent=50)
DOWN = RowCountChange(max_decrease_percent=10)
WEEKDAY = RowCountChange(max_decrease_percent=0, compared_to="same_weekday")


@pytest.mark.parametrize(
    ("check", "answer", "passed", "actual"),
    [
        (BOTH, (7, 12, AT), False, "7 rows, 41.7% fewer than the 12 of 2026-11-21 03:00 UTC"),
        (BOTH, (18, 12, AT), True, "18 rows, 50% more than the 12 of 2026-11-21 03:00 UTC"),
        (BOTH, (19, 12, AT), False, "19 rows, 58.4% more than the 12 of 2026-11-21 03:00 UTC"),
        (BOTH, (12, 12, AT), True, "12 rows, as many as in the build of 2026-11-21 03:00 UTC"),
        (BOTH, (0, 0, AT), True, "0 rows, as many as in the build of 2026-11-21 03:00 UTC"),
        (BOTH, (1, 0, AT), False, "1 row, where the build of 2026-11-21 03:00 UTC had none"),
        (DOWN, (1, 0, AT), True, "1 row, where the build of 2026-11-21 03:00 UTC had none"),
        (DOWN, (0, 1_234_567, AT), False, "0 rows, 100% fewer than the 1,234,567 of 2026-11-21 03:00 UTC"),
        (DOWN, (0, None, None), True, "0 rows; there is no earlier build to compare with"),
        (WEEKDAY, (12, None, None), True, "12 rows; there is no earlier build of the same weekday to compare with"),
        (
            *(DOWN, (1, 2, AT.astimezone(timezone(timedelta(hours=9))) + timedelta(seconds=5)), False),
            "1 row, 50% fewer than the 2 of 2026-11-21 03:00:05 UTC",
        ),
        (DOWN, (1, 2, AT.replace(tzinfo=None)), False, "1 row, 50% fewer than the 2 of 2026-11-21 03:00 UTC"),
    ],
)
def test_result(
    check: RowCountChange, answer: tuple[int, int | None, datetime | None], passed: bool, actual: str
) -> None:
    found = check.judge((answer,))
    assert (found.passed, found.actual) == (passed, actual)


def test_what_is_expected() -> None:
    assert [each.label() for each in (BOTH, DOWN, WEEKDAY)] == [
        "rows between 10% fewer and 50% more than the previous build",
        "rows at most 10% fewer than the previous build",
        "rows no fewer than the last build of the same weekday",
    ]
    assert BOTH.judge(((7, 12, AT),)).expected == BOTH.label()
