"""Which cells of a spreadsheet a text of a file means: a tab, a range, a named range."""

from dataclasses import dataclass
from typing import Final

from summary_tables.sheets.cell_range import CellRange, column_letters, read_cells, split_range, unquoted
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.spreadsheet import Spreadsheet, Tab
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest

_MOST_TITLES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Cells of a tab, from 0 and half open, inside of its grid."""

    tab: Tab
    top: int
    left: int
    bottom: int
    right: int

    @property
    def width(self) -> int:
        return self.right - self.left


def area_of(spreadsheet: Spreadsheet, text: str) -> Area:
    """Raises SheetsError naming what there is where nothing is called so."""
    title, cells = split_range(text)
    if title and (cells or spreadsheet.tab(text.strip()) is None):
        return _cells_of_tab(spreadsheet, title, cells)
    if named := spreadsheet.named_range(cells):
        return _cut(*named)
    if tab := spreadsheet.tab(unquoted(text)):
        return _cut(tab, CellRange())
    found = read_cells(cells)
    if found is None or not spreadsheet.tabs:
        raise SheetsError(_no_tab(spreadsheet, unquoted(text)))
    return _cut(spreadsheet.tabs[0], found)


def _cells_of_tab(spreadsheet: Spreadsheet, title: str, cells: str) -> Area:
    tab = spreadsheet.tab(title)
    if tab is None:
        raise SheetsError(_no_tab(spreadsheet, title))
    found = read_cells(cells)
    if found is None:
        what = f"`{cells}` is no range of cells" if cells.strip() else f"Nothing stands behind the `!` of `{title}!`"
        raise SheetsError(f"{what}. Write it like A:D, B3 or A2:D100, or leave `!{cells}` out.")
    return _cut(tab, found)


def _cut(tab: Tab, cells: CellRange) -> Area:
    """What lies beyond the grid is empty, and Google answers an error when asked for it.

    Raises SheetsError where not one column lies inside of it.
    """
    if cells.left >= tab.columns:
        last = f"the last column of the tab is {column_letters(tab.columns - 1)}" if tab.columns else "it has none"
        raise SheetsError(f"`{tab.title}` has no column {column_letters(cells.left)}: {last}.")
    bottom, right = (
        min(end, size) if end else size for end, size in ((cells.bottom, tab.rows), (cells.right, tab.columns))
    )
    return Area(tab=tab, top=min(cells.top, bottom), left=cells.left, bottom=bottom, right=right)


def _no_tab(spreadsheet: Spreadsheet, title: str) -> str:
    titles = [tab.title for tab in spreadsheet.tabs]
    near = nearest(title, titles)
    meant = f" Did you mean `{near}`?" if near else ""
    there = f"Its tabs are {quoted(titles[:_MOST_TITLES])}" if titles else "It has no tabs with cells"
    more = f" and {len(titles) - _MOST_TITLES} more" if len(titles) > _MOST_TITLES else ""
    return f'The spreadsheet "{spreadsheet.title}" has no tab `{title}`. {there}{more}.{meant}'
