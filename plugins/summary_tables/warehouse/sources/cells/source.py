"""The rows of a grid of cells become a version."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from summary_tables.model.column import Column
from summary_tables.model.table import DeclaredColumn, SummaryTable
from summary_tables.warehouse.declared_types import declared_types
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.cells.column_types import KNOWN, conversion
from summary_tables.warehouse.sources.cells.columns import CellColumn
from summary_tables.warehouse.sources.cells.grid import Grid
from summary_tables.warehouse.sources.cells.mistakes import MOST_SHOWN, CellMistakes
from summary_tables.warehouse.sources.cells.rows import Values, converted
from summary_tables.warehouse.sources.read_only_copy import READ_ONLY_COPY

_ROWS_OF_A_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class CellRows:
    """The rows of the grid that `open_grid` gives, as the columns of `table` say: a `Source`.

    `open_grid` is called each time that rows are wanted. Raises `WarehouseError` where there are none to be had.
    """

    table: SummaryTable
    open_grid: Callable[[], Grid]
    most_mistakes: int = MOST_SHOWN

    def columns(self, _session: Session) -> tuple[str, ...]:
        """Those that the file declares."""
        return tuple(column.name for column in self.table.columns)

    def typed_columns(self, session: Session) -> tuple[Column, ...]:
        """Those that the file declares, under the names that the warehouse has for their types."""
        types = declared_types(session, self.table)
        return tuple(Column(name=column.name, type=types.get(column.type, "")) for column in self.table.columns)

    def fill_version(self, session: Session, table: SummaryTable, version: str) -> int:
        """If one cell is no value of its column, nothing is there."""
        columns, loading = self.typed_columns(session), session.sql.loading
        session.execute(loading.create_empty(version, table.attributes, [(each.name, each.type) for each in columns]))
        return self._fill(session, loading.version(version), columns)

    def fill_copy(self, session: Session) -> int:
        """The same for a preview."""
        columns, copying = self.typed_columns(session), session.sql.copying
        # Whoever has no such table builds no previews.
        assert copying is not None
        session.execute(copying.create_copy([(each.name, each.type, None) for each in columns]))
        return self._fill(session, READ_ONLY_COPY, columns)

    def _fill(self, session: Session, relation: str, columns: tuple[Column, ...]) -> int:
        grid, mistakes = self.open_grid(), CellMistakes(self.most_mistakes)
        cells = self._cell_columns(session, columns)
        rows = load(session, relation, columns, converted(grid, cells, mistakes, shows_values=session.shows_values))
        if mistakes.count:
            raise WarehouseError(mistakes.words(grid.name), details=mistakes.details())
        return rows

    def _cell_columns(self, session: Session, columns: tuple[Column, ...]) -> tuple[CellColumn, ...]:
        counts_bytes = session.sql.loading.counts_bytes
        return tuple(
            _cell_column(declared, column.type, counts_bytes=counts_bytes, zone=self.table.timezone)
            for declared, column in zip(self.table.columns, columns, strict=True)
        )


def _cell_column(declared: DeclaredColumn, full_type: str, *, counts_bytes: bool, zone: str) -> CellColumn:
    convert = conversion(full_type, counts_bytes=counts_bytes, zone=zone)
    if convert is None:
        raise WarehouseError(
            f'The column "{declared.name}" has the type {declared.type or "that nobody has said"}, which no cell '
            f"becomes. Write one of {KNOWN}."
        )
    return CellColumn.of(declared, convert)


def load(session: Session, relation: str, columns: tuple[Column, ...], rows: Iterable[Values]) -> int:
    """Store `rows` in `relation`, inside a transaction; returns how many they are."""
    loading = session.sql.loading
    names = [column.name for column in columns]
    if statement := loading.copy(relation, names):
        return session.copy_in(statement, map(loading.copied, rows))
    return sum(session.execute(statement) for statement in _inserts(session, relation, names, rows))


def _inserts(session: Session, relation: str, names: list[str], rows: Iterable[Values]) -> Iterator[str]:
    every = iter(rows)
    while lot := list(islice(every, _ROWS_OF_A_STATEMENT)):
        yield session.sql.loading.insert(relation, names, lot)
