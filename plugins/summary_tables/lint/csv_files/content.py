"""What is wrong in the CSV file of a table, at its place there; where it cannot be read, at `csv` in the config."""

from collections.abc import Iterator
from pathlib import Path

from summary_tables.configs.table_file import TableFile
from summary_tables.model.problem import Finding, Place, Problem
from summary_tables.model.row_source import CsvFile
from summary_tables.warehouse.sources.cells.column_types import conversion
from summary_tables.warehouse.sources.cells.columns import CellColumn
from summary_tables.warehouse.sources.cells.mistakes import CellMistake, CellMistakes
from summary_tables.warehouse.sources.cells.rows import converted
from summary_tables.warehouse.sources.csv_file.content import Unreadable, name_of, path_of
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid

RULE_ID = "csv-file"


def csv_path(file: TableFile) -> Path | None:
    """Where the CSV file of a table should stand; None: its rows come from elsewhere."""
    source = file.config.table.csv
    return path_of(file.path, source) if source else None


def csv_problems(file: TableFile, most: int | None) -> Iterator[Problem]:
    """At most so many, the first ones; None: all of them. A file is judged only where all columns are known."""
    source = file.config.table.csv
    if source is None:
        return
    grid = CsvGrid.read(file.path, source)
    if isinstance(grid, Unreadable):
        yield _unreadable(file, source, grid)
        return
    columns = cell_columns(file)
    if columns is None:
        return
    mistakes = CellMistakes(most=most if most is not None else len(grid.text))
    for _ in converted(grid, columns, mistakes):
        pass
    yield from (_problem(file, source, mistake) for mistake in mistakes.kept)


def cell_columns(file: TableFile) -> tuple[CellColumn, ...] | None:
    """How the cells of a table are read; None while that is not known of each column, of which other rules tell."""
    dialect, zone = file.dialect, file.config.table.timezone
    counts_bytes = dialect.statements("").loading.counts_bytes
    found = []
    for column in file.config.table.columns:
        full_type = dialect.types.full_name(column.type) if column.type else ""
        convert = conversion(full_type, counts_bytes=counts_bytes, zone=zone)
        if convert is None:
            return None
        found.append(CellColumn.of(column, convert))
    return tuple(found) if len({column.header for column in found}) == len(found) else None


def _unreadable(file: TableFile, source: CsvFile, found: Unreadable) -> Problem:
    finding = Finding(
        place=file.document.span_of_value(("csv", "file")),
        message=f"{name_of(file.path, source)} cannot be read: {found.why}"
        + (f" (line {found.line})" if found.line else ""),
        fix=found.fix,
    )
    return Problem.of(finding, file.path, rule=RULE_ID, level="error")


def _problem(file: TableFile, source: CsvFile, mistake: CellMistake) -> Problem:
    spot = mistake.spot
    finding = Finding(place=Place(spot.line, spot.column, spot.length), message=mistake.words, fix=mistake.fix)
    path = path_of(file.path, source)
    return Problem.of(finding, path, file=name_of(file.path, source), rule=RULE_ID, level="error")
