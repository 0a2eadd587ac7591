"""A Google Sheet -> what the file of its table says: where it is, and its columns with guessed types."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Final

from summary_tables.sheets.account import GoogleAccount
from summary_tables.sheets.area import Area, area_of
from summary_tables.sheets.cell_range import CellRange, range_name
from summary_tables.sheets.connect import connect
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.rows import Row, read_rows
from summary_tables.sheets.spreadsheet import Spreadsheet, look_up
from summary_tables.sheets.values import CellValue, FormulaError, Moment
from summary_tables.text.free_name import free_name

LOOKED_AT: Final = 1_000
"""How many rows say what type a column has."""

_GID: Final = re.compile(r"[#&?]gid=(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column of the sheet, as the file declares it."""

    name: str
    type: str
    header: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDraft:
    """What the file says of the sheet. `rows`: how many were looked at."""

    spreadsheet: str
    range: str
    header_row: int
    columns: tuple[SheetColumn, ...]
    rows: int


def draft_from_sheet(account: GoogleAccount, address: str, wanted: str | None) -> SheetDraft:
    """Of the range `wanted`, or of the tab that the address shows. Raises SheetsError."""
    with closing(connect(account, address, seconds=60)) as client:
        found = look_up(client)
        area = area_of(found, wanted) if wanted else _shown_tab(found, address)
        rows = [row for row in islice(read_rows(client, area), LOOKED_AT + 1) if not row.is_empty]
    if not rows:
        raise SheetsError(f"{wanted or area.tab.title} is empty: its first row should have the headers.")
    header, *below = rows
    columns = tuple(_columns(header, below))
    cells = CellRange(top=area.top, left=area.left, right=area.left + _last(header) + 1) if area.top else None
    plain = CellRange(left=area.left, right=area.left + _last(header) + 1)
    return SheetDraft(
        spreadsheet=address.strip(),
        range=wanted or range_name(area.tab.title, cells or plain),
        header_row=header.number - area.top + 1,
        columns=columns,
        rows=len(below),
    )


def _shown_tab(spreadsheet: Spreadsheet, address: str) -> Area:
    gid = _GID.search(address)
    shown = next((tab for tab in spreadsheet.tabs if gid and tab.sheet_id == int(gid[1])), None)
    tab = shown or (spreadsheet.tabs[0] if spreadsheet.tabs else None)
    if tab is None:
        raise SheetsError("The spreadsheet has no tab with cells.")
    return Area(tab=tab, top=0, left=0, bottom=tab.rows, right=tab.columns)


def _last(header: Row) -> int:
    return max(at for at, value in enumerate(header.values) if value is not None)


def _columns(header: Row, rows: Sequence[Row]) -> Iterator[SheetColumn]:
    """Of two that are headed alike the first: no header tells the other."""
    taken: set[str] = set()
    headers = [" ".join(str(value).split()) if value is not None else "" for value in header.values]
    for at, words in enumerate(headers):
        if words and headers.index(words) == at:
            kind = guessed_type(row.values[at] for row in rows)
            yield SheetColumn(name=free_name(_name(words), taken), type=kind, header=words)


def guessed_type(values: Iterable[CellValue]) -> str:
    """The narrowest that all of them have; text where there are none."""
    found = [value for value in values if value is not None and not isinstance(value, FormulaError)]
    if not found or any(isinstance(value, str) for value in found):
        return "text"
    if all(isinstance(value, bool) for value in found):
        return "boolean"
    if all(isinstance(value, Moment) for value in found):
        return "date" if all(float(value or 0).is_integer() for value in found) else "timestamp"
    if any(isinstance(value, bool | Moment) for value in found):
        return "text"
    return "bigint" if all(float(value or 0).is_integer() for value in found) else "numeric"


def column_names(headers: Iterable[str]) -> list[str]:
    """What columns that are so headed are called, each otherwise."""
    taken: set[str] = set()
    return [free_name(_name(words), taken) for words in headers]


def _name(header: str) -> str:
    """`Target (KRW)` -> `target_krw`; letters of any language are kept."""
    words = re.sub(r"\W+", "_", header.lower()).strip("_")[:50] or "column"
    return f"column_{words}" if words[0].isdigit() else words
