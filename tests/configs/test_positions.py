"""The line of the file that a failure is about."""

from pathlib import Path
from typing import Any

from summary_tables.configs.positions import line_of_failure
from summary_tables.model.failure import Failure
from tests.configs.one_table import COLUMNS, TABLE


def test_line_of_a_columns_check_is_in_columns(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(TABLE + COLUMNS)

    def line(**facts: Any) -> int:
        return line_of_failure(tmp_path / "t.yaml", Failure(table="analytics.t", **facts))

    assert [line(step="output_check", check_index=index) for index in (0, 3, 4, 5, 6)] == [13, 16, 7, 10, 11]
    assert [line(step="input_check", check_index=0), line(step="create"), line(step="publish")] == [18, 3, 0]
    assert line(step="create", error="x", details="side by side") == 4
    assert line(step="output_check", check_index=99) == 12


def test_line_of_a_table_without_a_query_is_that_of_what_fills_it(tmp_path: Path) -> None:
    columns = "columns: [{name: a, type: text}]\n"
    failed = Failure(table="analytics.t", step="create", error="x")
    for source in ("csv: {file: a.csv}\n", "google_sheet: {spreadsheet: x, range: y}\n"):
        (tmp_path / "t.yaml").write_text(f"table: t\nschema: analytics\n{columns}{source}")
        assert line_of_failure(tmp_path / "t.yaml", failed) == 4
