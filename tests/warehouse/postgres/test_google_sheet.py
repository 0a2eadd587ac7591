"""A Google Sheet becomes a table, or each cell that cannot is named and the table stays as it was."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from summary_tables.model.row_source import GoogleSheet
from summary_tables.model.table import DeclaredColumn
from summary_tables.sheets.account import GoogleAccount
from summary_tables.sheets.client import SpreadsheetClient
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.publish import publish_version
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session
from summary_tables.warehouse.sources.cells.source import CellRows
from summary_tables.warehouse.sources.google_sheet import SheetGrid
from tests.fake_google import answers
from tests.fake_google.a1_ranges import GridRange
from tests.fake_google.answers import ApiError
from tests.fake_google.grid import Cell, Tab
from tests.fake_google.server import ACCOUNT, SPREADSHEET, FakeGoogle, fake_google
from tests.warehouse.postgres.database import READER, WAREHOUSE, Database, run, table_with

COLUMNS = (
    DeclaredColumn(name="month", type="date", header="Month"),
    DeclaredColumn(name="channel", type="text", header="채널"),
    DeclaredColumn(name="target", type="numeric(12,2)", header="Target (KRW)"),
)
HEADERS = ["Month", "채널", "Target (KRW)"]
ROWS: list[list[Any]] = [
    [date(2026, 1, 1), "검색 🎉", 1_200_000],
    [date(2026, 2, 1), "00501", 12.5],
    [date(2026, 3, 1), None, None],
]
LOADED = [
    (date(2026, 1, 1), "검색 🎉", Decimal("1200000.00")),
    (date(2026, 2, 1), "00501", Decimal("12.50")),
    (date(2026, 3, 1), None, None),
]


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with fake_google() as running:
        yield running


@pytest.fixture
def tab(google: FakeGoogle) -> Tab:
    """`Targets`, with three good rows from its first cell on."""
    made = Tab(sheet_id=3, title="Targets", rows=60, columns=8)
    made.fill([HEADERS, *ROWS])
    google.spreadsheet(made)
    return made


def _load(
    database: Database, google: FakeGoogle, where: str = "Targets!A:D", header_row: int = 1, **changes: Any
) -> list[Any]:
    """What readers see then."""
    source = GoogleSheet(spreadsheet=SPREADSHEET, range=where, header_row=header_row)
    table = table_with(**{"columns": COLUMNS, "google_sheet": source, **changes})
    account = GoogleAccount(where="the connection `google`", key=google.account(), endpoint=google.base_url)
    client = SpreadsheetClient(account, SPREADSHEET, seconds=30)
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        build = build_version(session, table, run(), CellRows(table, lambda: SheetGrid(client, source)))
        publish_version(session, table, build.version)
    return _seen(database)


def _seen(database: Database) -> list[Any]:
    with database.connect(READER) as connection:
        return connection.execute("SELECT * FROM analytics.daily ORDER BY 1, 2").fetchall()


def _refusal(database: Database, google: FakeGoogle, **options: Any) -> str:
    with pytest.raises(WarehouseError) as told:
        _load(database, google, **options)
    assert not told.value.may_pass
    return "\n".join(filter(None, (str(told.value), told.value.details)))


def test_values_are_as_stored(database: Database, google: FakeGoogle, tab: Tab) -> None:
    tab.cells[1, 2].number_format = {"type": "CURRENCY", "pattern": '[$₩]#,##0"만"'}
    assert _load(database, google) == LOADED


@pytest.mark.parametrize(
    ("where", "header_row"), [("Targets", 4), ("Targets!C:F", 4), ("Targets!C4:E30", 1), ("goals", 2)]
)
def test_it_may_stand_anywhere(database: Database, google: FakeGoogle, where: str, header_row: int) -> None:
    made = Tab(sheet_id=3, title="Targets", rows=60, columns=8)
    made.fill([["Plans of 2026", 7, "Month"], [], [None, "Note", *HEADERS, "Who"]], row=1, column=0)
    made.fill([["any", *row, "kim"] for row in ROWS], row=4, column=1)
    part = GridRange(title="Targets", start_row=2, end_row=50, start_column=1, end_column=6)
    google.spreadsheet(made).named["goals"] = part
    assert _load(database, google, where=where, header_row=header_row) == LOADED


def test_order_of_columns_and_other_columns_are_free(database: Database, google: FakeGoogle) -> None:
    made = Tab(sheet_id=3, title="Targets", rows=9, columns=8)
    made.fill([["Target (KRW)", "Who", "Month", " 채널\n", None, "Who"]])
    made.fill([[row[2], 7, row[0], row[1]] for row in ROWS], row=1)
    google.spreadsheet(made)
    assert _load(database, google, where="Targets") == LOADED


def test_empty_and_hidden_rows(database: Database, google: FakeGoogle, tab: Tab) -> None:
    tab.fill([[None, None, None], ["", "", ""], *ROWS, [None] * 3, [""]], row=1)
    tab.cells[2, 1] = Cell({"formulaValue": '=IF(A3="","",1)'}, {"stringValue": ""})
    tab.hidden.update({3, 4})
    assert _load(database, google) == LOADED


def test_a_sheet_without_rows_is_a_table_without_rows(database: Database, google: FakeGoogle) -> None:
    made = Tab(sheet_id=3, title="Targets", rows=2, columns=3)
    made.fill([HEADERS])
    google.spreadsheet(made)
    assert _load(database, google) == []


def test_all_mistakes_are_told_with_their_cells_and_the_table_stays(
    database: Database, google: FakeGoogle, tab: Tab
) -> None:
    _load(database, google)
    tab.fill(
        [
            ["2026-01", "a", "12,5OO"],
            [date(2026, 1, 2), date(2026, 1, 2), date(2026, 1, 2)],
            [2026, "a", 1],
            [True, 501, "1,200"],
        ],
        row=1,
    )
    tab.cells[3, 0].number_format = None
    tab.cells[5, 2] = Cell({"formulaValue": "=Rates!A1"}, {"errorValue": {"type": "REF", "message": "gone"}})
    tab.cells[6, 0] = Cell({"formulaValue": "=1/0"}, {"errorValue": {"type": "DIVIDE_BY_ZERO", "message": ""}})
    assert _refusal(database, google) == "\n".join(
        (
            "9 mistakes in Targets!A:D: nothing of it was loaded.",
            'Targets!A2: "2026-01" is not a date; write it like 2026-12-31',
            'Targets!C2: "12,5OO" is not a number',
            'Targets!B3: "2026-01-02" is a date or a time; format the cells as plain text or as a number, or give the '
            "column such a type",
            'Targets!C3: "2026-01-02" is a date or a time; format the cells as plain text or as a number, or give the '
            "column such a type",
            'Targets!A4: "2026" is a number, and no date or time; format the cell as a date or a time',
            'Targets!A5: "TRUE" is not a date; write it like 2026-12-31',
            'Targets!C5: "1,200" is not a number; write 1200, if that is what it means',
            "Targets!C6: the cell has a formula that gives #REF!; mend the formula",
            "Targets!A7: the cell has a formula that gives #DIV/0!; mend the formula",
        )
    )
    assert _seen(database) == LOADED


def test_ten_mistakes_are_shown_and_the_others_counted(database: Database, google: FakeGoogle, tab: Tab) -> None:
    tab.fill([[None, None, "many"] for _ in range(50)], row=1)
    lines = _refusal(database, google).splitlines()
    assert lines[0] == "50 mistakes in Targets!A:D: nothing of it was loaded."
    assert lines[-2:] == ['Targets!C11: "many" is not a number', "... and 40 more"]


def test_values_of_personal_data_are_not_shown(database: Database, google: FakeGoogle, tab: Tab) -> None:
    tab.fill([["a@b.kr"]], row=1, column=2)
    private = (*COLUMNS[:2], DeclaredColumn(name="target", type="numeric(12,2)", header="Target (KRW)", pii=True))
    assert _refusal(database, google, columns=private) == ('Targets!C2: the value of "target" is not a number.')


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (["Month", "채널", "Target KRW"], "Targets!C1: no column is headed `Target (KRW)`, but one is headed `Target "
         "KRW`; write `header: Target KRW` at the column `target`, or `Target (KRW)` here."),
        (["Month", "", "Target (KRW)"], "Targets!1:1: no column is headed `채널`: the headers are `Month` and "
         "`Target (KRW)`."),
        (["Month", "채널", "Target (KRW)", "Month"], "Targets!D1: a second column is headed `Month`: the first is "
         "Targets!A1; rename one of the two, or delete it."),
    ],
)  # fmt: skip
def test_headers(database: Database, google: FakeGoogle, tab: Tab, headers: list[str], words: str) -> None:
    tab.fill([headers])
    assert _refusal(database, google) == words


def test_merged_cells_are_told(database: Database, google: FakeGoogle, tab: Tab) -> None:
    """Whoever sees them believes that each row has the value; Google stores it once."""
    tab.merges.append(GridRange(title="Targets", start_row=1, end_row=4, start_column=1, end_column=2))
    tab.merges.append(GridRange(title="Targets", start_row=1, end_row=4, start_column=3, end_column=5))
    assert _refusal(database, google) == "\n".join(
        (
            "2 mistakes in Targets!A:D: nothing of it was loaded.",
            "Targets!B3: the cell is merged with Targets!B2, which alone has a value; unmerge them",
            "Targets!B4: the cell is merged with Targets!B2, which alone has a value; unmerge them",
        )
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"where": "Target!A:D"},
            'The spreadsheet "Plans" has no tab `Target`. Its tabs are `Targets`. Did you mean `Targets`?',
        ),
        ({"header_row": 61}, "Targets!A:D has no row 61, which would have the headers."),
        (
            {"header_row": 9},
            "Targets!9:9: the row of headers has none of `Month`, `채널` and `Target (KRW)`: it is empty; say by "
            "`header_row` in which row of `range` they are, or write at each column which `header` it has.",
        ),
    ],
)
@pytest.mark.usefixtures("tab")
def test_a_place_that_is_not_there(database: Database, google: FakeGoogle, options: dict[str, Any], words: str) -> None:
    assert _refusal(database, google, **options) == words


@pytest.mark.usefixtures("tab")
def test_no_access(database: Database, google: FakeGoogle) -> None:
    google.spreadsheets[SPREADSHEET].roles.clear()
    assert _refusal(database, google) == (
        f"{ACCOUNT} may not read the spreadsheet {SPREADSHEET}. Open the sheet, press Share, add `{ACCOUNT}` as "
        "Viewer, and switch off the notification."
    )


@pytest.mark.usefixtures("tab")
def test_google_is_waited_for_and_an_outage_may_pass(database: Database, google: FakeGoogle) -> None:
    google.next_answers.append(ApiError(429, answers.QUOTA, headers={"Retry-After": "1"}))
    assert _load(database, google) == LOADED
    google.next_answers.append(ApiError(429, answers.QUOTA, headers={"Retry-After": "9999"}))
    with pytest.raises(WarehouseError) as told:
        _load(database, google)
    assert told.value.may_pass
