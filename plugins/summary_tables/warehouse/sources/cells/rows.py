"""Rows of cells become rows of values; whatever is wrong is told, in every row."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from summary_tables.warehouse.sources.cells.cell import CellValue, Wrong
from summary_tables.warehouse.sources.cells.columns import CellColumn, places
from summary_tables.warehouse.sources.cells.grid import Grid, Row
from summary_tables.warehouse.sources.cells.mistakes import CellMistakes, cell_words

Values: TypeAlias = tuple[str | None, ...]
"""A row as the warehouse reads it: texts that are values of the types, None for NULL."""


def converted(
    grid: Grid, columns: Sequence[CellColumn], mistakes: CellMistakes, *, shows_values: bool = True
) -> Iterator[Values]:
    """The rows of `grid`, one by one, those that are empty left out. Raises what `grid` raises.

    After a mistake rows are looked at and no more given: nothing will be loaded. `shows_values`: words may hold what
    stands in cells.
    """
    found = places(grid, columns, mistakes)
    if found is None:
        return
    placed = tuple(zip(columns, found, strict=True))
    for row in grid.rows():
        values = _values(row, placed, mistakes, shows_values=shows_values)
        if values is not None and not mistakes.count:
            yield values


def _values(
    row: Row, placed: Sequence[tuple[CellColumn, int]], mistakes: CellMistakes, *, shows_values: bool
) -> Values | None:
    if row.wrong:
        mistakes.add(row.spot(-1), f"the row {row.wrong.why}", row.wrong.fix)
        return None
    cells = row.cells
    if not any(cell is not None and cell != "" for cell in cells):
        return None
    values: list[str | None] = []
    for column, place in placed:
        cell = cells[place] if place < len(cells) else None
        value = None if cell is None or cell == "" else cell if isinstance(cell, Wrong) else column.convert(cell)
        if isinstance(value, Wrong):
            _tell(row, place, cell, value, column, mistakes, shows_values=shows_values)
            value = None
        values.append(value)
    return tuple(values)


def _tell(
    row: Row,
    place: int,
    cell: CellValue,
    wrong: Wrong,
    column: CellColumn,
    mistakes: CellMistakes,
    *,
    shows_values: bool,
) -> None:
    is_shown = shows_values and not column.is_private
    words = cell_words(cell, wrong, column=column.name, shows_value=is_shown)
    mistakes.add(row.spot(place), words, wrong.fix if is_shown else "")
