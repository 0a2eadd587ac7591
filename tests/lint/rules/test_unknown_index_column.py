"""Indexes and keys on columns that are not there."""

from pathlib import Path

from summary_tables.lint.rules import unknown_index_column
from tests.lint.rules.one_rule import config, said

MAIN_SQL = 'SELECT LEFT(created_at, 10) AS Date, "Score", COUNT(1) FROM raw_data.nps'


def test_columns_as_the_warehouse_spells_them(tmp_path: Path) -> None:
    text = config(MAIN_SQL, "indexes: [{columns: [date, Score]}, {columns: [count]}]\n")
    assert said(unknown_index_column.RULE, tmp_path, text) == []


def test_star_may_hide_any_column(tmp_path: Path) -> None:
    text = config("SELECT *, 1 AS one FROM raw_data.nps", "indexes: [{columns: [day]}]\n")
    assert said(unknown_index_column.RULE, tmp_path, text) == []


def test_index_with_the_nearest_column_or_all(tmp_path: Path) -> None:
    text = config(MAIN_SQL, "indexes:\n  - columns: [date, score]\n  - columns:\n      - channel\n")
    assert said(unknown_index_column.RULE, tmp_path, text) == [
        "6:21+5 error: `main_sql` gives no column `score`; fix: write `Score`",
        "8:9+7 error: `main_sql` gives no column `channel`; fix: its columns are `date`, `Score` and `count`",
    ]


def test_keys_of_redshift(tmp_path: Path) -> None:
    text = config("SELECT id, ts FROM raw_data.a", "attributes: {distkey: idd, sortkey: [ts, tss]}\n")
    assert said(unknown_index_column.RULE, tmp_path, text, defaults="warehouse: {dialect: redshift}\n") == [
        "5:23+3 error: `main_sql` gives no column `idd`; fix: write `id`",
        "5:42+3 error: `main_sql` gives no column `tss`; fix: write `ts`",
    ]
