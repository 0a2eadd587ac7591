"""Checks of one list are told apart, and each is the same one when its number changes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.checks import check_from_item, check_names

NEW = "{schema}.temp_{table}"


def counted(condition: str, **changes: Any) -> dict[str, Any]:
    return {"sql": f"SELECT COUNT(1) FROM {NEW} WHERE {condition}", "count": 0, "op": "eq", **changes}


def names(*items: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name.label, name.key) for name in check_names([check_from_item(item) for item in items])]


def test_two_that_look_alike_are_two() -> None:
    assert names(counted("orders < 0"), counted("cancelled > orders")) == [
        ("exactly 0 rows where orders < 0", "exactly rows where orders < 0"),
        ("exactly 0 rows where cancelled > orders", "exactly rows where cancelled > orders"),
    ]
    sums = [{"sql": f"SELECT SUM({column}) FROM {NEW}", "count": 1} for column in "ab"]
    assert names(*sums) == [("at least 1", "at least sql e90023"), ("at least 1 (2)", "at least sql 26ab4b")]
    assert names({"no_rows": "SELECT 1"}, {"no_rows": "SELECT 2"}) == [
        ("no rows", "no_rows e004eb"),
        ("no rows (2)", "no_rows ebbb5b"),
    ]
    assert names({"row_count": {"min": 1}}, {"row_count": {"min": 50}, "severity": "warn"}) == [
        ("at least 1 row", "row_count"),
        ("at least 50 rows", "row_count warn"),
    ]


def test_the_same_twice_is_numbered_and_takes_no_name_away() -> None:
    same = {"row_count": {"min": 1}}
    assert names(same, same, {**same, "name": "at least 1 row (2)"}, same) == [
        ("at least 1 row", "row_count"),
        ("at least 1 row (3)", "row_count 2"),
        ("at least 1 row (2)", "at least 1 row (2)"),
        ("at least 1 row (4)", "row_count 3"),
    ]


CHANGES = (
    (counted("a < 1"), counted("a < 1", count=7)),
    ({"sql": "SELECT SUM(a) FROM x.y", "count": 1}, {"sql": "SELECT SUM(a)\n  FROM x.y", "count": 2.5}),
    ({"sql": "SELECT 1", "count": 1, "name": "n"}, {"sql": "SELECT 2", "count": 1, "name": "n"}),
    ({"row_count": {"min": 1}}, {"row_count": {"min": 2, "max": 9}, "severity": "warn"}),
    ({"range": {"column": "a", "min": 1}}, {"range": {"column": "a", "max": 1}}),
    ({"accepted_values": {"column": "a", "values": [1]}}, {"accepted_values": {"column": "a", "values": [1, 2]}}),
    ({"freshness": {"column": "a", "within_hours": 1}}, {"freshness": {"column": "a", "within_hours": 26}}),
    ({"null_share": {"column": "a", "max": 0.1}}, {"null_share": {"column": "a", "max": 0.2}}),
    ({"length": {"column": "a", "max": 1}}, {"length": {"column": "a", "max": 2}}),
    ({"sum": {"column": "a", "min": 1}}, {"sum": {"column": "a", "max_decrease_percent": 10}}),
    ({"row_count_change": {"max_decrease_percent": 1}}, {"row_count_change": {"max_decrease_percent": 2}}),
)


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_a_check_whose_number_changes_is_the_same_one(before: dict[str, Any], after: dict[str, Any]) -> None:
    other = {"not_null": "z"}
    ((_, key), _) = names(before, other)
    assert [key for _, key in names(other, after)][1] == key


UNLIKE: tuple[dict[str, Any], ...] = (
    *({"row_count": {"min": 1}, "table": table} for table in ("a.b", "a.c")),
    {"row_count": {"min": 1}},
    *({kind: columns} for kind in ("not_null", "unique") for columns in ("a", "b", ["a", "b"])),
    *({"relationships": {"column": "a", "to": to, "to_column": "a"}} for to in ("a.b", "a.c")),
    *({"row_count_equals": {"table": table}} for table in ("a.b", "a.c")),
    *(
        {"row_count_change": {"max_decrease_percent": 1, "compared_to": to}}
        for to in ("previous_build", "same_weekday")
    ),
    *(counted("a < 1", op=op) for op in ("ge", "le")),
    counted("a < 2"),
)


@given(st.permutations(UNLIKE))
def test_the_order_of_checks_that_ask_different_things_means_nothing(items: list[dict[str, Any]]) -> None:
    keys = {str(item): key for item, (_, key) in zip(items, names(*items), strict=True)}
    assert keys == {str(item): names(item)[0][1] for item in UNLIKE}
    assert len(set(keys.values())) == len(UNLIKE)


@pytest.mark.parametrize(
    "condition",
    ["a = 1 -- b", "a = 1 GROUP BY b", "a /* b */ = 1", "a IN (SELECT b FROM c.d ORDER BY b LIMIT 1)", "a" * 81],
)
def test_a_condition_that_is_no_plain_one_is_not_repeated(condition: str) -> None:
    ((label, _),) = names(counted(condition))
    assert label == "exactly 0"
