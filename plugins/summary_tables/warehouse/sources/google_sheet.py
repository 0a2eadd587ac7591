"""A part of a Google Sheet as cells: what is stored there, page by page.

Hidden rows are rows like others, as a filter is somebody's view and not the sheet; empty rows are none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from summary_tables.model.row_source import GoogleSheet
from summary_tables.sheets.area import Area, area_of
from summary_tables.sheets.cell_range import CellRange, cell_name, quoted_title
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.rows import Row, read_rows
from summary_tables.sheets.spreadsheet import Answers, look_up
from summary_tables.sheets.values import CellValue as SheetValue
from summary_tables.sheets.values import FormulaError
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.sources.cells.cell import CellValue, Wrong
from summary_tables.warehouse.sources.cells.grid import Spot

_Covered = Mapping[int, Sequence[CellRange]]
"""The merged cells that a row has a part of, by the number of the row."""


class SheetUnreachableError(WarehouseError):
    """Google could not be asked for now."""

    @property
    def may_pass(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the sheet, of which every cell knows where it is."""

    title: str
    left: int
    row: Row
    merges: Sequence[CellRange] = ()

    @property
    def wrong(self) -> Wrong | None:
        return None

    @property
    def cells(self) -> Sequence[CellValue]:
        values: list[CellValue] = [_value(value) for value in self.row.values]
        for merge in self.merges:
            self._cover(values, merge)
        return values

    def spot(self, index: int) -> Spot:
        if index < 0:
            return Spot(f"{quoted_title(self.title)}!{self.row.number + 1}:{self.row.number + 1}")
        return Spot(cell_name(self.title, self.row.number, self.left + index))

    def _cover(self, values: list[CellValue], merge: CellRange) -> None:
        """Of merged cells only the first has a value; the others look as if they had it, and have none."""
        first = cell_name(self.title, merge.top, merge.left)
        wrong = Wrong(f"is merged with {first}, which alone has a value", "unmerge them", shows_value=False)
        for column in range(merge.left, merge.right or merge.left):
            at = column - self.left
            if 0 <= at < len(values) and (self.row.number, column) != (merge.top, merge.left):
                values[at] = wrong


class SheetGrid:
    """The cells that a file names. `client` asks for its spreadsheet; nothing is asked before something is wanted."""

    refuses_others = False
    headers_fix = "say by `header_row` in which row of `range` they are"

    def __init__(self, client: Answers, source: GoogleSheet) -> None:
        self._client = client
        self._source = source
        self._rows: Iterator[Row] = iter(())

    @property
    def name(self) -> str:
        return self._source.range

    def headers(self) -> SheetRow:
        """Begins to read anew."""
        try:
            area = self._area
            header = area.top + self._source.header_row - 1
            if header >= area.bottom:
                raise SheetsError(f"{self.name} has no row {self._source.header_row}, which would have the headers.")
            self._rows = read_rows(self._client, _from(area, header))
            first = next(self._rows, Row(header, ()))
        except SheetsError as error:
            raise _told(error) from None
        # The first row that holds something may be another one.
        if first.number != header:
            self._rows = chain([first], self._rows)
            first = Row(header, ())
        return self._placed(first)

    def rows(self) -> Iterator[SheetRow]:
        """Those below the headers that were asked for last."""
        try:
            for row in self._rows:
                yield self._placed(row)
        except SheetsError as error:
            raise _told(error) from None

    @cached_property
    def _area(self) -> Area:
        return area_of(look_up(self._client), self._source.range)

    @cached_property
    def _covered(self) -> _Covered:
        found: dict[int, list[CellRange]] = {}
        for merge in self._area.tab.merges:
            for row in range(merge.top, merge.bottom or merge.top):
                found.setdefault(row, []).append(merge)
        return found

    def _placed(self, row: Row) -> SheetRow:
        area = self._area
        return SheetRow(area.tab.title, area.left, row, self._covered.get(row.number, ()))


def _value(value: SheetValue) -> CellValue:
    if isinstance(value, FormulaError):
        return Wrong(f"has a formula that gives {value}", "mend the formula", shows_value=False)
    return value


def _from(area: Area, top: int) -> Area:
    return Area(tab=area.tab, top=top, left=area.left, bottom=area.bottom, right=area.right)


def _told(error: SheetsError) -> WarehouseError:
    return SheetUnreachableError(str(error)) if error.may_pass else WarehouseError(str(error))
