"""Checks that cannot pass."""

from pathlib import Path

import pytest

from summary_tables.rules import impossible_check
from tests.rules.one_rule import config, said


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
    assert said(impossible_check, tmp_path, check(sql, count, op)) == []


@pytest.mark.parametrize(("count", "op"), [("0", "lt"), ("-1", "le"), ("-0.5", "eq")])
def test_count_is_never_below_zero(count: str, op: str, tmp_path: Path) -> None:
    assert said(impossible_check, tmp_path, check("SELECT COUNT(*) FROM raw_data.nps", count, op)) == [
        f"7:12+{len(count)} error: this check can never pass: the query counts, and a count is never below 0; "
        "fix: write `count: 0` and `op: eq` if there must be no rows"
    ]
