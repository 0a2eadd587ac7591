"""One step of a run with a sheet or a file, in the process that is measured: `load TABLE` or `export TABLE`.

As in a task of Airflow, neither the schema of files nor a parser of SQL is imported. From the environment come `BENCH`,
the address of the warehouse, `BENCH_GOOGLE`, the account, and `BENCH_FOLDER`, in which `dag_configs/` is.
"""

import os
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

import psycopg

from summary_tables.configs.config import Config
from summary_tables.model.failure import Refusal
from summary_tables.model.row_source import CsvFile, Export, GoogleSheet, SheetExport
from summary_tables.model.settings import Settings
from summary_tables.model.table import DeclaredColumn, SummaryTable
from summary_tables.runs import build_step, export_step, publish_step
from summary_tables.runs.dates import RunDates
from summary_tables.runs.run import Run
from summary_tables.sheets.account import account_from_text
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.session.session import begin_session

T = TypeVar("T")

SPREADSHEET: Final = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
CSV_FILE: Final = "seeds/cells.csv"
SCHEMA: Final = "analytics"

TYPES: Final = ("date", "text", "numeric(12,2)", "bigint", "boolean") * 4
"""Of the columns of all tables here, which are called `c0` to `c19`."""


def table_named(name: str) -> SummaryTable:
    """`from_sheet` and `from_csv` as a file in `dag_configs/` would declare them; both go to a sheet."""
    sheet = GoogleSheet(spreadsheet=SPREADSHEET, range="Cells")
    export = SheetExport(spreadsheet=SPREADSHEET, range="Export")
    return SummaryTable(
        table=name,
        schema=SCHEMA,
        main_sql="",
        google_sheet=sheet if name == "from_sheet" else None,
        csv=CsvFile(file=CSV_FILE) if name == "from_csv" else None,
        columns=tuple(DeclaredColumn(name=f"c{at}", type=kind) for at, kind in enumerate(TYPES)),
        export=Export(google_sheet=export),
    )


def main(step: str, name: str) -> None:
    """Raises RuntimeError where the step does not succeed."""
    table = table_named(name)
    config = Config(table=table, settings=Settings(), path=Path(os.environ["BENCH_FOLDER"], f"dag_configs/{name}.yaml"))
    with closing(psycopg.connect(os.environ["BENCH"])) as connection:
        run = Run(
            config=config,
            dates=RunDates(due=datetime(2026, 1, 1, tzinfo=UTC)),
            open_session=begin_session(connection, config.settings.warehouse).limited,
            run_id="benchmark",
            google_account=lambda _conn_id: account_from_text(os.environ["BENCH_GOOGLE"], "the benchmark"),
        )
        _STEPS[step](run)


def _load(run: Run) -> None:
    build = _done(build_step.build(run, "", build_version))
    _done(publish_step.publish(run, build.version, may_lose_rows=True))


def _export(run: Run) -> None:
    assert run.table.export is not None
    export = run.table.export.google_sheet
    _done(export_step.write(run, export, _done(export_step.cells_to_write(run, export))))


def _done(found: T | Refusal) -> T:
    if isinstance(found, Refusal):
        raise RuntimeError(f"{found.error}\n{found.details}")
    return found


_STEPS: Final = {"load": _load, "export": _export}


if __name__ == "__main__":
    main(*sys.argv[1:])
