"""Runs of a table that grows go one after the other."""

from pathlib import Path

from summary_tables.lint.rules import runs_at_once
from tests.lint.rules.one_rule import config, said

MESSAGE = (
    "7:18+1 error: the table grows by `append`, so its runs go one after the other: each adds to what the one before "
    "has left; fix: delete `max_active_runs`"
)


def test_a_table_that_grows(tmp_path: Path) -> None:
    text = config("SELECT 1 AS a", 'schedule: "@daily"\nrefresh: append\nmax_active_runs: 2\n')
    assert said(runs_at_once.RULE, tmp_path, text) == [MESSAGE]


def test_a_table_that_is_built_anew_and_one_run_at_a_time(tmp_path: Path) -> None:
    anew = config("SELECT 1 AS a", 'schedule: "@daily"\nmax_active_runs: 2\n')
    one = config("SELECT 1 AS a", 'schedule: "@daily"\nrefresh: append\nmax_active_runs: 1\n')
    assert said(runs_at_once.RULE, tmp_path, anew) == said(runs_at_once.RULE, tmp_path, one) == []
