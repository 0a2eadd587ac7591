"""Checks of columns that are not there."""

from pathlib import Path

from summary_tables.lint.rules import unknown_check_column
from tests.lint.rules.one_rule import config, said

MAIN_SQL = 'SELECT LEFT(created_at, 10) AS Date, "Score", COUNT(1) FROM raw_data.nps'


def test_columns_as_the_warehouse_spells_them(tmp_path: Path) -> None:
    text = config(MAIN_SQL, "output_check:\n  - not_null: [date, Score]\n  - sum: {column: count, min: 1}\n")
    assert said(unknown_check_column.RULE, tmp_path, text) == []


def test_star_may_hide_any_column(tmp_path: Path) -> None:
    text = config("SELECT *, 1 AS one FROM raw_data.nps", "output_check: [unique: day]\n")
    assert said(unknown_check_column.RULE, tmp_path, text) == []


def test_columns_of_other_tables_and_queries_are_not_known(tmp_path: Path) -> None:
    more = "input_check: [{not_null: id, table: raw_data.nps}]\noutput_check: [no_rows: SELECT day FROM a.b]\n"
    assert said(unknown_check_column.RULE, tmp_path, config(MAIN_SQL, more)) == []


def test_each_shape_with_the_nearest_column_or_all(tmp_path: Path) -> None:
    more = (
        "output_check:\n"
        "  - not_null: [date, score]\n"
        "  - unique:\n"
        "      - channel\n"
        "  - unique: dat\n"
        "  - no_gaps: {column: Date}\n"
    )
    assert said(unknown_check_column.RULE, tmp_path, config(MAIN_SQL, more)) == [
        "6:22+5 error: `main_sql` gives no column `score`; fix: write `Score`",
        "8:9+7 error: `main_sql` gives no column `channel`; fix: its columns are `date`, `Score` and `count`",
        "9:13+3 error: `main_sql` gives no column `dat`; fix: write `date`",
        "10:23+4 error: `main_sql` gives no column `Date`; fix: write `date`",
    ]
