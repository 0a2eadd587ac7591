"""A version that is made of cells: built as a whole or not at all, for a run and for a preview."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from summary_tables.model.column import Column
from summary_tables.model.row_source import CsvFile
from summary_tables.model.table import DeclaredColumn, SummaryTable
from summary_tables.runs.scratch.scratch_session import scratch_session
from summary_tables.runs.scratch.scratch_table import fill
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.publish import publish_version
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session, open_session
from summary_tables.warehouse.sources.cells.column_types import KNOWN
from summary_tables.warehouse.sources.cells.source import CellRows
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid
from tests.warehouse.postgres.database import WAREHOUSE, Database, run, table_with

COLUMNS = (
    DeclaredColumn(name="day", type="date", header="Day"),
    DeclaredColumn(name='the "note"', type="text", header="Note"),
    DeclaredColumn(name="n", type="int4"),
)
TEXT = 'n,Note,Day\n1,"a\tb\\N\n""c""",2026-01-01\n,\\N,\n\n,,\n7,한국 😀,0001-01-01\n'
TABLE = table_with(columns=COLUMNS, csv=CsvFile(file="a.csv"), max_rows=3)


def rows_of(text: str, table: SummaryTable = TABLE) -> CellRows:
    return CellRows(table, lambda: CsvGrid(name="a.csv", text=text, source=CsvFile(file="a.csv")))


def test_it_is_built_and_published(database: Database) -> None:
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        build = build_version(session, TABLE, run(), rows_of(TEXT))
        publish_version(session, TABLE, build.version)
    assert (build.rows, build.columns) == (3, ("day", 'the "note"', "n"))
    seen = database.admin(f'SELECT day::text, "the ""note""", n FROM {TABLE.full_name} ORDER BY n')
    assert seen == [("2026-01-01", 'a\tb\\N\n"c"', 1), ("0001-01-01", "한국 😀", 7), (None, "\\N", None)]


def test_it_is_previewed(database: Database) -> None:
    with (
        database.connect() as connection,
        open_session(connection, WAREHOUSE) as session,
        scratch_session(session) as scratch,
    ):
        filled = fill(scratch, TABLE, run(), rows_of(TEXT), samples=True)
    assert filled.rows == 3
    assert filled.columns[2] == Column(name="n", type="integer")


@dataclass(frozen=True)
class Refused:
    text: str
    words: str
    details: str = ""
    table: SummaryTable = TABLE


REFUSED = {
    "one cell": Refused(TEXT + "x,,\n", 'a.csv:8:1: "x" is not a whole number.'),
    "two": Refused(
        TEXT + "x,,y\n",
        "2 mistakes in a.csv: nothing of it was loaded.",
        'a.csv:8:4: "y" is not a date; write it like 2026-12-31\na.csv:8:1: "x" is not a whole number',
    ),
    "private": Refused(
        TEXT.replace("1,", "x,"),
        'a.csv:2:1: the value of "n" is not a whole number.',
        table=table_with(columns=(*COLUMNS[:2], DeclaredColumn(name="n", type="int4", pii=True))),
    ),
    "too many": Refused(
        TEXT + "8,,\n",
        "There are 4 rows; at most 3 are allowed (`max_rows`). Nothing of them was kept. If so many are right, raise "
        "`max_rows`.",
    ),
    "a type that no cell becomes": Refused(
        TEXT,
        f'The column "n" has the type interval, which no cell becomes. Write one of {KNOWN}.',
        table=table_with(columns=(*COLUMNS[:2], DeclaredColumn(name="n", type="interval"))),
    ),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
def test_nothing_is_left_of_what_is_refused(database: Database, refused: Refused) -> None:
    with (
        database.connect() as connection,
        open_session(connection, WAREHOUSE) as session,
        pytest.raises(WarehouseError) as raised,
    ):
        build_version(session, refused.table, run(), rows_of(refused.text, refused.table))
    assert (str(raised.value), raised.value.details) == (refused.words, refused.details)
    assert database.versions() == set()


def test_source_that_breaks_off_leaves_nothing(database: Database) -> None:
    def lines() -> Iterator[str]:
        yield from (f"{number}\n" for number in range(1_000))
        raise WarehouseError("the source broke off")

    database.admin("CREATE TABLE analytics.numbers (n integer); GRANT INSERT ON analytics.numbers TO builder")
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        with pytest.raises(WarehouseError, match="the source broke off"):
            _copied(session, lines())
        assert session.value("SELECT 1") == 1
    assert database.value("SELECT count(*) FROM analytics.numbers") == 0


def _copied(session: Session, lines: Iterator[str]) -> None:
    with session.transaction():
        session.copy_in("COPY analytics.numbers FROM STDIN", lines)
