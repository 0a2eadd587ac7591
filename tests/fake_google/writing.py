"""What `spreadsheets.batchUpdate` does: all requests on a copy, which becomes the spreadsheet if each could be done.

https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from tests.fake_google.a1_ranges import GridRange
from tests.fake_google.answers import PROTECTED, ApiError
from tests.fake_google.field_masks import Mask, read_mask
from tests.fake_google.grid import Cell, Spreadsheet, Tab, Value

MOST_CELLS: Final = 10_000_000
LONGEST_TEXT: Final = 50_000

_KINDS = {"numberValue": (int, float), "stringValue": (str,), "boolValue": (bool,), "formulaValue": (str,)}


def batch_update(spreadsheet_id: str, found: Spreadsheet, body: Mapping[str, Any]) -> dict[str, Any]:
    """All or nothing. Raises ApiError 400 naming the first request that cannot be done."""
    requests = body.get("requests")
    if not isinstance(requests, list) or not requests:
        raise ApiError(400, "Must specify at least one request.")
    changed = Spreadsheet(tabs=deepcopy(found.tabs), named=found.named)
    replies = [_reply(changed, place, request) for place, request in enumerate(requests)]
    if sum(tab.rows * tab.columns for tab in changed.tabs) > MOST_CELLS:
        words = f"This action would increase the number of cells in the workbook above the limit of {MOST_CELLS} cells."
        raise ApiError(400, f"Invalid requests[0]: {words}")
    found.tabs = changed.tabs
    return {"spreadsheetId": spreadsheet_id, "replies": replies}


def _reply(found: Spreadsheet, place: int, request: Any) -> dict[str, Any]:
    if not isinstance(request, Mapping) or len(request) != 1:
        raise ApiError(400, f"Invalid requests[{place}]: exactly one kind of request must be set.")
    ((kind, wanted),) = request.items()
    if kind not in _REQUESTS:
        raise ApiError(400, f"Invalid JSON payload received. Unknown name \"{kind}\" at 'requests[{place}]'")
    try:
        return _REQUESTS[kind](found, wanted)
    except ApiError as error:
        raise ApiError(400, f"Invalid requests[{place}].{kind}: {error.message}") from None


def _add_sheet(found: Spreadsheet, wanted: Mapping[str, Any]) -> dict[str, Any]:
    given = wanted.get("properties", {})
    grid = {"rowCount": 1000, "columnCount": 26, **given.get("gridProperties", {})}
    title = given.get("title", f"Sheet{len(found.tabs) + 1}")
    if any(tab.title.lower() == title.lower() for tab in found.tabs):
        words = f'A sheet with the name "{title}" already exists. Please enter another name.'
        raise ApiError(400, words)
    sheet_id = given.get("sheetId", max((tab.sheet_id for tab in found.tabs), default=0) + 7)
    if found.by_id(sheet_id):
        raise ApiError(400, f"Sheet ID {sheet_id} already exists.")
    tab = Tab(sheet_id=sheet_id, title=title, rows=grid["rowCount"], columns=grid["columnCount"])
    found.tabs.append(tab)
    return {"addSheet": {"properties": {"sheetId": sheet_id, "title": title, "gridProperties": grid}}}


def _update_cells(found: Spreadsheet, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """With `range`, what `rows` do not cover is cleared of the fields; with `start`, only what they cover changes."""
    mask = _fields(wanted)
    rows = [row.get("values", []) for row in wanted.get("rows", [])]
    if "start" in wanted:
        start = wanted["start"]
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        tab = _tab(found, start)
        width = max(map(len, rows), default=0)
        _require_inside(tab, top + len(rows), left + width)
        places: Iterator[tuple[int, int]] = (
            (top + down, left + right) for down, row in enumerate(rows) for right in range(len(row))
        )
    else:
        tab, (down_range, across) = _ranged(found, wanted.get("range", {}))
        top, left = down_range.start, across.start
        if len(rows) > len(down_range) or max(map(len, rows), default=0) > len(across):
            raise ApiError(400, "Attempting to write outside of the range.")
        places = ((row, column) for row in down_range for column in across)
    for row, column in places:
        _require_open(tab, row, column)
        given = rows[row - top] if row - top < len(rows) else []
        _write(tab, row, column, given[column - left] if column - left < len(given) else {}, mask)
    return {}


def _repeat_cell(found: Spreadsheet, wanted: Mapping[str, Any]) -> dict[str, Any]:
    mask = _fields(wanted)
    tab, (rows, columns) = _ranged(found, wanted.get("range", {}))
    for row in rows:
        for column in columns:
            _require_open(tab, row, column)
            _write(tab, row, column, wanted.get("cell", {}), mask)
    return {}


def _append_dimension(found: Spreadsheet, wanted: Mapping[str, Any]) -> dict[str, Any]:
    tab, length = _tab(found, wanted), int(wanted.get("length", 0))
    if length < 1:
        raise ApiError(400, "length must be positive.")
    if wanted.get("dimension") == "ROWS":
        tab.rows += length
    else:
        tab.columns += length
    return {}


def _update_sheet(found: Spreadsheet, wanted: Mapping[str, Any]) -> dict[str, Any]:
    mask, given = _fields(wanted), wanted.get("properties", {})
    tab, grid = _tab(found, given), given.get("gridProperties", {})
    if "gridProperties" in mask:
        tab.rows = grid.get("rowCount", tab.rows)
        tab.columns = grid.get("columnCount", tab.columns)
        tab.cells = {at: cell for at, cell in tab.cells.items() if at[0] < tab.rows and at[1] < tab.columns}
    if "title" in mask:
        tab.title = given["title"]
    return {}


def _delete_sheet(found: Spreadsheet, wanted: Mapping[str, Any]) -> dict[str, Any]:
    found.tabs.remove(_tab(found, wanted))
    if not found.tabs:
        raise ApiError(400, "You can't remove all the sheets in a document.")
    return {}


_Apply = Callable[[Spreadsheet, Mapping[str, Any]], dict[str, Any]]
_REQUESTS: Mapping[str, _Apply] = {
    "addSheet": _add_sheet,
    "appendDimension": _append_dimension,
    "deleteSheet": _delete_sheet,
    "repeatCell": _repeat_cell,
    "updateCells": _update_cells,
    "updateSheetProperties": _update_sheet,
}


def _fields(wanted: Mapping[str, Any]) -> Mask:
    if not wanted.get("fields"):
        raise ApiError(400, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    return read_mask(wanted["fields"])


def _tab(found: Spreadsheet, wanted: Mapping[str, Any]) -> Tab:
    tab = found.by_id(wanted.get("sheetId", 0))
    if tab is None:
        raise ApiError(400, f"No grid with id: {wanted.get('sheetId', 0)}")
    return tab


def _ranged(found: Spreadsheet, wanted: Mapping[str, Any]) -> tuple[Tab, tuple[range, range]]:
    tab = _tab(found, wanted)
    _require_inside(tab, wanted.get("endRowIndex", 0), wanted.get("endColumnIndex", 0))
    part = GridRange(
        title=tab.title,
        start_row=wanted.get("startRowIndex", 0),
        end_row=wanted.get("endRowIndex"),
        start_column=wanted.get("startColumnIndex", 0),
        end_column=wanted.get("endColumnIndex"),
    )
    return tab, tab.inside(part)


def _require_inside(tab: Tab, end_row: int, end_column: int) -> None:
    if end_row > tab.rows or end_column > tab.columns:
        words = f"Attempting to write column: {end_column - 1}, row: {end_row - 1}, beyond the last requested column "
        raise ApiError(400, f"{words}or row of: {tab.columns - 1}, {tab.rows - 1}")


def _require_open(tab: Tab, row: int, column: int) -> None:
    for part in tab.protected:
        rows, columns = tab.inside(part)
        if row in rows and column in columns:
            raise ApiError(400, PROTECTED)


def _write(tab: Tab, row: int, column: int, data: Mapping[str, Any], mask: Mask) -> None:
    cell = tab.cells.setdefault((row, column), Cell())
    if "userEnteredValue" in mask or "*" in mask:
        cell.entered, cell.effective = _value(data.get("userEnteredValue")), None
    if "userEnteredFormat" in mask or "*" in mask:
        below = mask.get("userEnteredFormat", {})
        given = data.get("userEnteredFormat", {})
        if not below or "numberFormat" in below:
            cell.number_format = given.get("numberFormat")
        if not below:
            cell.look["userEnteredFormat"] = {name: part for name, part in given.items() if name != "numberFormat"}
    if "note" in mask or "*" in mask:
        cell.look.pop("note", None)
        if data.get("note"):
            cell.look["note"] = data["note"]


def _value(given: Any) -> Value | None:
    if not given:
        return None
    if not isinstance(given, Mapping) or len(given) != 1:
        raise ApiError(400, "Invalid value: exactly one kind of value must be set.")
    ((kind, value),) = given.items()
    right = _KINDS.get(kind, ())
    if not isinstance(value, right) or (kind == "numberValue" and isinstance(value, bool)):
        raise ApiError(400, f'Invalid value at "{kind}": {value}')
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        words = f"Your input contains more than the maximum of {LONGEST_TEXT} characters in a single cell."
        raise ApiError(400, words)
    if value == "":
        return None
    return {kind: value}
