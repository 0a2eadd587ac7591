"""Checks that cannot fail."""

from pathlib import Path

import pytest

from summary_tables.rules import idle_check
from tests.rules.one_rule import config, said


def check(sql: str, count: str, op: str = "") -> str:
    return config("SELECT 1 AS one", f"input_check:\n  - sql: {sql}\n    count: {count}\n" + (op and f"    op: {op}\n"))


@pytest.mark.parametrize(
    ("sql", "count", "op"),
    [
        ("SELECT COUNT(1) FROM raw_data.nps", "1", ""),
        ("SELECT COUNT(1) FROM raw_data.nps", "0", "eq"),
        ("SELECT COUNT(1) FROM raw_data.nps", "0", "gt"),
        ("SELECT COUNT(1) FROM raw_data.nps", "0", "ne"),
        ("SELECT COUNT(1) FROM raw_data.nps", "0", "le"),
        ("SELECT MIN(score) FROM raw_data.nps", "0", "ge"),
        ("SELECT COUNT(1) - COUNT(DISTINCT id) FROM raw_data.nps", "0", ""),
        ("SELECT COUNT(1) FROM raw_data.nps GROUP BY id", "0", ""),
        ("SELECT analytics.rows_of_today()", "1", ""),
        ("SELECT CURRENT_DATE - DATE '2026-01-01'", "1", ""),
    ],
)
def test_checks_that_can_fail(sql: str, count: str, op: str, tmp_path: Path) -> None:
    assert said(idle_check, tmp_path, check(sql, count, op)) == []


@pytest.mark.parametrize(("count", "op"), [("0", ""), ("0.0", "ge"), ("-5", ""), ("-1", "gt"), ("-1", "ne")])
def test_count_is_never_below_zero(count: str, op: str, tmp_path: Path) -> None:
    assert said(idle_check, tmp_path, check("SELECT COUNT(*) FROM raw_data.nps", count, op)) == [
        f"7:12+{len(count)} error: this check can never fail: the query counts, and a count is never below 0; "
        "fix: write `count: 1` if there must be some rows; add `op: eq` to `count: 0` if there must be none"
    ]


@pytest.mark.parametrize("sql", ["SELECT 1", "SELECT 5 + 3 AS n"])
def test_check_of_no_table(sql: str, tmp_path: Path) -> None:
    assert said(idle_check, tmp_path, check(sql, "1")) == [
        f"6:10+{len(sql)} error: this check reads no table, so it says the same in every run; "
        "fix: ask a table, e.g. `SELECT COUNT(1) FROM schema.table`"
    ]


def test_output_checks_are_judged_too(tmp_path: Path) -> None:
    text = config("SELECT 1 AS one", "output_check:\n  - sql: |\n\n      SELECT 1\n    count: 1\n")
    assert said(idle_check, tmp_path, text) == [
        "8:7+8 error: this check reads no table, so it says the same in every run; "
        "fix: ask a table, e.g. `SELECT COUNT(1) FROM schema.table`"
    ]
