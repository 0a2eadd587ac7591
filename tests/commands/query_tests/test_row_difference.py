"""Expected and returned rows: what counts as the same, and how the others are brought together."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.commands.query_tests.result import Difference, ResultRow, RowDifference
from summary_tables.commands.query_tests.row_difference import difference

COLUMNS = ("day", "n")
TYPES = {"day": "text", "n": "numeric"}


def found(expected: list[ResultRow], got: list[ResultRow]) -> Difference | None:
    return difference(COLUMNS, TYPES, expected, got)


def test_the_same_rows_in_any_order() -> None:
    rows: list[ResultRow] = [("a", "1"), ("b", "2"), ("b", "2"), (None, None)]
    assert found(rows, rows[::-1]) is None
    assert found([], []) is None


def test_numbers_are_compared_by_value_and_texts_exactly() -> None:
    assert (
        found(
            [("a", "1"), ("b", "1E+2"), ("c", "NaN"), ("d", "-0")],
            [("a", "1.00"), ("b", "100"), ("c", "NaN"), ("d", "0")],
        )
        is None
    )
    assert found([("1", "1")], [("1.00", "1")]) is not None
    assert found([("a ", "1")], [("a", "1")]) is not None


@pytest.mark.parametrize("kind", ["smallint", "integer", "bigint", "numeric", "real", "double precision"])
def test_numbers_of_every_type_are_compared_by_value(kind: str) -> None:
    assert difference(("n",), {"n": kind}, [("-0",)], [("0",)]) is None


def test_null_is_no_empty_text() -> None:
    assert found([("", None)], [(None, None)]) is not None


def test_a_row_that_is_there_too_often_or_too_rarely() -> None:
    twice: list[ResultRow] = [("a", "1"), ("a", "1")]
    assert found(twice, twice[:1]) == Difference(
        columns=COLUMNS, same=1, rows=(RowDifference(kind="missing", expected=("a", "1")),)
    )
    assert found(twice[:1], twice) == Difference(
        columns=COLUMNS, same=1, rows=(RowDifference(kind="unexpected", got=("a", "1")),)
    )


def test_rows_with_half_of_their_values_in_common_are_brought_together() -> None:
    result = found([("a", "1"), ("b", "2"), ("c", "3")], [("x", "9"), ("b", "7"), ("a", "1.0"), ("y", "3")])
    assert result == Difference(
        columns=COLUMNS,
        same=1,
        rows=(
            RowDifference(kind="differs", expected=("b", "2"), got=("b", "7"), differing=(1,)),
            RowDifference(kind="differs", expected=("c", "3"), got=("y", "3"), differing=(0,)),
            RowDifference(kind="unexpected", got=("x", "9")),
        ),
    )


def test_rows_that_begin_alike_are_brought_together_whatever_follows() -> None:
    result = difference(
        ("a", "b", "c"), dict.fromkeys("abc", "text"), [("k", "1", "2")], [("x", "1", "2"), ("k", "8", "9")]
    )
    assert result is not None
    assert result.rows == (
        RowDifference(kind="differs", expected=("k", "1", "2"), got=("k", "8", "9"), differing=(1, 2)),
        RowDifference(kind="unexpected", got=("x", "1", "2")),
    )


def test_a_row_goes_to_the_one_that_is_nearest() -> None:
    result = difference(
        ("a", "b", "c", "d"),
        dict.fromkeys("abcd", "text"),
        [("1", "2", "x", "x"), ("1", "2", "3", "x")],
        [("1", "2", "3", "4")],
    )
    assert result is not None
    assert [row.kind for row in result.rows] == ["missing", "differs"]


def test_many_rows_that_differ_take_no_time_and_none_is_lost() -> None:
    result = found([("a", str(n)) for n in range(5000)], [("b", str(n)) for n in range(5000)])
    assert result is not None
    kinds = Counter(row.kind for row in result.rows)
    assert kinds["differs"] + kinds["missing"] == kinds["differs"] + kinds["unexpected"] == 5000


_ROWS = st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from(["1", "1.0", "2", None])), max_size=6)


@given(expected=_ROWS, got=_ROWS)
def test_every_row_is_accounted_for_once(expected: list[ResultRow], got: list[ResultRow]) -> None:
    result = found(expected, got)
    same = result.same if result else len(expected)
    rows = result.rows if result else ()
    kinds = Counter(row.kind for row in rows)
    assert same + kinds["differs"] + kinds["missing"] == len(expected)
    assert same + kinds["differs"] + kinds["unexpected"] == len(got)
    assert all(row.expected in expected for row in rows if row.kind != "unexpected")
    assert all(row.got in got for row in rows if row.kind != "missing")


def test_rows_that_nobody_expects_come_in_an_order_of_their_own() -> None:
    result = found([], [("b", "1"), (None, "2"), ("a", "4"), ("a", "3")])
    assert result is not None
    assert [row.got for row in result.rows] == [("a", "3"), ("a", "4"), ("b", "1"), (None, "2")]
