"""What a pull request says of the sheet or file that fills a table, and of the sheet that it goes to."""

from pathlib import Path
from typing import Any

import pytest

from summary_tables.commands.diff.changes import TableChange
from summary_tables.commands.diff.sheet_lines import sheet_lines
from summary_tables.configs.folder import read_file
from summary_tables.configs.table_file import TableFile
from tests.golden_files import assert_golden

KEY = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
QUERY = "main_sql: SELECT 1 AS a"
SHEET = "columns: [{name: a, type: text}]\ngoogle_sheet: {spreadsheet: KEY, range: Targets!A:D}"
CSV = "columns: [{name: a, type: text}]\ncsv: {file: seeds/a.csv}"
EXPORT = f"{QUERY}\nexport: {{google_sheet: {{spreadsheet: KEY, range: Report!B3}}}}"
MANY = (
    "main_sql: SELECT 1 AS a, 2 AS b\ncolumns: [{name: a}, {name: b, pii: true}]\nexport: {google_sheet: {"
    "spreadsheet: https://docs.google.com/spreadsheets/d/KEY/edit#gid=7, range: \"'주간 🎉'!A1\", columns: [a, b], "
    "pii_columns: [b], header: false, max_cells: 4000, note: true, conn_id: google_growth}}"
)
CASES = {
    "sheet_new": (None, SHEET),
    "sheet_same": (SHEET, SHEET),
    "sheet_other_range": (SHEET, SHEET.replace("A:D", "A:E, header_row: 3")),
    "sheet_instead_of_query": (QUERY, SHEET),
    "csv_instead_of_sheet": (SHEET, CSV),
    "csv_other_separator": (CSV, CSV.replace("a.csv", "a.csv, separator: tab")),
    "export_new_table": (None, EXPORT),
    "export_new": (QUERY, EXPORT),
    "export_changed": (EXPORT, MANY),
    "export_gone": (EXPORT, QUERY),
    "table_gone": (EXPORT, None),
}


def file(tmp_path: Path, more: str) -> TableFile:
    path = tmp_path / "t.yaml"
    path.write_text(f"table: t\nschema: s\n{more.replace('KEY', KEY)}\n", "utf-8")
    found = read_file(path, {})
    assert isinstance(found, TableFile)
    return found


def lines(tmp_path: Path, before: str | None, after: str | None) -> list[str]:
    old = None if before is None else file(tmp_path, before)
    new = None if after is None else file(tmp_path, after)
    kind: Any = "added" if old is None else "removed" if new is None else "changed"
    return list(sheet_lines(TableChange(kind=kind, before=old, after=new)))


def test_in_words(tmp_path: Path) -> None:
    said = [f"{name}\n" + "".join(f"{line}\n" for line in lines(tmp_path, *sides)) for name, sides in CASES.items()]
    assert_golden("diff/sheet_lines.md", "\n".join(said))


@pytest.mark.parametrize("more", [QUERY, CSV])
def test_nothing_where_no_sheet_is_meant(tmp_path: Path, more: str) -> None:
    assert lines(tmp_path, None, more) == []
