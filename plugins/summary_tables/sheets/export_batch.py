"""The one `batchUpdate` that puts a table into a sheet: Google carries out all of its requests or none.

Not by `values.clear` and `values.update`: between two calls readers would see an empty sheet. `updateCells` with a
range writes what the rows cover and empties the rest of the range, of the fields that it is given and no others.
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

from summary_tables.sheets.cell_range import (
    CellRange,
    cell_name,
    quoted_title,
    range_name,
    read_cells,
    split_range,
    unquoted,
)
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.spreadsheet import Answers, Spreadsheet, Tab
from summary_tables.sheets.written_cells import Cell, Kind

Requests = list[Mapping[str, Any]]
_Format = Mapping[str, Any]

_FORMATS: Final[Mapping[Kind, _Format]] = {
    "date": {"type": "DATE", "pattern": "yyyy-mm-dd"},
    "moment": {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"},
    "time": {"type": "TIME", "pattern": "hh:mm:ss"},
}
_MOMENTS: Final = frozenset(found["type"] for found in _FORMATS.values())
_FORMAT_FIELDS: Final = "sheets(data(rowData(values(userEnteredFormat(numberFormat)))))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What is written: `rows` are all of one length, and the first `headers` of them no data.

    `note` is that of the first cell.
    """

    rows: Sequence[Sequence[Cell | None]]
    kinds: Sequence[Kind]
    headers: int = 1
    note: str = ""

    @property
    def width(self) -> int:
        return len(self.kinds)


def place_of(text: str) -> tuple[str, CellRange]:
    """The tab and the cells that `range` of a file means; without an end, they reach to that of the tab.

    Raises SheetsError.
    """
    title, cells = split_range(text)
    if not title:
        if read_cells(cells):
            raise SheetsError(f"`{cells}` names no tab. Write it before the cells, such as Report!{cells}.")
        return unquoted(text), CellRange()
    found = read_cells(cells)
    if found is None:
        what = f"`{cells}` is no place in a tab" if cells.strip() else f"Nothing stands behind the `!` of `{title}!`"
        raise SheetsError(f"{what}. Write its first cell, such as {quoted_title(title)}!B3.")
    is_one_cell = ":" not in cells
    return title, CellRange(top=found.top, left=found.left) if is_one_cell else found


def batch(client: Answers, spreadsheet: Spreadsheet, text: str, grid: Grid) -> Requests:
    """The requests that write `grid` where `text` says. Raises SheetsError where there is no room for it."""
    if named := spreadsheet.named_range(text):
        first = cell_name(named[0].title, named[1].top, named[1].left)
        raise SheetsError(f"`{text}` is a named range, and an export needs its first cell. Write {first}.")
    title, cells = place_of(text)
    require_room(title, cells, len(grid.rows), grid.width)
    tab = spreadsheet.tab(title)
    if tab is None:
        new = Tab(sheet_id=_new_id(spreadsheet, title), title=title, rows=0, columns=0)
        return [_added(new, cells, grid), *_written(new, cells, grid, _extent(new, cells, grid), [])]
    extent = _extent(tab, cells, grid)
    _require_unmerged(tab, extent)
    return [*_grown(tab, extent), *_written(tab, cells, grid, extent, _formats(client, tab, cells, grid))]


def _extent(tab: Tab, cells: CellRange, grid: Grid) -> CellRange:
    """All that belongs to the export: what it writes, and what of earlier rows may stand below."""
    bottom = cells.bottom or max(tab.rows, cells.top + len(grid.rows))
    return CellRange(top=cells.top, left=cells.left, bottom=bottom, right=cells.right or cells.left + grid.width)


def require_room(title: str, cells: CellRange, height: int, width: int) -> None:
    """`height` rows, headers included, fit into the cells that the file names. Raises SheetsError."""
    rows, columns = (cells.bottom or 0) - cells.top, (cells.right or 0) - cells.left
    where = range_name(title, cells)
    if cells.bottom and height > rows:
        open_end = CellRange(top=cells.top, left=cells.left, right=cells.right)
        open_name = range_name(title, open_end) if cells.right else cell_name(title, cells.top, cells.left)
        raise SheetsError(f"{where} has {rows} rows; the table needs {height}. Leave the last row out: {open_name}.")
    if cells.right and width > columns:
        raise SheetsError(f"{where} has {columns} columns; the table has {width}.")


