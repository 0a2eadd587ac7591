"""A client for a spreadsheet. Google's libraries are an extra of the package: imported where a sheet is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from summary_tables.sheets.account import GoogleAccount
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.spreadsheet import spreadsheet_id

if TYPE_CHECKING:
    from summary_tables.sheets.client import SpreadsheetClient

MISSING: Final = 'Google\'s library is missing, which sheets need: pip install "summary-tables[google]"'


def connect(
    account: GoogleAccount, spreadsheet: str, *, writes: bool = False, seconds: float = 600
) -> "SpreadsheetClient":
    """`spreadsheet` is an id or an address; see `SpreadsheetClient`. Nothing is sent yet. Raises SheetsError."""
    try:
        module = import_module("summary_tables.sheets.client")
    except ImportError:
        raise SheetsError(MISSING) from None
    client: SpreadsheetClient = module.SpreadsheetClient(
        account, spreadsheet_id(spreadsheet), writes=writes, seconds=seconds
    )
    return client
