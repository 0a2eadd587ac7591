"""Numbers, limits and values in words."""

from decimal import Decimal

import pytest

from summary_tables.checks.messages import (
    counted,
    found_words,
    limits_words,
    no_number_words,
    number_of,
    number_words,
    value_words,
    values_words,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (Decimal("-0"), "0"),
        (1234567, "1,234,567"),
        (Decimal("1234.50"), "1,234.5"),
        (Decimal("1200.0000004"), "1,200.0000004"),
        (1200.0000000000002, "1,200.0000000000002"),
        (Decimal("-1199.9999999999999999"), "-1,199.9999999999999999"),
        (Decimal("26.6875000000000000"), "26.6875"),
        (Decimal(10) / 3, "3.333333"),
        (0.1, "0.1"),
        (1e-9, "1e-9"),
        (-2.0, "-2"),
        (1e20, "100,000,000,000,000,000,000"),
        (float("inf"), "infinity"),
        (float("-inf"), "-infinity"),
    ],
)
def test_number(number: float | Decimal, words: str) -> None:
    assert number_words(number) == words


def test_counted() -> None:
    assert [counted(number, "row") for number in (0, 1, 2000)] == ["0 rows", "1 row", "2,000 rows"]


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (1, None, "at least 1"),
        (None, 2000, "at most 2,000"),
        (1, 2, "from 1 to 2"),
        (3, 3, "exactly 3"),
        ("2026-11-01", None, "at least 2026-11-01"),
    ],
)
def test_limits(least: float | str | None, most: float | str | None, words: str) -> None:
    assert limits_words(least, most, "from ") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "NULL"),
        ("", '""'),
        (True, "true"),
        ("한국", "한국"),
        ("서울 😀", '"서울 😀"'),
        ("A, B", '"A, B"'),
        ("2026-11-20 12:00:00+00", "2026-11-20 12:00:00+00"),
        ("x" * 50, "x" * 39 + "…"),
        ("a\nb\t", '"a␊b␉"'),
        ("\x1b[31mred\x7f\u2028", '"␛[31mred\ufffd\ufffd"'),
    ],
)
def test_value(value: object, words: str) -> None:
    assert value_words(value) == words.replace("x" * 39 + "…", '"' + "x" * 39 + '…"')


def test_what_is_no_number_is_cut_and_stays_on_one_line() -> None:
    assert no_number_words("x\n" * 50) == f'"{"x␊" * 19}x…", which is not a number'
    assert found_words("x\n") == '"x␊", which is not a number'


def test_many_values() -> None:
    assert values_words(("a", "b")) == "a, b"
    assert values_words(tuple("abcdefg")) == "a, b, c, d, e and 2 more"


def test_what_a_query_found() -> None:
    assert [found_words(value) for value in (None, 12.5, "x")] == [
        "no value (NULL)",
        "12.5",
        '"x", which is not a number',
    ]
    assert [number_of(value) for value in ("1.5", True, "NaN", None)] == [Decimal("1.5"), Decimal(1), None, None]
