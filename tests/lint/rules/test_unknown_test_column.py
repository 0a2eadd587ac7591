"""Columns that are expected and do not come out."""

from pathlib import Path

from summary_tables.lint.rules import unknown_test_column
from tests.lint.rules.one_rule import config, said

MAIN_SQL = 'SELECT LEFT(created_at, 10) AS date, "Score" FROM raw_data.nps'


def of(tmp_path: Path, *rows: str, main_sql: str = MAIN_SQL) -> list[str]:
    more = "tests:\n  - name: x\n    expect:\n" + "".join(f"      - {row}\n" for row in rows)
    return said(unknown_test_column.RULE, tmp_path, config(main_sql, more))


def test_columns_as_the_warehouse_spells_them(tmp_path: Path) -> None:
    assert of(tmp_path, "{Score: 1, date: x}", "{date: y, Score: null}") == []
    assert of(tmp_path, "{score: 1, day: x}", "{score: 2, day: y}") == [
        "8:10+5 error: `main_sql` gives no column `score`; fix: write `Score`",
        "8:20+3 error: `main_sql` gives no column `day`; fix: its columns are `date` and `Score`",
    ]


def test_star_may_hide_any_column(tmp_path: Path) -> None:
    assert of(tmp_path, "{day: x}", main_sql="SELECT * FROM raw_data.nps") == []


def test_each_row_has_the_same_columns(tmp_path: Path) -> None:
    fix = "add the value; where there must be none, write"
    assert of(tmp_path, "{date: x}", "{Score: 2, date: y}", "{date: z}") == [
        f"8:9+9 error: this row has no `Score`, and another row of the test has; fix: {fix} `Score: null`"
    ]
    assert of(tmp_path, "{}") == [
        "8:9+2 error: a row without columns expects nothing; fix: name the columns that matter"
    ]
