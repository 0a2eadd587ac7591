"""What a spreadsheet has: its tabs, the sizes of their grids, merged cells, named ranges."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from summary_tables.sheets.cell_range import CellRange

_ADDRESS: Final = re.compile(
    r"(?:(?:https?://)?docs\.google\.com/(?:a/[\w.-]+/)?spreadsheets/(?:u/\d+/)?d/)?([A-Za-z0-9_-]{20,100})(?:[/?#].*)?"
)
_FIELDS: Final = (
    "properties.title,namedRanges(name,range),"
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),merges)"
)


def spreadsheet_id(text: str) -> str:
    """The id in the address of a spreadsheet, or the id itself."""
    found = _ADDRESS.fullmatch(text.strip())
    return found[1] if found else text.strip()


def spreadsheet_address(text: str) -> str:
    """Where people open the spreadsheet that has such an id or address; empty where `text` is neither."""
    found = _ADDRESS.fullmatch(text.strip())
    return f"https://docs.google.com/spreadsheets/d/{found[1]}" if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One sheet of the spreadsheet. `merges` are its merged cells."""

    sheet_id: int
    title: str
    rows: int
    columns: int
    merges: tuple[CellRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreadsheet:
    """`named` are the named ranges, with the tab of each."""

    title: str
    tabs: tuple[Tab, ...]
    named: Mapping[str, tuple[Tab, CellRange]] = field(default_factory=dict)

    def tab(self, title: str) -> Tab | None:
        """The one of that title, as Google compares them."""
        exact = next((tab for tab in self.tabs if tab.title == title), None)
        return exact or next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def named_range(self, name: str) -> tuple[Tab, CellRange] | None:
        """The one of that name, as Google compares them."""
        by_name = {each.casefold(): found for each, found in self.named.items()}
        return self.named.get(name) or by_name.get(name.strip().casefold())


class Answers(Protocol):
    """`SpreadsheetClient.get`."""

    def get(self, parameters: Sequence[tuple[str, str]]) -> Mapping[str, Any]: ...


def look_up(client: Answers) -> Spreadsheet:
    """Raises SheetsError."""
    answer = client.get([("fields", _FIELDS)])
    # A tab that is a chart alone has no grid.
    tabs = tuple(_tab(sheet) for sheet in answer.get("sheets", ()) if "gridProperties" in sheet["properties"])
    by_id = {tab.sheet_id: tab for tab in tabs}
    named = {
        item["name"]: (by_id[item["range"].get("sheetId", 0)], cell_range(item["range"]))
        for item in answer.get("namedRanges", ())
        if item["range"].get("sheetId", 0) in by_id
    }
    return Spreadsheet(title=answer.get("properties", {}).get("title", ""), tabs=tabs, named=named)


def cell_range(found: Mapping[str, int]) -> CellRange:
    """A GridRange of the API."""
    return CellRange(
        top=found.get("startRowIndex", 0),
        left=found.get("startColumnIndex", 0),
        bottom=found.get("endRowIndex"),
        right=found.get("endColumnIndex"),
    )


def _tab(sheet: Mapping[str, Any]) -> Tab:
    properties = sheet["properties"]
    grid = properties["gridProperties"]
    return Tab(
        sheet_id=properties.get("sheetId", 0),
        title=properties["title"],
        rows=grid.get("rowCount", 0),
        columns=grid.get("columnCount", 0),
        merges=tuple(cell_range(merge) for merge in sheet.get("merges", ())),
    )
