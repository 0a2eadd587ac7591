"""Checks whose query returns several columns."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import one_value
from tests.lint.rules.one_rule import config, said


def check(sql: str) -> str:
    return config("SELECT 1 AS one", f"input_check:\n  - sql: {sql}\n    count: 1\n")


@pytest.mark.parametrize(
    "sql", ["SELECT COUNT(1) FROM raw_data.nps", "SELECT * FROM raw_data.nps", "SELECT *, 1 FROM raw_data.nps"]
)
def test_one_column_and_unknown_ones(sql: str, tmp_path: Path) -> None:
    assert said(one_value.RULE, tmp_path, check(sql)) == []


def test_second_column_is_shown(tmp_path: Path) -> None:
    assert said(one_value.RULE, tmp_path, check("SELECT COUNT(1), MAX(score), MIN(score) FROM raw_data.nps")) == [
        "6:27+10 error: the query of a check must return one column; this one returns 3; "
        "fix: keep one column; make checks of their own of the others"
    ]
