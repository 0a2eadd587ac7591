"""A grid goes into a sheet: all of it at one moment, or nothing."""

from typing import TYPE_CHECKING

from summary_tables.sheets.export_batch import Grid, Requests, batch
from summary_tables.sheets.spreadsheet import look_up

if TYPE_CHECKING:
    from summary_tables.sheets.client import SpreadsheetClient


def write_grid(client: "SpreadsheetClient", text: str, grid: Grid) -> None:
    """Write `grid` where `text` says: `Report!B3`, or a tab. Raises SheetsError; then the sheet is as it was, unless
    `is_unsure` says that it may be the new one."""

    def requests() -> Requests:
        return batch(client, look_up(client), text, grid)

    client.update(requests)
