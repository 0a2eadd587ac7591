"""Tables that are made of CSV files -> seeds: the cells as the columns say, under the names of the columns.

Where a cell is blank or the word null, which dbt takes for no value, the table is a model with the cells as `VALUES`.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from summary_tables.commands.export_dbt.checks import ExportedChecks, exported_checks
from summary_tables.commands.export_dbt.column_names import in_sql
from summary_tables.commands.export_dbt.dbt_text import as_it_is, comment
from summary_tables.commands.export_dbt.model_config import config_block, index_configs, keys_without_word
from summary_tables.commands.export_dbt.project_file import ProjectFile
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.csv_files.content import cell_columns
from summary_tables.text.quoting import in_single_quotes
from summary_tables.warehouse.sources.cells.mistakes import CellMistakes
from summary_tables.warehouse.sources.cells.rows import converted
from summary_tables.warehouse.sources.csv_file.content import Unreadable
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid

_NULLS = frozenset({"", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """`config` is what dbt must be told of it. `written` is the file with the cells; None: that could not be read."""

    file: TableFile
    written: ProjectFile | None
    config: dict[str, Any]
    checks: ExportedChecks
    remarks: tuple[Remark, ...]

    @property
    def is_model(self) -> bool:
        """It is no seed."""
        return self.written is not None and self.written.path.endswith(".sql")


def seed(file: TableFile, references: References) -> Seed:
    """The seed of a table whose rows are those of a CSV file."""
    table, checks = file.config.table, exported_checks(file, references)
    config: dict[str, Any] = {
        "schema": table.schema,
        "column_types": {column.name: column.type for column in table.columns},
    }
    if table.tags:
        config["tags"] = list(table.tags)
    if table.indexes:
        config["indexes"] = index_configs(table.indexes)
    if table.grants.select:
        config["grants"] = {"select": list(table.grants.select)}
    rows = _rows(file)
    written = None if isinstance(rows, Remark) else _written(file, rows)
    remarks = (
        *checks.remarks,
        *([_NOT_HELD_BACK] if checks.inputs else []),
        *keys_without_word(file),
        *([rows] if isinstance(rows, Remark) else []),
    )
    return Seed(file=file, written=written, config=config, checks=checks, remarks=remarks)


_NOT_HELD_BACK: Final = Remark(
    path=("input_check",), message="dbt loads a seed whatever is found in other tables", level="warning"
)
_Rows = Sequence[Sequence[str | None]]


def _rows(file: TableFile) -> _Rows | Remark:
    source, columns = file.config.table.csv, cell_columns(file)
    grid = CsvGrid.read(file.path, source) if source else None
    if grid is None or columns is None or isinstance(grid, Unreadable):
        return _unreadable()
    mistakes = CellMistakes(most=1)
    rows = list(converted(grid, columns, mistakes))
    return _unreadable() if mistakes.count else rows


def _written(file: TableFile, rows: _Rows) -> ProjectFile:
    table = file.config.table
    if any(value is not None and value.strip().lower() in _NULLS for row in rows for value in row):
        return ProjectFile(path=f"models/{table.table}.sql", text=_query(file, rows))
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([column.name for column in table.columns])
    lines.writerows([["" if value is None else value for value in row] for row in rows])
    return ProjectFile(path=f"seeds/{table.table}.csv", text=text.getvalue())


def _query(file: TableFile, rows: _Rows) -> str:
    names = [(in_sql(column.name), column.type) for column in file.config.table.columns]
    cells = ",\n".join(f"  ({', '.join(map(_cell, row))})" for row in rows)
    text = (
        f"SELECT {', '.join(f'CAST({name} AS {kind}) AS {name}' for name, kind in names)}\n"
        f"FROM (VALUES\n{cells}\n) AS cells ({', '.join(name for name, _ in names)})\n"
    )
    head = comment([f"From {file.config.file}. A seed would take a blank, or the word null, for no value."])
    return f"{head}{config_block(file)}{as_it_is(text)}"


def _cell(value: str | None) -> str:
    return "NULL" if value is None else in_single_quotes(value)


def _unreadable() -> Remark:
    message = "the CSV file cannot be read as its columns say: the seed is missing"
    return Remark(path=("csv",), message=message, fix="mend what `summary-tables lint` says of it", level="warning")
