"""Stars that take whatever a table has."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import select_star
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT COUNT(*) AS n FROM raw_data.nps",
        "SELECT n FROM (SELECT * FROM raw_data.nps) AS part",
        "WITH part AS (SELECT id, score FROM raw_data.nps)\nSELECT * FROM part",
        "WITH part AS (SELECT id, score FROM raw_data.nps)\nSELECT p.* FROM part AS p JOIN raw_data.b USING (id)",
    ],
    ids=["count", "inner", "known columns", "known columns of an alias"],
)
def test_stars_that_change_nothing(main_sql: str, tmp_path: Path) -> None:
    assert said(select_star.RULE, tmp_path, config(main_sql)) == []


@pytest.mark.parametrize(
    ("main_sql", "place"),
    [
        ("SELECT * FROM raw_data.nps", "4:10+1 warning: `*`"),
        ("SELECT id, b.*\nFROM raw_data.a, raw_data.b", "4:14+3 warning: `b.*`"),
        ("WITH part AS (SELECT * FROM raw_data.nps)\nSELECT *\nFROM part", "5:10+1 warning: `*`"),
    ],
)
def test_star_over_a_table(main_sql: str, place: str, tmp_path: Path) -> None:
    assert said(select_star.RULE, tmp_path, config(main_sql)) == [
        f"{place} takes all columns of the source: this table changes whenever the source does; "
        "fix: write the columns that this table shall have"
    ]
