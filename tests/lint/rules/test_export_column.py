"""Columns that are written to a sheet."""

from pathlib import Path

from summary_tables.lint.rules import export_column
from tests.lint.rules.one_rule import config, said

MAIN_SQL = "SELECT id, email, nps FROM raw_data.nps"
SHEET = "spreadsheet: 1AbCdEfGhIjKlMnOpQrStUvWxYz, range: "


def _export(place: str, more: str = "") -> str:
    columns = "columns: [{name: id}, {name: email, pii: true}, {name: nps}]\n"
    return f"{columns}export:\n  google_sheet:\n    {{{SHEET}{place}{more}}}\n"


def test_columns_of_the_table(tmp_path: Path) -> None:
    text = config(MAIN_SQL, _export("Report!B3", ", columns: [nps, id]"))
    assert said(export_column.RULE, tmp_path, text) == []


def test_personal_data_that_is_named_twice(tmp_path: Path) -> None:
    text = config(MAIN_SQL, _export("Report!B3:D", ", columns: [nps, email], pii_columns: [email]"))
    assert said(export_column.RULE, tmp_path, text) == []


def test_what_is_no_column_and_what_is_personal(tmp_path: Path) -> None:
    text = config(MAIN_SQL, _export("Report", ", columns: [npss, email], pii_columns: [phone]"))
    assert said(export_column.RULE, tmp_path, text) == [
        "8:73+4 error: `main_sql` gives no column `npss`; fix: write `nps`",
        "8:79+5 error: `email` has personal data (`pii: true`), which goes to no sheet; fix: leave it out, or name it "
        "in `pii_columns` of the export, too",
        "8:101+5 error: `main_sql` gives no column `phone`; fix: its columns are `id`, `email` and `nps`",
    ]


def test_a_place_that_is_none(tmp_path: Path) -> None:
    text = config(MAIN_SQL, _export("Report!B"))
    assert said(export_column.RULE, tmp_path, text) == [
        "8:55+8 error: `B` is no place in a tab; fix: write its first cell, such as Report!B3"
    ]
