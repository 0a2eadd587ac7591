"""Checks that cannot fail."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import idle_check
from tests.lint.rules.one_rule import config, said


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
    assert said(idle_check.RULE, tmp_path, check(sql, count, op)) == []


@pytest.mark.parametrize(("count", "op"), [("0", ""), ("0.0", "ge"), ("-5", ""), ("-1", "gt"), ("-1", "ne")])
def test_count_is_never_below_zero(count: str, op: str, tmp_path: Path) -> None:
    assert said(idle_check.RULE, tmp_path, check("SELECT COUNT(*) FROM raw_data.nps", count, op)) == [
        f"7:12+{len(count)} error: this check can never fail: the query counts, and a count is never below 0; "
        "fix: write `count: 1` if there must be some rows; add `op: eq` to `count: 0` if there must be none"
    ]


@pytest.mark.parametrize("sql", ["SELECT 1", "SELECT 5 + 3 AS n"])
def test_check_of_no_table(sql: str, tmp_path: Path) -> None:
    assert said(idle_check.RULE, tmp_path, check(sql, "1")) == [
        f"6:10+{len(sql)} error: this check reads no table, so it says the same in every run; "
        "fix: ask a table, e.g. `SELECT COUNT(1) FROM schema.table`"
    ]


def test_output_checks_are_judged_too(tmp_path: Path) -> None:
    text = config("SELECT 1 AS one", "output_check:\n  - sql: |\n\n      SELECT 1\n    count: 1\n")
    assert said(idle_check.RULE, tmp_path, text) == [
        "8:7+8 error: this check reads no table, so it says the same in every run; "
        "fix: ask a table, e.g. `SELECT COUNT(1) FROM schema.table`"
    ]


@pytest.mark.parametrize(
    ("item", "column", "words"),
    [
        ("row_count: {min: 0}", 22, "no table has fewer than 0 rows; fix: write `min: 1` if there must be some rows"),
        (
            "length: {column: one, min: 0}",
            32,
            "no text has fewer than 0 characters; fix: write `min: 1` if it must not be empty",
        ),
        (
            "null_share: {column: one, max: 1.0}",
            36,
            "1 is 100 percent of the rows; fix: write a smaller share, such as `max: 0.05` for 5 percent",
        ),
        (
            "matches: {column: one, pattern: '^.*$'}",
            37,
            "every text matches this pattern; fix: write what the texts have in common, or `not_null: one`",
        ),
    ],
)
def test_limits_that_hold_always(item: str, column: int, words: str, tmp_path: Path) -> None:
    text = config("SELECT 1 AS one", f"output_check:\n  - {item}\n")
    (found,) = said(idle_check.RULE, tmp_path, text)
    place, _, rest = found.partition(" ")
    assert place.partition("+")[0] == f"6:{column}"
    assert rest == f"error: this check can never fail: {words}"


@pytest.mark.parametrize(
    "item",
    [
        "row_count: {min: 0, max: 10}",
        "row_count: {max: 0}",
        "length: {column: one, min: 0, max: 0}",
        "null_share: {column: one, max: 0.99}",
        "matches: {column: one, pattern: '^.+$'}",
        "row_count_equals: {table: analytics.t}",
        "relationships: {column: one, to: analytics.t, to_column: one}",
    ],
)
def test_limits_that_may_not_hold(item: str, tmp_path: Path) -> None:
    assert said(idle_check.RULE, tmp_path, config("SELECT 1 AS one", f"output_check:\n  - {item}\n")) == []


def test_comparison_of_a_table_with_itself(tmp_path: Path) -> None:
    checks = (
        "input_check:\n"
        "  - row_count_equals: {table: raw_data.t}\n"
        "    table: raw_data.t\n"
        "  - relationships: {column: a, to: raw_data.t, to_column: a}\n"
        "    table: raw_data.t\n"
        "  - relationships: {column: a, to: raw_data.t, to_column: b}\n"
        "    table: raw_data.t\n"
    )
    assert said(idle_check.RULE, tmp_path, config("SELECT 1 AS one", checks)) == [
        "6:31+10 error: this check can never fail: it compares a table with itself; fix: name another table",
        "8:36+10 error: this check can never fail: it looks for values of a column in that column; "
        "fix: name another table",
    ]
