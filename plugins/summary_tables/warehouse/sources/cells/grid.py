"""What cells are read from: a row of headers, and rows below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from summary_tables.warehouse.sources.cells.cell import CellValue, Wrong


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell is. `name` is what people call it: `Targets!C7`, `seeds/countries.csv:7:3`.

    `line`, `column` (from 1) and `length` are those in the text of a file; zeros where there is none.
    """

    name: str
    line: int = 0
    column: int = 0
    length: int = 1


class Row(Protocol):
    """One row; cells at its end that are empty may be missing. `wrong`: what is wrong with the row as a whole."""

    @property
    def cells(self) -> Sequence[CellValue]: ...

    @property
    def wrong(self) -> Wrong | None: ...

    def spot(self, index: int) -> Spot:
        """Where the cell at `index` is, from 0, also one that is missing; -1: the row as a whole."""
        ...


class Grid(Protocol):
    """Cells. `name` is what people call all of them: `seeds/countries.csv`, `Targets!A:D`.

    `refuses_others`: a header of no column is a mistake; else what stands below it is not read. `headers_fix`: what to
    do where another row is read as the row of headers.
    """

    @property
    def name(self) -> str: ...

    @property
    def refuses_others(self) -> bool: ...

    @property
    def headers_fix(self) -> str: ...

    def headers(self) -> Row:
        """The row of headers. Raises `WarehouseError` where the cells cannot be read at all."""
        ...

    def rows(self) -> Iterator[Row]:
        """The rows below it, one by one. Raises `WarehouseError`."""
        ...
