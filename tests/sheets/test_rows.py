"""The rows of a sheet, as they are stored."""

from datetime import date, datetime

import pytest

from summary_tables.sheets.account import GoogleAccount
from summary_tables.sheets.area import area_of
from summary_tables.sheets.client import SpreadsheetClient
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.rows import Row, read_rows
from summary_tables.sheets.spreadsheet import look_up
from summary_tables.sheets.values import FormulaError, Moment
from tests.fake_google.a1_ranges import GridRange
from tests.fake_google.grid import Cell, Tab
from tests.fake_google.server import SPREADSHEET, FakeGoogle, Request


def _rows(account: GoogleAccount, text: str, cells_a_page: int = 50_000) -> list[Row]:
    client = SpreadsheetClient(account, SPREADSHEET, seconds=5)
    return list(read_rows(client, area_of(look_up(client), text), cells_a_page=cells_a_page))


def test_values_are_those_that_are_stored(google: FakeGoogle, account: GoogleAccount) -> None:
    tab = Tab(sheet_id=0, title="Targets")
    tab.fill([["00501", 501, 12.5, True, "채널 🎉", date(2026, 1, 1), datetime(2026, 1, 1, 12), ""]])
    tab.cells[1, 1] = Cell({"formulaValue": "=A1/0"}, {"errorValue": {"type": "DIVIDE_BY_ZERO", "message": "..."}})
    tab.cells[1, 2] = Cell({"formulaValue": '=""'}, {"stringValue": ""})
    tab.cells[1, 3] = Cell({"formulaValue": "=1+1"}, {"numberValue": 2})
    google.spreadsheet(tab)
    first, second = _rows(account, "Targets!A:I")
    assert first == Row(0, ("00501", 501, 12.5, True, "채널 🎉", 46023, 46023.5, None, None))
    assert list(map(type, first.values)) == [str, int, float, bool, str, Moment, Moment, type(None), type(None)]
    assert second == Row(1, (None, "#DIV/0!", None, 2, *[None] * 5))
    assert isinstance(second.values[1], FormulaError)


def test_rows_keep_their_numbers(google: FakeGoogle, account: GoogleAccount) -> None:
    tab = Tab(sheet_id=0, title="Targets", rows=40, columns=3)
    tab.fill([["a"]], row=4, column=1)
    tab.fill([["b"]], row=7, column=2)
    tab.hidden.add(7)
    google.spreadsheet(tab)
    found = [row for row in _rows(account, "Targets!B3:C") if not row.is_empty]
    assert found == [Row(4, ("a", None)), Row(7, (None, "b"))]


@pytest.mark.parametrize("cells_a_page", [1, 6, 7, 20, 10_000])
@pytest.mark.parametrize("gaps", [set(), {3, 4, 5, 6, 7}, {19}, set(range(30))])
def test_pages_are_joined(google: FakeGoogle, account: GoogleAccount, cells_a_page: int, gaps: set[int]) -> None:
    tab = Tab(sheet_id=0, title="Targets", rows=30, columns=3)
    tab.fill([[None] * 3 if at in gaps else [at, f"t{at}", None] for at in range(30)])
    google.spreadsheet(tab)
    found = [row for row in _rows(account, "Targets!A:C", cells_a_page) if not row.is_empty]
    assert found == [Row(at, (at, f"t{at}", None)) for at in range(30) if at not in gaps]


def test_a_page_is_asked_for_when_the_one_before_was_taken(google: FakeGoogle, account: GoogleAccount) -> None:
    """No more of a large sheet is in memory."""
    tab = Tab(sheet_id=0, title="Targets", rows=1000, columns=2)
    tab.fill([[at, at] for at in range(1000)])
    google.spreadsheet(tab)
    client = SpreadsheetClient(account, SPREADSHEET, seconds=5)
    rows = read_rows(client, area_of(look_up(client), "Targets"), cells_a_page=200)
    asked = len(google.requests)
    assert [next(rows).number for _ in range(100)] == list(range(100))
    assert len(google.requests) == asked + 1
    assert sum(1 for _ in rows) == 900
    assert len(google.requests) == asked + 11


def test_a_sheet_that_changes_while_it_is_read_is_refused(google: FakeGoogle, account: GoogleAccount) -> None:
    tab = Tab(sheet_id=0, title="Targets", rows=30, columns=1)
    tab.fill([[at] for at in range(30)])
    google.spreadsheet(tab)

    def insert_a_row(request: Request) -> None:
        if "A10%3A" in request.query:
            tab.fill([["new"], *([at] for at in range(29))])

    google.before_each = insert_a_row
    with pytest.raises(SheetsError) as told:
        _rows(account, "Targets", cells_a_page=10)
    assert str(told.value) == "Somebody changed the sheet while it was read; another try reads it anew."
    assert told.value.may_pass


def test_what_a_spreadsheet_has(google: FakeGoogle, account: GoogleAccount) -> None:
    first = Tab(sheet_id=3, title="Targets", rows=20, columns=4)
    first.merges.append(GridRange(title="Targets", start_row=1, end_row=3, start_column=1, end_column=2))
    made = google.spreadsheet(first, Tab(sheet_id=4, title="It's"))
    made.named["goals"] = GridRange(title="It's", start_row=1, end_row=2, start_column=0, end_column=2)
    found = look_up(SpreadsheetClient(account, SPREADSHEET))
    assert [(tab.sheet_id, tab.title, tab.rows, tab.columns) for tab in found.tabs] == [
        (3, "Targets", 20, 4),
        (4, "It's", 1000, 26),
    ]
    (merge,) = found.tabs[0].merges
    assert (merge.top, merge.left, merge.bottom, merge.right) == (1, 1, 3, 2)
    assert found.named["goals"][0].title == "It's"


def test_the_server_s_readers_see_what_is_shown(google: FakeGoogle, account: GoogleAccount) -> None:
    """The tests look at a sheet by `values.get`, as others do who read it."""
    tab = Tab(sheet_id=0, title="Targets")
    tab.fill([["a", date(2026, 1, 1)], [], [None, 1500, ""]])
    google.spreadsheet(tab)
    client = SpreadsheetClient(account, SPREADSHEET)
    client.get([("fields", "properties.title")])
    session = client._session
    answer = session.get(f"{google.base_url}/v4/spreadsheets/{SPREADSHEET}/values/Targets").json()
    assert answer == {
        "range": "Targets!A1:Z1000",
        "majorDimension": "ROWS",
        "values": [["a", "2026-01-01"], [], ["", "1,500"]],
    }
