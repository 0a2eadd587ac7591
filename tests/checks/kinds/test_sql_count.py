"""`sql` + `count` + `op`: what the check is called, when it passes, and how it says what it got."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.checks import CheckResult, SqlCount, check_from_item


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ({"sql": "SELECT COUNT(1) FROM {schema}.temp_{table}", "count": 12}, "at least 12 rows"),
        ({"sql": " select count(*) from raw_data.nps ;\n", "count": 150000}, "at least 150,000 rows in raw_data.nps"),
        ({"sql": "SELECT COUNT(1) FROM raw_data.nps", "count": 0, "op": "eq"}, "exactly 0 rows in raw_data.nps"),
        ({"sql": "SELECT COUNT(1) FROM a WHERE b", "count": 3, "op": "lt"}, "less than 3 rows in a where b"),
        ({"sql": "SELECT MAX(nps) FROM a", "count": 99.5, "op": "le"}, "at most 99.5"),
        ({"sql": "SELECT 1", "count": 1, "name": "답이 충분하다"}, "답이 충분하다"),
    ],
)
def test_label(item: dict[str, object], label: str) -> None:
    assert check_from_item(item).label() == label


@pytest.mark.parametrize(
    ("op", "passing", "failing", "expected"),
    [
        ("ge", [12, 13], [11], "at least 12"),
        ("gt", [13], [12, 11], "more than 12"),
        ("le", [12, 11], [13], "at most 12"),
        ("lt", [11], [12, 13], "less than 12"),
        ("eq", [12, Decimal("12.0"), 12.0, "12"], [11, 12.5], "exactly 12"),
        ("ne", [11, 13], [12], "anything but 12"),
    ],
)
def test_comparison(op: str, passing: list[object], failing: list[object], expected: str) -> None:
    check = check_from_item({"sql": "SELECT 1", "count": 12, "op": op})
    assert all(check.judge([(value,)]).passed for value in passing)
    assert not any(check.judge([(value,)]).passed for value in failing)
    assert check.judge([(1,)]).expected == expected


@pytest.mark.parametrize("op", ["ge", "gt", "le", "lt", "eq", "ne"])
@pytest.mark.parametrize(
    ("value", "actual"),
    [
        (None, "no value (NULL)"),
        (float("nan"), '"nan", which is not a number'),
        ("many", '"many", which is not a number'),
        (date(2026, 1, 1), '"2026-01-01", which is not a number'),
    ],
)
def test_what_is_no_number_never_passes(op: str, value: object, actual: str) -> None:
    found = check_from_item({"sql": "SELECT 1", "count": 1, "op": op}).judge([(value,)])
    assert (found.passed, found.actual) == (False, actual)


@pytest.mark.parametrize(
    ("value", "actual"),
    [(1234567, "1,234,567"), (Decimal("0.10"), "0.10"), (True, "1"), (1e-7, "0.0000001"), (Decimal("1E+3"), "1,000")],
)
def test_actual_is_readable(value: object, actual: str) -> None:
    assert SqlCount(sql="SELECT 1", count=1).judge([(value,)]).actual == actual


@given(st.integers(), st.integers())
def test_every_pair_of_integers_is_compared_as_such(count: int, value: int) -> None:
    found = SqlCount(sql="SELECT 1", count=count, op="ge").judge([(value,)])
    assert found == CheckResult(passed=value >= count, expected=f"at least {count:,}", actual=f"{value:,}")


def test_item_of_no_kind_is_an_error() -> None:
    with pytest.raises(KeyError, match="no check kind"):
        check_from_item({"name": "x"})
