"""What `spreadsheets.get`, `values.get` and `values.batchGet` answer."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from tests.fake_google.a1_ranges import GridRange, column_letters, read_range
from tests.fake_google.answers import ApiError
from tests.fake_google.field_masks import masked, read_mask
from tests.fake_google.grid import EPOCH, Cell, Spreadsheet, Tab, Value

Query = Mapping[str, Sequence[str]]
_DATES = {"DATE", "DATE_TIME", "TIME"}
_ERRORS = {
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "N_A": "#N/A",
    "NAME": "#NAME?",
    "NULL_VALUE": "#NULL!",
    "LOADING": "Loading...",
}


def get_spreadsheet(spreadsheet_id: str, found: Spreadsheet, query: Query) -> dict[str, Any]:
    """`spreadsheets.get`: grid data where `includeGridData` or the mask asks for it."""
    mask = read_mask(query["fields"][0]) if "fields" in query else {}
    ranges = [_range(found, text) for text in query.get("ranges", ())]
    with_data = "data" in mask.get("sheets", {}) if mask else query.get("includeGridData", ["false"])[0] == "true"
    shown = [tab for tab in found.tabs if not ranges or any(part.title == tab.title for part in ranges)]
    answer = {
        "spreadsheetId": spreadsheet_id,
        "properties": {"title": found.title, "locale": "ko_KR", "timeZone": "Asia/Seoul"},
        "sheets": [_sheet(tab, [part for part in ranges if part.title == tab.title], with_data) for tab in shown],
        "namedRanges": [{"name": name, "range": grid_range(found, part)} for name, part in found.named.items()],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit",
    }
    if not answer["namedRanges"]:
        del answer["namedRanges"]
    return dict(masked(answer, mask))


def get_values(found: Spreadsheet, text: str, query: Query) -> dict[str, Any]:
    """`values.get`: trailing empty rows and cells are left out, and `values` itself where nothing is left."""
    part = _range(found, text)
    tab = found.tab(part.title)
    rows, columns = tab.inside(part)
    kind = query.get("valueRenderOption", ["FORMATTED_VALUE"])[0]
    dates = query.get("dateTimeRenderOption", ["SERIAL_NUMBER"])[0]
    values = _cut([_cut([_rendered(tab.cells.get((row, at)), kind, dates) for at in columns], "") for row in rows], [])
    if query.get("majorDimension", ["ROWS"])[0] != "ROWS":
        raise ApiError(400, "Only rows are known here")
    answer: dict[str, Any] = {"range": _a1(tab, rows, columns), "majorDimension": "ROWS"}
    return {**answer, "values": values} if values else answer


def batch_get(spreadsheet_id: str, found: Spreadsheet, query: Query) -> dict[str, Any]:
    """`values.batchGet`."""
    values = [get_values(found, text, query) for text in query.get("ranges", ())]
    return {"spreadsheetId": spreadsheet_id, "valueRanges": values}


def grid_range(found: Spreadsheet, part: GridRange) -> dict[str, Any]:
    """A GridRange as the API writes it: what has no bound, and each 0, is left out."""
    told = {
        "startRowIndex": part.start_row or None,
        "endRowIndex": part.end_row,
        "startColumnIndex": part.start_column or None,
        "endColumnIndex": part.end_column,
    }
    sheet_id = found.tab(part.title).sheet_id
    return {"sheetId": sheet_id, **{name: value for name, value in told.items() if value is not None}}


def _range(found: Spreadsheet, text: str) -> GridRange:
    return read_range(text, [tab.title for tab in found.tabs], found.named)


def _sheet(tab: Tab, ranges: list[GridRange], with_data: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "properties": {
            "sheetId": tab.sheet_id,
            "title": tab.title,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": tab.rows, "columnCount": tab.columns},
        }
    }
    if tab.merges:
        answer["merges"] = [_merge(tab, part) for part in tab.merges]
    if with_data:
        answer["data"] = [_data(tab, part) for part in ranges or [GridRange(title=tab.title)]]
    return answer


def _merge(tab: Tab, part: GridRange) -> dict[str, Any]:
    return {
        "sheetId": tab.sheet_id,
        "startRowIndex": part.start_row,
        "endRowIndex": part.end_row,
        "startColumnIndex": part.start_column,
        "endColumnIndex": part.end_column,
    }


def _data(tab: Tab, part: GridRange) -> dict[str, Any]:
    rows, columns = tab.inside(part)
    answer: dict[str, Any] = {"rowMetadata": [{"hiddenByUser": True} if row in tab.hidden else {} for row in rows]}
    if rows.start:
        answer["startRow"] = rows.start
    if columns.start:
        answer["startColumn"] = columns.start
    cells = [_cut([_cell_data(tab.cells.get((row, at))) for at in columns], {}) for row in rows]
    row_data = _cut([{"values": values} if values else {} for values in cells], {})
    return {**answer, "rowData": row_data} if row_data else answer


def _cell_data(cell: Cell | None) -> dict[str, Any]:
    if cell is None:
        return {}
    answer = dict(cell.look)
    if cell.entered and cell.value:
        answer |= {"userEnteredValue": cell.entered, "effectiveValue": cell.value}
        answer["formattedValue"] = str(_rendered(cell, "FORMATTED_VALUE", ""))
    if cell.number_format:
        answer["userEnteredFormat"] = {**answer.get("userEnteredFormat", {}), "numberFormat": cell.number_format}
        answer["effectiveFormat"] = answer["userEnteredFormat"]
    return answer


def _rendered(cell: Cell | None, kind: str, dates: str) -> Any:
    if cell is None or not cell.value:
        return ""
    if kind == "FORMULA" and cell.entered and "formulaValue" in cell.entered:
        return cell.entered["formulaValue"]
    value = _plain(cell.value)
    is_date = (cell.number_format or {}).get("type") in _DATES and not isinstance(value, str)
    if is_date and (kind == "FORMATTED_VALUE" or dates == "FORMATTED_STRING"):
        moment = EPOCH + timedelta(days=value)
        return f"{moment:%Y-%m-%d}" if (cell.number_format or {})["type"] == "DATE" else f"{moment:%Y-%m-%d %H:%M:%S}"
    if kind == "FORMATTED_VALUE":
        return str(value).upper() if isinstance(value, bool) else f"{value:,}" if not isinstance(value, str) else value
    return value


def _plain(value: Value) -> Any:
    (kind, found), *_ = value.items()
    if kind == "errorValue":
        return _ERRORS.get(found["type"], f"#{found['type']}!")
    return found


def _cut(values: list[Any], empty: Any) -> list[Any]:
    while values and values[-1] == empty:
        values.pop()
    return values


def _a1(tab: Tab, rows: range, columns: range) -> str:
    first = f"{column_letters(columns.start)}{rows.start + 1}"
    last = f"{column_letters(columns.stop - 1)}{rows.stop}"
    return f"{tab.title}!{first}:{last}"
