"""Columns of `refresh` that the query does not give."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import unknown_refresh_column
from tests.lint.rules.one_rule import config, said

MAIN_SQL = 'SELECT created_at::date AS Date, "채널", COUNT(1) FROM raw_data.nps'


@pytest.mark.parametrize(
    "refresh",
    ["append", "{delete_insert: {time_column: date}}", "{merge: {unique_key: 채널}}", "{merge: {unique_key: [date]}}"],
)
def test_columns_as_the_warehouse_spells_them(refresh: str, tmp_path: Path) -> None:
    assert said(unknown_refresh_column.RULE, tmp_path, config(MAIN_SQL, f"refresh: {refresh}\n")) == []


def test_star_may_hide_any_column(tmp_path: Path) -> None:
    text = config("SELECT *, 1 AS one FROM raw_data.nps", "refresh: {merge: {unique_key: user_id}}\n")
    assert said(unknown_refresh_column.RULE, tmp_path, text) == []


@pytest.mark.parametrize(
    ("refresh", "words"),
    [
        (
            "{delete_insert: {time_column: day}}",
            "5:40+3 error: `main_sql` gives no column `day`; fix: its columns are `date`, `채널` and `count`",
        ),
        ("{merge: {unique_key: Date}}", "5:31+4 error: `main_sql` gives no column `Date`; fix: write `date`"),
        ("{merge: {unique_key: [채널, dates]}}", "5:36+5 error: `main_sql` gives no column `dates`; fix: write `date`"),
    ],
)
def test_the_nearest_column_or_all(refresh: str, words: str, tmp_path: Path) -> None:
    assert said(unknown_refresh_column.RULE, tmp_path, config(MAIN_SQL, f"refresh: {refresh}\n")) == [words]
