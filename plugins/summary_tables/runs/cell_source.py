"""The cells of which a table is made that no query fills, as a source of rows."""

from collections.abc import Callable

from summary_tables.configs.config import Config
from summary_tables.model.row_source import CellSource, CsvFile, GoogleSheet
from summary_tables.runs.run import Run
from summary_tables.sheets.connect import connect
from summary_tables.sheets.error import SheetsError
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.sources.cells.grid import Grid
from summary_tables.warehouse.sources.cells.source import CellRows
from summary_tables.warehouse.sources.csv_file.content import Unreadable, name_of
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid
from summary_tables.warehouse.sources.google_sheet import SheetGrid


def cell_rows(run: Run, cells: CellSource) -> CellRows:
    """The source of the table of `run`; nothing is read before rows are wanted."""
    return CellRows(run.table, opener(run, cells), run.most_mistakes)


def opener(run: Run, cells: CellSource) -> Callable[[], Grid]:
    """What reads the cells. It raises `WarehouseError` where that cannot be done."""
    if isinstance(cells, CsvFile):
        return lambda: _csv(run.config, cells)
    return lambda: _sheet(run, cells)


def _csv(config: Config, source: CsvFile) -> Grid:
    found = CsvGrid.read(config.path, source)
    if isinstance(found, Unreadable):
        words = f"{name_of(config.path, source)} cannot be read: {found.why}"
        raise WarehouseError(f"{words}; {found.fix}." if found.fix else f"{words}.")
    return found


def _sheet(run: Run, source: GoogleSheet) -> Grid:
    try:
        account = run.google_account(source.conn_id)
        return SheetGrid(connect(account, source.spreadsheet, seconds=run.table.timeout_minutes * 60), source)
    except SheetsError as error:
        raise WarehouseError(str(error)) from None
