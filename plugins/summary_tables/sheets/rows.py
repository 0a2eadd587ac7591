"""The rows of an area, page by page: no more is in memory than a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from summary_tables.sheets.area import Area
from summary_tables.sheets.cell_range import CellRange, range_name
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.spreadsheet import Answers
from summary_tables.sheets.values import CellValue, cell_value

CELLS_A_PAGE: Final = 50_000
"""Some 4 MB of JSON: Google reads that in a second or two, and ends a request after 180."""

_FIELDS: Final = "sheets(data(startRow,rowData(values(effectiveValue,effectiveFormat(numberFormat(type))))))"


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is its place in the tab, from 0; `values` has one for each column of the area."""

    number: int
    values: tuple[CellValue, ...]

    @property
    def is_empty(self) -> bool:
        return all(value is None for value in self.values)


def read_rows(client: Answers, area: Area, *, cells_a_page: int = CELLS_A_PAGE) -> Iterator[Row]:
    """All rows down to the last that holds something. Raises SheetsError.

    Each page begins with the last row of the one before: where that is another one by now, somebody added or removed
    rows in between, and what was read is no state that the sheet was ever in.
    """
    step = max(2, cells_a_page // max(1, area.width))
    last: Row | None = None
    top = area.top
    while top < area.bottom:
        page = list(_page(client, area, top, min(top + step, area.bottom)))
        if last is not None and (page[0] if page else Row(top, (None,) * area.width)) != last:
            raise SheetsError("Somebody changed the sheet while it was read; another try reads it anew.", may_pass=True)
        yield from page[1:] if last is not None else page
        if top + step >= area.bottom:
            return
        # A page without its last rows ends in empty ones.
        end = top + step - 1
        last = page[-1] if page and page[-1].number == end else Row(end, (None,) * area.width)
        top = end


def _page(client: Answers, area: Area, top: int, bottom: int) -> Iterator[Row]:
    """Without the empty rows at its end, which Google leaves out."""
    wanted = range_name(area.tab.title, CellRange(top=top, left=area.left, bottom=bottom, right=area.right))
    answer = client.get([("ranges", wanted), ("fields", _FIELDS)])
    for sheet in answer.get("sheets", ()):
        for data in sheet.get("data", ()):
            yield from _rows(data.get("rowData", ()), top, area.width)


def _rows(row_data: Sequence[Mapping[str, Any]], top: int, width: int) -> Iterator[Row]:
    for number, row in enumerate(row_data, top):
        values = tuple(map(cell_value, row.get("values", ())))
        yield Row(number, values + (None,) * (width - len(values)))