def _require_unmerged(tab: Tab, extent: CellRange) -> None:
    for merge in tab.merges:
        if _overlap(merge, extent):
            where = range_name(tab.title, merge)
            raise SheetsError(f"{where} are merged cells, in which values would be lost. Unmerge them: Format, Merge.")


def _overlap(one: CellRange, other: CellRange) -> bool:
    ends = (one.bottom or 0, other.bottom or 0, one.right or 0, other.right or 0)
    return one.top < ends[1] and other.top < ends[0] and one.left < ends[3] and other.left < ends[2]


def _added(tab: Tab, cells: CellRange, grid: Grid) -> Mapping[str, Any]:
    size = {"rowCount": cells.top + max(1, len(grid.rows)), "columnCount": cells.right or cells.left + grid.width}
    properties = {"sheetId": tab.sheet_id, "title": tab.title, "gridProperties": size}
    return {"addSheet": {"properties": properties}}


def _new_id(spreadsheet: Spreadsheet, title: str) -> int:
    """Chosen by us, since later requests of the same batch name it."""
    taken = {tab.sheet_id for tab in spreadsheet.tabs}
    wanted = crc32(title.encode()) >> 1
    while wanted in taken:
        wanted = (wanted + 1) % 2**31
    return wanted


def _grown(tab: Tab, extent: CellRange) -> Iterator[Mapping[str, Any]]:
    missing = (("ROWS", (extent.bottom or 0) - tab.rows), ("COLUMNS", (extent.right or 0) - tab.columns))
    for dimension, length in missing:
        if length > 0:
            yield {"appendDimension": {"sheetId": tab.sheet_id, "dimension": dimension, "length": length}}


def _written(
    tab: Tab, cells: CellRange, grid: Grid, extent: CellRange, present: Sequence[_Format]
) -> Iterator[Mapping[str, Any]]:
    rows = [{"values": [{"userEnteredValue": cell} if cell else {} for cell in row]} for row in grid.rows]
    area = _grid_range(tab, extent)
    yield {"updateCells": {"range": area, "rows": rows, "fields": "userEnteredValue"}}
    yield from _formatted(tab, cells, grid, present)
    if grid.note:
        start = {"sheetId": tab.sheet_id, "rowIndex": cells.top, "columnIndex": cells.left}
        yield {"updateCells": {"start": start, "rows": [{"values": [{"note": grid.note}]}], "fields": "note"}}


def _formatted(tab: Tab, cells: CellRange, grid: Grid, present: Sequence[_Format]) -> Iterator[Mapping[str, Any]]:
    """Dates look like dates. How somebody formatted the first row of them holds for all; other formats stay."""
    top, bottom = cells.top + grid.headers, cells.top + len(grid.rows)
    if top == bottom:
        return
    for at, kind in enumerate(grid.kinds):
        wanted = _format(kind, present[at] if at < len(present) else {})
        if wanted is not None:
            column = cells.left + at
            area = _grid_range(tab, CellRange(top=top, left=column, bottom=bottom, right=column + 1))
            cell = {"userEnteredFormat": {"numberFormat": wanted}} if wanted else {}
            yield {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}


def _format(kind: Kind, present: _Format) -> _Format | None:
    """None: nothing has to be said. Empty: a number shall not look like the date that stood there."""
    is_moment = present.get("type") in _MOMENTS
    if kind in _FORMATS:
        return present if is_moment else _FORMATS[kind]
    return {} if is_moment else None


def _formats(client: Answers, tab: Tab, cells: CellRange, grid: Grid) -> list[_Format]:
    """How the numbers of the first row of data are shown now, by column."""
    first = cells.top + grid.headers
    right = min(tab.columns, cells.left + grid.width)
    if first >= tab.rows or cells.left >= right:
        return []
    row = range_name(tab.title, CellRange(top=first, left=cells.left, bottom=first + 1, right=right))
    answer = client.get([("ranges", row), ("fields", _FORMAT_FIELDS)])
    return [
        cell.get("userEnteredFormat", {}).get("numberFormat", {})
        for sheet in answer.get("sheets", ())
        for data in sheet.get("data", ())
        for found in data.get("rowData", ())
        for cell in found.get("values", ())
    ]


def _grid_range(tab: Tab, cells: CellRange) -> Mapping[str, Any]:
    return {
        "sheetId": tab.sheet_id,
        "startRowIndex": cells.top,
        "endRowIndex": cells.bottom,
        "startColumnIndex": cells.left,
        "endColumnIndex": cells.right,
    }
