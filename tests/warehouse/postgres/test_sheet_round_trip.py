"""Whatever stands in a sheet: read, published, exported and read again it is equal, or its cell was named."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summary_tables.configs.config import Config
from summary_tables.model.failure import Refusal
from summary_tables.model.row_source import GoogleSheet, SheetExport
from summary_tables.model.settings import Settings
from summary_tables.model.table import NO_LIMITS, DeclaredColumn, Limits
from summary_tables.runs.build_step import build
from summary_tables.runs.dates import RunDates
from summary_tables.runs.export_step import cells_to_write, write
from summary_tables.runs.publish_step import publish
from summary_tables.runs.run import Run
from summary_tables.sheets.account import GoogleAccount
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.session.session import Session, open_session
from tests.conftest import REPOSITORY
from tests.fake_google.grid import Cell, Tab
from tests.fake_google.server import SPREADSHEET, FakeGoogle, fake_google
from tests.warehouse.postgres.database import WAREHOUSE, Database, table_with

TYPES = ("date", "timestamp", "timestamptz", "time", "text", "varchar(5)", "bigint", "numeric(12,2)", "numeric",
         "double precision", "boolean", "uuid", "jsonb")  # fmt: skip
_ERROR = Cell({"formulaValue": "=A0"}, {"errorValue": {"type": "REF", "message": ""}})
_MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(
    lambda found: found.replace(microsecond=found.microsecond // 1000 * 1000)
)
_DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))
_TEXTS = st.text(max_size=8) | st.sampled_from(
    ["=1+1", "00501", "'a", "+82-10", "채널 🎉", "#REF!", "TRUE", "1,200", "2026-01-01", " x ", "a\nb\tc\\", '{"a": 1}']
)
_RIGHT: dict[str, st.SearchStrategy[Any]] = {
    "date": _DATES,
    "timestamp": _MOMENTS,
    "timestamptz": _MOMENTS,
    "time": st.floats(0, 0.99).map(lambda part: datetime(1899, 12, 30) + timedelta(seconds=round(part * 86_400))),
    "bigint": st.integers(-(2**53), 2**53),
    "numeric(12,2)": st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
    "numeric": st.floats(-1e9, 1e9),
    "double precision": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "uuid": st.uuids().map(str),
    "jsonb": st.sampled_from(['{"a": 1}', "[]", "1"]),
}
_ANY = st.one_of(
    st.none(), _TEXTS, st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.booleans(), _DATES, _MOMENTS
)


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[str], list[list[Any]], bool]:
    """Types of columns, rows of cells, and whether these are of any kind; else they fit their columns."""
    kinds = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
    columns = [st.one_of(_RIGHT.get(kind, _TEXTS), st.none()) for kind in kinds]
    is_wild = draw(st.integers(0, 3)) == 0
    rows = st.lists(st.tuples(*(_ANY if is_wild else cell for cell in columns)).map(list), max_size=6)
    return kinds, draw(rows), is_wild


@pytest.fixture(scope="module")
def google() -> Iterator[FakeGoogle]:
    with fake_google() as running:
        yield running


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grids(), st.integers(0, 7).map(lambda drawn: drawn == 0))
def test_equal_or_refused(
    database: Database, google: FakeGoogle, grid: tuple[list[str], list[list[Any]], bool], has_error: bool
) -> None:
    kinds, rows, is_wild = grid
    source, report = Tab(sheet_id=1, title="In", rows=9, columns=5), "Out!B2"
    names = [f"c{at}" for at in range(len(kinds))]
    source.fill([names, *rows])
    if has_error and rows:
        source.cells[1, 0] = _ERROR
    google.spreadsheet(source, role="writer")
    with _run(database, google, names, kinds) as run:
        built = build(run, "", build_version)
        if isinstance(built, Refusal):
            assert "In!" in (built.details or built.error)
            return
        assert not isinstance(publish(run, built.version, may_lose_rows=False), Refusal)
        first = _stored(database)
        export = SheetExport(spreadsheet=SPREADSHEET, range=report)
        cells = cells_to_write(run, export)
        if isinstance(cells, Refusal):
            assert is_wild
            assert "Out!" in (cells.details or cells.error)
            return
        written = write(run, export, cells)
        assert isinstance(written, str)
    with _run(database, google, names, kinds, where="Out!B2:F") as run:
        again = build(run, "", build_version)
        assert not isinstance(again, Refusal), again
        assert not isinstance(publish(run, again.version, may_lose_rows=False), Refusal)
    assert _stored(database) == first


def _stored(database: Database) -> list[str]:
    with database.connect() as connection:
        rows = connection.execute("SELECT d::text FROM analytics.daily d").fetchall()
    return sorted(text for (text,) in rows)


@contextmanager
def _run(
    database: Database, google: FakeGoogle, names: list[str], kinds: list[str], where: str = "In"
) -> Iterator[Run]:
    columns = tuple(DeclaredColumn(name=name, type=kind) for name, kind in zip(names, kinds, strict=True))
    table = table_with(columns=columns, google_sheet=GoogleSheet(spreadsheet=SPREADSHEET, range=where))
    account = GoogleAccount(where="here", key=google.account(), endpoint=google.base_url)
    now = datetime.now(UTC)
    with database.connect() as connection:
        connection.execute("DROP VIEW IF EXISTS analytics.daily" if where == "In" else "SELECT 1")

        @contextmanager
        def opened(limits: Limits = NO_LIMITS, *, shows_values: bool = True) -> Iterator[Session]:
            with open_session(connection, WAREHOUSE, limits, shows_values=shows_values) as session:
                yield session

        yield Run(
            config=Config(table=table, settings=Settings(), path=REPOSITORY / "dag_configs" / "daily.yaml"),
            dates=RunDates(logical_date=None, start=None, end=None, due=now),
            open_session=opened,
            run_id=f"{where}-{now.isoformat()}",
            google_account=lambda _conn_id: account,
        )
