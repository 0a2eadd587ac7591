"""Checks whose query may return several rows."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import one_row
from tests.lint.rules.one_rule import config, said


def check(sql: str) -> str:
    return config("SELECT 1 AS one", f"input_check:\n  - sql: {sql}\n    count: 1\n")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT COUNT(1) FROM raw_data.nps",
        "SELECT MAX(score) - MIN(score) FROM raw_data.nps WHERE score > 3",
        "SELECT score FROM raw_data.nps ORDER BY created_at DESC LIMIT 1",
        "SELECT (SELECT COUNT(1) FROM raw_data.a) - (SELECT COUNT(1) FROM raw_data.b)",
        "SELECT COUNT(1) FROM (SELECT id FROM raw_data.nps GROUP BY id HAVING COUNT(1) > 1) AS twice",
        "SELECT score, id FROM raw_data.nps",
        "SELECT COUNTIF(score > 1) FROM raw_data.nps",
    ],
    ids=["count", "aggregates", "limit", "no from", "grouped inside", "for one_value", "for foreign_function"],
)
def test_one_row_whatever_the_data(sql: str, tmp_path: Path) -> None:
    assert said(one_row.RULE, tmp_path, check(sql)) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT score FROM raw_data.nps",
        "SELECT COUNT(1) FROM raw_data.nps GROUP BY score",
        "SELECT * FROM raw_data.nps",
    ],
)
def test_any_number_of_rows(sql: str, tmp_path: Path) -> None:
    assert said(one_row.RULE, tmp_path, check(sql)) == [
        f"6:10+{len(sql)} warning: the query of a check must return one row; this one may return none, or several; "
        "fix: write COUNT, MIN, MAX or SUM around the value, without GROUP BY"
    ]
