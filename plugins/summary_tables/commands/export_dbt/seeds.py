"""Tables that are made of CSV files -> seeds: the cells as the columns say, under the names of the columns."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from summary_tables.commands.export_dbt.checks import ExportedChecks, exported_checks
from summary_tables.commands.export_dbt.model_config import keys_without_word
from summary_tables.commands.export_dbt.project_file import ProjectFile
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.csv_files.content import cell_columns
from summary_tables.warehouse.sources.cells.mistakes import CellMistakes
from summary_tables.warehouse.sources.cells.rows import converted
from summary_tables.warehouse.sources.csv_file.content import Unreadable
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid

_NULLS = frozenset({"", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """`config` is what dbt must be told of it. Without `csv` its file could not be read."""

    file: TableFile
    csv: ProjectFile | None
    config: dict[str, Any]
    checks: ExportedChecks
    remarks: tuple[Remark, ...]


def seed(file: TableFile, references: References) -> Seed:
    """The seed of a table whose rows are those of a CSV file."""
    table, checks = file.config.table, exported_checks(file, references)
    config: dict[str, Any] = {
        "schema": table.schema,
        "column_types": {column.name: column.type for column in table.columns},
    }
    if table.tags:
        config["tags"] = list(table.tags)
    if table.grants.select:
        config["grants"] = {"select": list(table.grants.select)}
    text = _text(file)
    written = ProjectFile(path=f"seeds/{table.table}.csv", text=text) if isinstance(text, str) else None
    remarks = (*checks.remarks, *keys_without_word(file), *(() if isinstance(text, str) else (text,)))
    return Seed(file=file, csv=written, config=config, checks=checks, remarks=remarks)


def _text(file: TableFile) -> str | Remark:
    source, columns = file.config.table.csv, cell_columns(file)
    grid = CsvGrid.read(file.path, source) if source else None
    if grid is None or columns is None or isinstance(grid, Unreadable):
        return _unreadable()
    mistakes, text = CellMistakes(most=1), io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([column.name for column in file.config.table.columns])
    for values in converted(grid, columns, mistakes):
        if any(value is not None and value.lower() in _NULLS for value in values):
            return _no_null()
        rows.writerow(["" if value is None else value for value in values])
    return _unreadable() if mistakes.count else text.getvalue()


def _unreadable() -> Remark:
    message = "the CSV file cannot be read as its columns say: the seed is missing"
    return Remark(path=("csv",), message=message, fix="mend what `summary-tables lint` says of it", level="warning")


def _no_null() -> Remark:
    message = "a cell is the word null or an empty text, which dbt reads as no value: the seed is missing"
    return Remark(path=("csv",), message=message, fix="write another word, or a query", level="warning")
