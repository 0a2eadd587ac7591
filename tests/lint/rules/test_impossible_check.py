"""Checks that cannot pass."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import impossible_check
from tests.lint.rules.one_rule import config, said


def check(sql: str, count: str, op: str) -> str:
    return config("SELECT 1 AS one", f"input_check:\n  - sql: {sql}\n    count: {count}\n    op: {op}\n")


@pytest.mark.parametrize(
    ("sql", "count", "op"),
    [
        ("SELECT COUNT(1) FROM raw_data.nps", "0", "eq"),
        ("SELECT COUNT(1) FROM raw_data.nps", "0", "le"),
        ("SELECT COUNT(1) FROM raw_data.nps", "1", "lt"),
        ("SELECT COUNT(1) FROM raw_data.nps", "-1", "ge"),
        ("SELECT MIN(score) FROM raw_data.nps", "0", "lt"),
        ("SELECT 1", "0", "lt"),
    ],
)
def test_checks_that_can_pass_or_are_idle(sql: str, count: str, op: str, tmp_path: Path) -> None:
    assert said(impossible_check.RULE, tmp_path, check(sql, count, op)) == []


@pytest.mark.parametrize(("count", "op"), [("0", "lt"), ("-1", "le"), ("-0.5", "eq")])
def test_count_is_never_below_zero(count: str, op: str, tmp_path: Path) -> None:
    assert said(impossible_check.RULE, tmp_path, check("SELECT COUNT(*) FROM raw_data.nps", count, op)) == [
        f"7:12+{len(count)} error: this check can never pass: the query counts, and a count is never below 0; "
        "fix: write `count: 0` and `op: eq` if there must be no rows"
    ]


def named(item: str) -> str:
    return config("SELECT 1 AS one", f"output_check:\n  - {item}\n")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("row_count: {min: 10, max: 9}", "`min` is 10, which is above `max`, 9; fix: write `min: 9` and `max: 10`"),
        (
            "range: {column: one, min: 0.5, max: -1}",
            "`min` is 0.5, which is above `max`, -1; fix: write `min: -1` and `max: 0.5`",
        ),
        (
            'range: {column: one, min: "2026-01-02", max: "2026-01-01 23:00"}',
            '`min` is "2026-01-02", which is above `max`, "2026-01-01 23:00"; '
            'fix: write `min: "2026-01-01 23:00"` and `max: "2026-01-02"`',
        ),
        (
            "length: {column: one, min: 2, max: 1}",
            "`min` is 2, which is above `max`, 1; fix: write `min: 1` and `max: 2`",
        ),
        ("sum: {column: one, min: 2, max: 1}", "`min` is 2, which is above `max`, 1; fix: write `min: 1` and `max: 2`"),
        (
            'range: {column: one, min: "2026-01-01", max: 10}',
            "one of `min` and `max` is a number and the other a text; "
            "fix: write both as numbers, or both as dates in quotes",
        ),
    ],
)
def test_limits_that_nothing_keeps(item: str, words: str, tmp_path: Path) -> None:
    (found,) = said(impossible_check.RULE, tmp_path, named(item))
    place, _, rest = found.partition(" ")
    assert int(place.partition("+")[0].partition(":")[2]) == 5 + item.index("min: ") + len("min: ")
    assert rest == f"error: this check can never pass: {words}"


@pytest.mark.parametrize(
    "item",
    [
        "row_count: {min: 9, max: 9}",
        "range: {column: one, min: -1}",
        'range: {column: one, min: "5", max: 10}',
        "range: {column: one, min: '나', max: '가'}",
        'range: {column: one, min: "2026-01-01", max: "2026-01-01"}',
    ],
)
def test_limits_that_something_may_keep(item: str, tmp_path: Path) -> None:
    assert said(impossible_check.RULE, tmp_path, named(item)) == []
