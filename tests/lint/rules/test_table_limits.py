"""Limits that contradict each other, or that the warehouse does not know."""

from pathlib import Path

from summary_tables.lint.rules import table_limits
from tests.lint.rules.one_rule import config, said

QUERY = "SELECT 1 AS one"


def test_limits_that_fit(tmp_path: Path) -> None:
    for more in ("", "statement_timeout_minutes: 120\n", "timeout_minutes: 0.5\nstatement_timeout_minutes: 0.5\n"):
        assert said(table_limits.RULE, tmp_path, config(QUERY, more + "max_rows: 1\nwork_mem_mb: 64\n")) == []


def test_query_that_may_take_longer_than_its_step(tmp_path: Path) -> None:
    text = config(QUERY, "timeout_minutes: 60\nstatement_timeout_minutes: 90.5\n")
    assert said(table_limits.RULE, tmp_path, text) == [
        "6:28+4 error: `statement_timeout_minutes` is 90.5, but a whole step may take only 60 (`timeout_minutes`); "
        "fix: write `statement_timeout_minutes: 60` or less, or raise `timeout_minutes` to 90.5"
    ]


def test_publishing_that_may_wait_longer_than_its_step(tmp_path: Path) -> None:
    text = config(QUERY, "timeout_minutes: 5\n")
    assert said(table_limits.RULE, tmp_path, text) == []
    assert said(table_limits.RULE, tmp_path, text + "lock_timeout_minutes: 30\n") == [
        "6:23+2 error: `lock_timeout_minutes` is 30, but a whole step may take only 5 (`timeout_minutes`); "
        "fix: write `lock_timeout_minutes: 5` or less, or raise `timeout_minutes` to 30"
    ]


def test_step_without_a_time_of_its_own(tmp_path: Path) -> None:
    text = config(QUERY, "statement_timeout_minutes: 180\n")
    fix = "fix: write `statement_timeout_minutes: {0}` or less, or raise `timeout_minutes` to 180"
    assert said(table_limits.RULE, tmp_path, text) == [
        "5:28+3 error: `statement_timeout_minutes` is 180, but a whole step may take only 120 "
        "(`timeout_minutes`, left out); " + fix.format(120)
    ]
    assert said(table_limits.RULE, tmp_path, text, defaults="timeout_minutes: 10\n") == [
        "5:28+3 error: `statement_timeout_minutes` is 180, but a whole step may take only 10 "
        "(`timeout_minutes` in defaults.yaml); " + fix.format(10)
    ]


def test_step_that_is_shorter_than_what_defaults_say_of_queries(tmp_path: Path) -> None:
    text = config(QUERY, "timeout_minutes: 10\n")
    assert said(table_limits.RULE, tmp_path, text, defaults="statement_timeout_minutes: 30\n") == [
        "5:18+2 error: `statement_timeout_minutes` is 30 in defaults.yaml, but a whole step may take only 10 "
        "(`timeout_minutes`); fix: write `statement_timeout_minutes: 10` or less, or raise `timeout_minutes` to 30"
    ]


def test_memory_on_redshift(tmp_path: Path) -> None:
    redshift = "warehouse: {dialect: redshift}\n"
    words = "is for PostgreSQL; the warehouse here is redshift (defaults.yaml); fix: delete it"
    assert said(table_limits.RULE, tmp_path, config(QUERY, "work_mem_mb: 64\n"), defaults=redshift) == [
        f"5:14+2 error: `work_mem_mb` {words}"
    ]
    assert said(table_limits.RULE, tmp_path, config(QUERY), defaults=redshift + "work_mem_mb: 64\n") == [
        f"0:0+0 error: `work_mem_mb` in defaults.yaml {words}"
    ]
