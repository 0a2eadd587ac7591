"""Spreadsheets with their tabs and cells, as the server keeps them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from tests.fake_google.a1_ranges import GridRange, column_letters
from tests.fake_google.answers import ApiError

Place = tuple[int, int]
Value = dict[str, Any]

EPOCH: Final = datetime(1899, 12, 30)
DATE_FORMAT: Final = {"type": "DATE", "pattern": "yyyy-mm-dd"}


@dataclass(slots=True)
class Cell:
    """`entered` and `effective` are the API's ExtendedValue; the second is what a formula gives.

    `look` is all that is no value: formats, notes. `number_format` is the part of it that says what a number means.
    """

    entered: Value | None = None
    effective: Value | None = None
    number_format: dict[str, str] | None = None
    look: dict[str, Any] = field(default_factory=dict)

    @property
    def value(self) -> Value | None:
        """What is shown, before it is formatted."""
        return self.effective if self.entered and "formulaValue" in self.entered else self.entered


@dataclass(slots=True)
class Tab:
    """A sheet, in the API's words. `merges`, `protected` and `hidden` are half open from 0."""

    sheet_id: int
    title: str
    rows: int = 1000
    columns: int = 26
    cells: dict[Place, Cell] = field(default_factory=dict)
    merges: list[GridRange] = field(default_factory=list)
    protected: list[GridRange] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: object) -> None:
        """As a person does: a date gets the format of one, `None` empties the cell."""
        cell = self.cells.setdefault((row, column), Cell())
        cell.entered, cell.effective = entered(value), None
        if isinstance(value, date):
            cell.number_format = dict(DATE_FORMAT)

    def fill(self, rows: Sequence[Sequence[object]], *, row: int = 0, column: int = 0) -> None:
        """Rows of values, from a cell on."""
        for down, values in enumerate(rows):
            for right, value in enumerate(values):
                self.put(row + down, column + right, value)

    def value(self, row: int, column: int) -> Value | None:
        """What a cell shows, as an ExtendedValue."""
        cell = self.cells.get((row, column))
        return cell.value if cell else None

    def inside(self, found: GridRange) -> tuple[range, range]:
        """Rows and columns of a range, cut at the grid. Raises ApiError where it begins outside."""
        if found.start_row >= self.rows or found.start_column >= self.columns:
            first = f"{column_letters(found.start_column)}{found.start_row + 1}"
            words = f"Range ({self.title}!{first}) exceeds grid limits. "
            raise ApiError(400, f"{words}Max rows: {self.rows}, max columns: {self.columns}")
        rows = range(found.start_row, min(self.rows, found.end_row or self.rows))
        return rows, range(found.start_column, min(self.columns, found.end_column or self.columns))

    @property
    def shown(self) -> list[list[Any]]:
        """Plain values of all rows, without the empty ends."""
        last_row = max((row for (row, _), cell in self.cells.items() if cell.value), default=-1)
        return [list(self._row(row)) for row in range(last_row + 1)]

    def _row(self, row: int) -> Iterator[Any]:
        last = max((column for (at, column), cell in self.cells.items() if at == row and cell.value), default=-1)
        for column in range(last + 1):
            value = self.value(row, column)
            yield next(iter(value.values())) if value else None


Role = Literal["reader", "writer"]


@dataclass(slots=True)
class Spreadsheet:
    """`roles` are of those whom somebody invited, by the address of the account."""

    tabs: list[Tab]
    title: str = "Plans"
    roles: dict[str, Role] = field(default_factory=dict)
    named: dict[str, GridRange] = field(default_factory=dict)
    is_native: bool = True

    def tab(self, title: str) -> Tab:
        return next(tab for tab in self.tabs if tab.title == title)

    def by_id(self, sheet_id: int) -> Tab | None:
        return next((tab for tab in self.tabs if tab.sheet_id == sheet_id), None)


def entered(value: object) -> Value | None:
    """What a person enters, as an ExtendedValue; a mapping is one already."""
    match value:
        case None:
            return None
        case bool():
            return {"boolValue": value}
        case int() | float():
            return {"numberValue": value}
        case datetime():
            return {"numberValue": (value - EPOCH) / timedelta(days=1)}
        case date():
            return {"numberValue": (value - EPOCH.date()).days}
        case Mapping():
            return dict(value)
        case _:
            return {"stringValue": str(value)}
