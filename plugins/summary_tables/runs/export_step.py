"""The step of a run that writes what was published to a Google Sheet as well."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from summary_tables.model.column import Column
from summary_tables.model.failure import EITHER_SHEET, PUBLISHED, SAME_SHEET, Refusal
from summary_tables.model.row_source import SheetExport
from summary_tables.runs.export_plan import chosen_columns, most_rows, too_many_words
from summary_tables.runs.run import Run, attempted
from summary_tables.sheets.cell_range import CellRange, cell_name
from summary_tables.sheets.connect import connect
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.export import write_grid
from summary_tables.sheets.export_batch import Grid, place_of
from summary_tables.sheets.spreadsheet import spreadsheet_address
from summary_tables.sheets.written_cells import Cell, UnfitError, is_sorted, kind_of, written
from summary_tables.sql.quoting import column_list, qualified
from summary_tables.text.english import counted
from summary_tables.text.moments import to_the_minute
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Row, Session
from summary_tables.warehouse.sources.query import QuerySource

_MOST_SHOWN: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRefusal(Refusal):
    """`is_unsure`: the sheet may have the new rows all the same."""

    is_unsure: bool = False

    @property
    def live(self) -> str:
        """What readers see now."""
        return f"{PUBLISHED} {EITHER_SHEET if self.is_unsure else SAME_SHEET}"


def cells_to_write(run: Run, export: SheetExport) -> Grid | Refusal:
    """What readers of the table see now, as cells; or why a sheet cannot have it."""

    def read() -> Grid:
        shows_values = run.table.shows_values(samples=run.config.settings.samples)
        with run.open_session(run.table.limits, shows_values=shows_values) as session:
            return _grid(session, run, export)

    return attempted(read)


def write(run: Run, export: SheetExport, grid: Grid) -> str | ExportRefusal:
    """Put `grid` into the sheet, all of it or nothing; returns what was done, in words."""
    try:
        account, seconds = run.google_account(export.conn_id), run.table.timeout_minutes * 60
        with closing(connect(account, export.spreadsheet, writes=True, seconds=seconds)) as client:
            write_grid(client, export.range, grid)
    except SheetsError as error:
        return ExportRefusal(error=str(error), may_pass=error.may_pass, is_unsure=error.is_unsure)
    rows = counted(len(grid.rows) - grid.headers, "row")
    where = spreadsheet_address(export.spreadsheet) or export.spreadsheet
    return f"Wrote {rows} of {run.table.full_name} to {export.range} of {where}"


def _grid(session: Session, run: Run, export: SheetExport) -> Grid:
    columns = _columns(session, run, export)
    headers = 1 if export.header else 0
    rows = _rows(session, run, export, columns, most_rows(export, columns))
    head: list[list[Cell | None]] = [[written(column.name, "text") for column in columns]] if headers else []
    return Grid(
        rows=[*head, *_cells(export, columns, rows, headers)],
        kinds=[kind_of(column.type) for column in columns],
        headers=headers,
        note=_note(run) if export.note else "",
    )


def _columns(session: Session, run: Run, export: SheetExport) -> tuple[Column, ...]:
    """Raises WarehouseError; see `chosen_columns`."""
    relation = qualified(run.table.schema, run.table.table)
    return chosen_columns(run.table, export, QuerySource(f"SELECT * FROM {relation}").typed_columns(session))


def _rows(session: Session, run: Run, export: SheetExport, columns: Sequence[Column], most: int) -> list[Row]:
    """In one order each time. Raises WarehouseError where they are more than `most`."""
    relation = qualified(run.table.schema, run.table.table)
    names = column_list(tuple(column.name for column in columns))
    order = column_list(tuple(column.name for column in columns if is_sorted(column.type)))
    query = f"SELECT {names} FROM {relation}" + (f" ORDER BY {order}" if order else "")
    with session.transaction(read_only=True, keep=False):
        rows = session.first_rows(query, most + 1)
    if len(rows) > most:
        count = int(str(session.value(f"SELECT count(*) FROM {relation}")))
        raise WarehouseError(too_many_words(export, columns, count))
    return rows


def _cells(
    export: SheetExport, columns: Sequence[Column], rows: Sequence[Row], headers: int
) -> Iterator[list[Cell | None]]:
    """Raises WarehouseError naming each cell that no sheet can hold."""
    kinds = [kind_of(column.type) for column in columns]
    mistakes: list[str] = []
    for number, row in enumerate(rows, headers):
        cells: list[Cell | None] = []
        for at, value in enumerate(row):
            try:
                cells.append(written(value, kinds[at]))
            except UnfitError as error:
                mistakes.append(f'{_name(export, number, at)}: the value of "{columns[at].name}" {error}')
        yield cells
    if len(mistakes) == 1:
        raise WarehouseError(f"{mistakes[0]}.")
    if mistakes:
        more = [f"... and {len(mistakes) - _MOST_SHOWN:,} more"] if len(mistakes) > _MOST_SHOWN else []
        words = f"A sheet cannot hold {counted(len(mistakes), 'value')} of the table: nothing was written."
        raise WarehouseError(words, details="\n".join([*mistakes[:_MOST_SHOWN], *more]))


def _name(export: SheetExport, row: int, column: int) -> str:
    """What the cell would be called."""
    title, place = _place(export)
    return cell_name(title, place.top + row, place.left + column)


def _place(export: SheetExport) -> tuple[str, CellRange]:
    try:
        return place_of(export.range)
    except SheetsError as error:
        raise WarehouseError(str(error)) from None


def _note(run: Run) -> str:
    repository = run.config.settings.repository.rstrip("/")
    link = f"{repository}/{run.config.file}" if repository else run.config.file
    moment = to_the_minute(run.table.timezone, datetime.now(UTC))
    return f"{run.table.full_name}, written {moment} by the run {run.run_id}. Changes here are overwritten.\n{link}"
