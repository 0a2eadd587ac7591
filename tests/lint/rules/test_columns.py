"""Columns in the file that are not those of the query."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import columns
from tests.lint.rules.one_rule import config, said

MAIN_SQL = 'SELECT LEFT(created_at, 10) AS Date,\n  AVG(score) AS "평균"\nFROM raw_data.nps\nGROUP BY 1'
STAR = "SELECT * FROM raw_data.nps"


@pytest.mark.parametrize(
    ("main_sql", "declared"),
    [
        (MAIN_SQL, "[{name: 평균}, {name: date}]"),
        (STAR, "[{name: anything}]"),
        ("SELECT score, * FROM raw_data.nps", "[{name: anything}]"),
        ("SELECT score, score + 1 FROM raw_data.nps", "[{name: score}]"),
        (MAIN_SQL.replace("GROUP", "GRUOP"), "[{name: anything}]"),
    ],
    ids=["in any order", "not known", "partly not known", "without a name", "cannot be read"],
)
def test_no_word_without_a_difference_that_is_known(main_sql: str, declared: str, tmp_path: Path) -> None:
    assert said(columns.RULE, tmp_path, config(main_sql, f"columns: {declared}\n")) == []


def test_missing_extra_and_misspelt(tmp_path: Path) -> None:
    more = "columns:\n  - name: Date\n  - name: email\n"
    assert said(columns.RULE, tmp_path, config(MAIN_SQL, more)) == [
        "5:5+10 error: `columns` does not list `평균`, which the query gives here; "
        "fix: add `- name: 평균` to `columns`, or delete it here",
        "9:11+4 error: `main_sql` gives no column `Date`; fix: write `date`",
        "10:11+5 error: `main_sql` gives no column `email`; "
        "fix: its columns are `date` and `평균`; delete it here, or let the query give it",
    ]


def test_a_column_twice(tmp_path: Path) -> None:
    more = "columns:\n  - name: id\n  - name: date\n  - {type: text, name: id}\n"
    assert said(columns.RULE, tmp_path, config(STAR, more)) == [
        "8:24+2 error: `columns` has the column `id` twice: here and on line 6; fix: delete one of the two"
    ]


def test_a_column_is_meant_once(tmp_path: Path) -> None:
    more = "columns:\n  - name: scoer\n  - name: socre\n"
    assert said(columns.RULE, tmp_path, config("SELECT score FROM raw_data.nps", more)) == [
        "6:11+5 error: `main_sql` gives no column `scoer`; fix: write `score`",
        "7:11+5 error: `main_sql` gives no column `socre`; "
        "fix: its columns are `score`; delete it here, or let the query give it",
    ]
