"""What an export would write of a table, as far as that is known before anybody asks Google."""

from collections.abc import Sequence

from summary_tables.model.column import Column
from summary_tables.model.failure import Refusal
from summary_tables.model.row_source import SheetExport
from summary_tables.model.table import SummaryTable
from summary_tables.runs.run import attempted
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.export_batch import place_of, require_room
from summary_tables.sheets.spreadsheet import spreadsheet_address
from summary_tables.text.english import counted, plural, quoted
from summary_tables.warehouse.session.errors import WarehouseError


def export_plan(table: SummaryTable, export: SheetExport, there: Sequence[Column], rows: int) -> str | Refusal:
    """What would be written of a table with the columns `there`, in words; or why nothing would.

    Of a table that grows `rows` are those of one run, so that it may be more.
    """
    return attempted(lambda: _plan(table, export, there, rows))


def _plan(table: SummaryTable, export: SheetExport, there: Sequence[Column], rows: int) -> str:
    columns = chosen_columns(table, export, there)
    if rows > most_rows(export, columns):
        raise WarehouseError(too_many_words(export, columns, rows))
    try:
        require_room(*place_of(export.range), rows + (1 if export.header else 0), len(columns))
    except SheetsError as error:
        raise WarehouseError(str(error)) from None
    count = f"all rows of {table.full_name}, with those of this run," if table.refresh.is_incremental else ""
    headers = " and a row of headers" if export.header else ""
    what = f"{count or counted(rows, 'row')} of {counted(len(columns), 'column')}{headers}"
    where = f"{export.range} of {spreadsheet_address(export.spreadsheet) or export.spreadsheet}"
    return f"Exporting would write {what} to {where}.{_left_out(table, there, columns)}"


def _left_out(table: SummaryTable, there: Sequence[Column], columns: Sequence[Column]) -> str:
    left = [column.name for column in there if column not in columns]
    private = [name for name in left if name in table.pii_columns]
    others = [name for name in left if name not in private]
    told = (*([f"{quoted(others)}"] if others else []), *([f"{quoted(private)} (personal data)"] if private else []))
    return f" Left out: {', '.join(told)}." if told else ""


def chosen_columns(table: SummaryTable, export: SheetExport, found: Sequence[Column]) -> tuple[Column, ...]:
    """Those that go to the sheet, in their order.

    Raises WarehouseError where the file names others than are `found`, or personal data.
    """
    there = {column.name: column for column in found}
    private = table.pii_columns - set(export.pii_columns)
    names = export.columns or tuple(name for name in there if name not in private)
    unknown = [name for name in names if name not in there]
    if unknown:
        words = f"`export` names {quoted(unknown)}, which the table does not have. Its columns are {quoted(there)}."
        raise WarehouseError(words)
    if hidden := [name for name in names if name in private]:
        raise WarehouseError(
            f"{quoted(hidden)} {plural(len(hidden), 'has', 'have')} personal data (`pii: true`), which goes to no "
            "sheet. Leave it out of `columns` of `export`, or name it in `pii_columns`."
        )
    if not names:
        raise WarehouseError("All columns have personal data (`pii: true`): nothing is left for the sheet.")
    return tuple(there[name] for name in names)


def most_rows(export: SheetExport, columns: Sequence[Column]) -> int:
    """How many rows may be written, the headers not among them."""
    return max(export.max_cells // len(columns) - (1 if export.header else 0), 0)


def too_many_words(export: SheetExport, columns: Sequence[Column], count: int) -> str:
    """Why a table of `count` rows is not written."""
    header = ", and a row of headers," if export.header else ""
    return (
        f"{counted(count, 'row')} of {counted(len(columns), 'column')}{header} are more than {export.max_cells:,} "
        "cells (`max_cells` of `export`). Export fewer columns or a smaller table, or raise it."
    )
