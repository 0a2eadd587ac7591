from decimal import Decimal

import pytest

from summary_tables.checks.change import Change, Percent


def change(down: Percent, up: Percent) -> Change:
    return Change(max_decrease_percent=down, max_increase_percent=up, less="fewer", more="more")


@pytest.mark.parametrize(
    ("down", "up", "words"),
    [
        (10, 50, "between 10% fewer and 50% more"),
        (0, 12.5, "between 0% fewer and 12.5% more"),
        (10, None, "at most 10% fewer"),
        (0, None, "no fewer"),
        (None, 1000, "at most 1,000% more"),
        (None, 0, "no more"),
    ],
)
def test_limits_in_words(down: Percent, up: Percent, words: str) -> None:
    assert change(down, up).limit_words() == words


@pytest.mark.parametrize(
    ("down", "up", "number", "before", "is_within"),
    [
        (10, None, 90, 100, True),
        (10, None, 89, 100, False),
        (10, None, 1000, 100, True),
        (None, 50, 150, 100, True),
        (None, 50, 151, 100, False),
        (None, 50, 0, 100, True),
        (0, 0, 100, 100, True),
        (0, None, 99, 100, False),
        (None, 0, 101, 100, False),
        (100, None, 0, 100, True),
        (10, None, 7, 0, True),
        (None, 1000, 7, 0, False),
        (10, 10, 0, 0, True),
        (10, 10, -105, -100, True),
        (10, 10, -111, -100, False),
        (10, 10, -89, -100, False),
        (0.1, None, "0.8991", "0.9", True),
    ],
)
def test_limits(down: Percent, up: Percent, number: int | str, before: int | str, is_within: bool) -> None:
    assert change(down, up).is_within(Decimal(number), Decimal(before)) is is_within


@pytest.mark.parametrize(
    ("number", "before", "words"),
    [
        (7, 12, "41.7% fewer"),
        (12, 7, "71.5% more"),
        (8999, 10_000, "10.1% fewer"),
        (9000, 10_000, "10% fewer"),
        (20_000_000, 10, "199,999,900% more"),
        (0, 12, "100% fewer"),
        (-90, -100, "10% more"),
        (12, 12, ""),
    ],
)
def test_what_became_of_it(number: int, before: int, words: str) -> None:
    assert change(10, 10).words(Decimal(number), Decimal(before)) == words
