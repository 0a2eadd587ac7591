"""Google as a run asks it. Its libraries are an extra of the package, imported when a sheet is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING

from summary_tables.runs.run import Run
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.spreadsheet import spreadsheet_id

if TYPE_CHECKING:
    from summary_tables.sheets.client import SpreadsheetClient

MISSING = 'Google\'s library is missing, which sheets need: pip install "summary-tables[google]"'


def asked(run: Run, conn_id: str, spreadsheet: str, *, writes: bool = False) -> "SpreadsheetClient":
    """The spreadsheet as the account of the connection reaches it, for the time of a step. Raises `SheetsError`."""
    try:
        module = import_module("summary_tables.sheets.client")
    except ImportError:
        raise SheetsError(MISSING) from None
    client: SpreadsheetClient = module.SpreadsheetClient(
        run.google_account(conn_id),
        spreadsheet_id(spreadsheet),
        writes=writes,
        seconds=run.table.timeout_minutes * 60,
    )
    return client
