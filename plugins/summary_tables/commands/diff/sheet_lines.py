"""Where the rows of a table come from when no query gives them, and where they go besides the warehouse."""

from collections.abc import Iterator, Sequence
from typing import Final

from summary_tables.commands.diff.changes import TableChange
from summary_tables.model.row_source import GoogleSheet, SheetExport
from summary_tables.model.table import SummaryTable
from summary_tables.sheets.spreadsheet import spreadsheet_address
from summary_tables.text.english import listed
from summary_tables.text.markdown_text import code

OF_SHEETS: Final = frozenset({"google_sheet", "csv", "export"})
"""The keys that are told of here."""


def sheet_lines(change: TableChange) -> Iterator[str]:
    """Of both, as items of a list: what is, and what was where that differs."""
    before = change.before.config.table if change.before else None
    after = change.file.config.table
    come = _source(after)
    if before and _source(before) != come:
        yield f"- **Rows come from** {_source(before)} → {come}"
    elif after.google_sheet:
        yield f"- **Rows come from** {come}"
    yield from _goes_to(_export(before), _export(after), is_new=before is None, is_gone=change.kind == "removed")


_QUERY: Final = "the query"


def _source(table: SummaryTable) -> str:
    if table.csv:
        separator = "" if table.csv.separator == "," else f", with {code(table.csv.separator)} between its cells"
        return f"the file {code(table.csv.file)}{separator}"
    if sheet := table.google_sheet:
        headers = "" if sheet.header_row == 1 else f", its headers in row {sheet.header_row} of that"
        return f"{_place(sheet)}{headers}{_by(sheet)}"
    return _QUERY


def _goes_to(before: SheetExport | None, after: SheetExport | None, *, is_new: bool, is_gone: bool) -> Iterator[str]:
    if before and (is_gone or not after):
        yield f"- **No longer written to** {_place(before)}, where the last rows stay"
    elif before and after and before != after:
        yield f"- **Goes to** {_words(before)} → {_words(after)}"
        if _grid(before) != _grid(after):
            yield f"  - what was written to {_place(before)} stays there, unless it is written over"
    elif after and before is None:
        yield f"- **Goes to** {_words(after)}{'' if is_new else ' (new: after each publication)'}"


def _export(table: SummaryTable | None) -> SheetExport | None:
    return table.export.google_sheet if table and table.export else None


def _grid(export: SheetExport) -> tuple[str, str]:
    return export.spreadsheet, export.range


def _words(export: SheetExport) -> str:
    columns = _names(export.columns) if export.columns else "all columns without personal data"
    parts = [
        f"**with the personal data** of {_names(export.pii_columns)}" if export.pii_columns else "",
        "" if export.header else "no headers",
        "a note with the run" if export.note else "",
        "" if export.max_cells == _PLAIN.max_cells else f"at most {export.max_cells:,} cells",
    ]
    return f"{_place(export)}: {', '.join(filter(None, [columns, *parts]))}{_by(export)}"


def _names(columns: Sequence[str]) -> str:
    return listed([code(name) for name in columns])


_PLAIN: Final = SheetExport(spreadsheet="", range="")


def _place(place: GoogleSheet | SheetExport) -> str:
    address = spreadsheet_address(place.spreadsheet)
    sheet = f"[a Google Sheet]({address})" if address else f"the Google Sheet {code(place.spreadsheet)}"
    return f"{code(place.range)} in {sheet}"


def _by(place: GoogleSheet | SheetExport) -> str:
    return "" if place.conn_id == _PLAIN.conn_id else f", by the connection {code(place.conn_id)}"
