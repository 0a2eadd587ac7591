"""The cells of which a table is made that no query fills, as a source of rows."""

from collections.abc import Callable

from summary_tables.configs.config import Config
from summary_tables.model.row_source import CellSource, CsvFile
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.sources.cells.grid import Grid
from summary_tables.warehouse.sources.cells.source import CellRows
from summary_tables.warehouse.sources.csv_file.content import Unreadable, name_of
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid


def cell_rows(config: Config, cells: CellSource) -> CellRows:
    """The source of the table of `config`; nothing is read before rows are wanted."""
    return CellRows(config.table, opener(config, cells))


def opener(config: Config, cells: CellSource) -> Callable[[], Grid]:
    """What reads the cells. It raises `WarehouseError` where that cannot be done."""
    if isinstance(cells, CsvFile):
        return lambda: _csv(config, cells)
    raise WarehouseError("A Google Sheet cannot be read yet.")


def _csv(config: Config, source: CsvFile) -> Grid:
    found = CsvGrid.read(config.path, source)
    if isinstance(found, Unreadable):
        words = f"{name_of(config.path, source)} cannot be read: {found.why}"
        raise WarehouseError(f"{words}; {found.fix}." if found.fix else f"{words}.")
    return found
