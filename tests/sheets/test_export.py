"""A table goes into a sheet as a whole, and what else is in the sheet stays."""

import subprocess
import sys
import textwrap
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from summary_tables.sheets.account import GoogleAccount
from summary_tables.sheets.client import SpreadsheetClient
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.export import write_grid
from summary_tables.sheets.export_batch import Grid
from summary_tables.sheets.written_cells import Kind, UnfitError, is_sorted, kind_of, written
from tests.conftest import REPOSITORY
from tests.fake_google.a1_ranges import GridRange
from tests.fake_google.grid import Cell, Spreadsheet, Tab
from tests.fake_google.server import SPREADSHEET, FakeGoogle, Request

KINDS: tuple[Kind, ...] = ("date", "number", "text")
ROWS: list[list[Any]] = [
    ["2026-01-01", 12, "=1+1"],
    ["2026-01-02", Decimal("12.5"), "00501"],
    ["2026-01-03", None, None],
]
SHOWN: list[list[Any]] = [["date", "nps", "channel"], [46023, 12, "=1+1"], [46024, 12.5, "00501"], [46025]]


def _grid(rows: Sequence[Sequence[Any]] = ROWS, kinds: Sequence[Kind] = KINDS, note: str = "") -> Grid:
    head = [written(name, "text") for name in ("date", "nps", "channel")[: len(kinds)]]
    cells = [[written(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows]
    return Grid(rows=[head, *cells], kinds=kinds, note=note)


def _client(account: GoogleAccount) -> SpreadsheetClient:
    return SpreadsheetClient(account, SPREADSHEET, writes=True, seconds=30)


def _exported(account: GoogleAccount, text: str, grid: Grid | None = None) -> None:
    write_grid(_client(account), text, grid or _grid())


def _refusal(account: GoogleAccount, text: str, grid: Grid | None = None) -> str:
    with pytest.raises(SheetsError) as told:
        _exported(account, text, grid)
    return str(told.value)


@pytest.fixture
def sheet(google: FakeGoogle) -> Spreadsheet:
    """One with a tab `Report` that holds old rows, and things of people."""
    tab = Tab(sheet_id=5, title="Report", rows=8, columns=6)
    tab.put(0, 0, "Net Promoter Score")
    tab.fill([["date", "nps", "channel"], *[[date(2025, 1, day), day, "old"] for day in range(1, 6)]], row=2, column=1)
    tab.put(3, 5, "mine")
    tab.cells[4, 4] = Cell({"formulaValue": "=SUM(C3:C8)"}, {"numberValue": 1}, None, {"note": "total"})
    tab.cells[3, 2].look = {"userEnteredFormat": {"backgroundColor": {"red": 1}}, "note": "mind"}
    tab.cells[3, 1].number_format = {"type": "DATE", "pattern": "d. mmmm"}
    return google.spreadsheet(Tab(sheet_id=0, title="Sheet1"), tab, role="writer")


def _shown(sheet: Spreadsheet) -> list[list[Any]]:
    return [row[1:4] for row in sheet.tab("Report").shown[2:]]


def test_the_old_rows_are_gone_and_all_else_stays(sheet: Spreadsheet, account: GoogleAccount) -> None:
    before = dict(sheet.tab("Report").cells)
    _exported(account, "Report!B3")
    after = sheet.tab("Report")
    assert after.shown[0] == ["Net Promoter Score"]
    assert [row[1:4] for row in after.shown[2:]] == [*SHOWN[:2], [46024, 12.5, "00501"], [46025, None, None][:1]]
    assert {at: cell for at, cell in after.cells.items() if at[1] >= 4} == {
        at: cell for at, cell in before.items() if at[1] >= 4
    }
    assert after.cells[3, 2].look == {"userEnteredFormat": {"backgroundColor": {"red": 1}}, "note": "mind"}
    assert (after.rows, after.columns) == (8, 6)


def test_a_text_is_never_a_formula(sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "Report!B3")
    assert sheet.tab("Report").cells[3, 3].entered == {"stringValue": "=1+1"}


def test_dates_look_as_somebody_formatted_the_first_of_them(sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "Report!B3")
    formats = [sheet.tab("Report").cells[row, 1].number_format for row in (3, 4, 5)]
    assert formats == [{"type": "DATE", "pattern": "d. mmmm"}] * 3


def test_dates_get_a_format_where_they_have_none(sheet: Spreadsheet, account: GoogleAccount) -> None:
    kinds: tuple[Kind, ...] = ("moment", "number", "text")
    _exported(account, "Sheet1!B3", _grid([[datetime(2026, 1, 1, 12), 1, "a"]], kinds))
    assert sheet.tab("Sheet1").cells[3, 1].number_format == {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}
    assert sheet.tab("Sheet1").value(3, 1) == {"numberValue": 46023.5}


def test_a_number_does_not_look_like_the_date_that_stood_there(sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "Report!B3", _grid([[7, 1, "a"]], ("number", "number", "text")))
    assert sheet.tab("Report").cells[3, 1].number_format is None


def test_the_grid_grows(sheet: Spreadsheet, account: GoogleAccount) -> None:
    rows = [["2026-01-01", at, "x"] for at in range(20)]
    _exported(account, "Report!E3", _grid(rows))
    tab = sheet.tab("Report")
    assert (tab.rows, tab.columns) == (23, 7)
    assert [row[4:7] for row in tab.shown[3:]] == [[46023, at, "x"] for at in range(20)]


def test_a_tab_is_made(sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "'보고 🎉'!B2")
    tab = sheet.tab("보고 🎉")
    assert [row[1:] for row in tab.shown] == [[], *SHOWN]
    assert (tab.rows, tab.columns) == (5, 4)
    _exported(account, "'보고 🎉'!B2", _grid(ROWS[:1]))
    assert [row[1:] for row in sheet.tab("보고 🎉").shown] == [[], *SHOWN[:2]]


def test_a_whole_tab(sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "Report")
    tab = sheet.tab("Report")
    assert [row[:3] for row in tab.shown][:4] == [*SHOWN[:3], [46025, None, None]]
    # Beside the three columns nothing changed.
    assert tab.value(3, 5) == {"stringValue": "mine"}


def test_a_table_without_rows_leaves_the_headers(sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "Report!B3", _grid([]))
    assert [row for row in _shown(sheet) if any(row)] == [SHOWN[0]]


def test_a_range_with_an_end_keeps_what_is_below(sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "Report!B3:D6")
    assert [row[:3] for row in _shown(sheet)][4:] == [[45661, 4, "old"], [45662, 5, "old"]]


@pytest.mark.usefixtures("sheet")
def test_a_range_with_an_end_must_be_large_enough(account: GoogleAccount) -> None:
    assert _refusal(account, "Report!B3:D5") == (
        "Report!B3:D5 has 3 rows; the table needs 4. Leave the last row out: Report!B3:D."
    )
    assert _refusal(account, "Report!B3:C") == "Report!B3:C has 2 columns; the table has 3."


def test_merged_cells_are_refused(sheet: Spreadsheet, account: GoogleAccount) -> None:
    tab = sheet.tab("Report")
    tab.merges.append(GridRange(title="Report", start_row=3, end_row=5, start_column=1, end_column=2))
    assert _refusal(account, "Report!B3") == (
        "Report!B4:B5 are merged cells, in which values would be lost. Unmerge them: Format, Merge."
    )
    tab.merges[:] = [GridRange(title="Report", start_row=0, end_row=2, start_column=0, end_column=6)]
    _exported(account, "Report!B3")


def test_protected_cells_are_told(sheet: Spreadsheet, account: GoogleAccount) -> None:
    tab = sheet.tab("Report")
    tab.protected.append(GridRange(title="Report", start_row=3, end_row=4, start_column=3, end_column=4))
    before = tab.shown
    assert _refusal(account, "Report!B3") == (
        "A part of what is written is protected in the sheet. Let tables@acme-data.iam.gserviceaccount.com edit it: "
        "Data, Protect sheets."
    )
    assert sheet.tab("Report").shown == before


def test_a_note_says_by_which_run(sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "Report!B3", _grid(note="analytics.nps_summary, run of 2026-01-02"))
    assert sheet.tab("Report").cells[2, 1].look == {"note": "analytics.nps_summary, run of 2026-01-02"}
    assert sheet.tab("Report").cells[3, 2].look["note"] == "mind"


def test_it_is_one_batch(google: FakeGoogle, sheet: Spreadsheet, account: GoogleAccount) -> None:
    _exported(account, "Report!B3")
    assert [request.path.partition(SPREADSHEET)[2] for request in google.requests if request.method == "POST"] == [
        "",
        ":batchUpdate",
    ]
    assert sheet.tab("Report").shown


def test_what_is_too_large_for_google_is_refused_before(sheet: Spreadsheet, account: GoogleAccount) -> None:
    rows = [["2026-01-01", 1, "x" * 50_000] for _ in range(220)]
    assert _refusal(account, "Report!B3", _grid(rows)) == (
        "What is to be written are 10.5 MB, and Google takes 10.0 MB at once. Write fewer columns or rows."
    )
    assert _shown(sheet)[1] == [45658, 1, "old"]


@pytest.mark.parametrize("unwell", ["is_cut_after_it_is_done", "is_cut"])
def test_a_lost_answer_is_no_second_tab(
    google: FakeGoogle, sheet: Spreadsheet, account: GoogleAccount, unwell: Any
) -> None:
    client = _client(account)
    client.get([("fields", "properties.title")])

    def lose_the_answer(request: Request) -> None:
        if request.method == "POST":
            google.next_answers.append(unwell)
            google.before_each = None

    google.before_each = lose_the_answer
    write_grid(client, "New!A1", _grid())
    assert [tab.title for tab in sheet.tabs] == ["Sheet1", "Report", "New"]
    assert sheet.tab("New").shown == SHOWN


@pytest.mark.parametrize(
    ("value", "kind", "cell"),
    [
        (True, "truth", {"boolValue": True}),
        (2**53, "number", {"numberValue": 2**53}),
        (Decimal("0.10"), "number", {"numberValue": 0.1}),
        (Decimal("7.00"), "number", {"numberValue": 7}),
        (1e300, "number", {"numberValue": 1e300}),
        ("1899-12-29", "date", {"numberValue": -1}),
        (datetime.fromisoformat("2026-01-01T09:00+09:00"), "moment", {"numberValue": 46023.375}),
        ("2026-01-01 18:00:00", "moment", {"numberValue": 46023.75}),
        ("06:00:00", "time", {"numberValue": 0.25}),
        ("", "text", None),
        (None, "number", None),
        ("'quoted", "text", {"stringValue": "'quoted"}),
    ],
)
def test_values_are_written_with_their_types(value: Any, kind: Kind, cell: Any) -> None:
    assert written(value, kind) == cell


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (
            2**53 + 1,
            "number",
            "has more digits than a sheet keeps (15); let the query give a text: CAST(... AS text)",
        ),
        (float("nan"), "number", "is no number that a sheet has, such as NaN"),
        (Decimal("Infinity"), "number", "is no number that a sheet has, such as NaN"),
        ("infinity", "date", "is no date that a sheet has"),
        ("0044-03-15 BC", "date", "is no date that a sheet has"),
        ("infinity", "moment", "is no time that a sheet has"),
        ("24:00:00", "time", "is no time that a sheet has"),
        ("x" * 50_001, "text", "has 50,001 characters; a cell of a sheet holds 50,000"),
    ],
)
def test_what_no_cell_can_hold_is_told(value: Any, kind: Kind, words: str) -> None:
    with pytest.raises(UnfitError) as told:
        written(value, kind)
    assert str(told.value) == words


@pytest.mark.parametrize(
    ("full_type", "kind", "sorts"),
    [
        ("numeric(12,2)", "number", True),
        ("timestamp(3) without time zone", "moment", True),
        ("character varying(10)", "text", True),
        ("json", "text", False),
        ("integer[]", "text", False),
        ("interval", "text", False),
    ],
)
def test_kinds_of_types(full_type: str, kind: Kind, sorts: bool) -> None:
    assert (kind_of(full_type), is_sorted(full_type)) == (kind, sorts)


@pytest.mark.parametrize(("at", "is_done"), [(0, False), (1, False), (2, False), (2, True)])
def test_killed_at_any_request_the_sheet_is_the_old_or_the_new(
    google: FakeGoogle, sheet: Spreadsheet, account: GoogleAccount, at: int, is_done: bool
) -> None:
    """The process is killed while it waits for the answer to its request number `at`, before or after it was done."""
    _exported(account, "Report!B3", _grid([["2025-01-01", 1, "old"]] * 3))
    old = sheet.tab("Report").shown
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, google.base_url, SPREADSHEET],
        stdin=subprocess.PIPE,
        env={"PYTHONPATH": f"{REPOSITORY / 'plugins'}:{REPOSITORY}"},
    )
    asked: list[Request] = []

    def kill(request: Request) -> None:
        asked.append(request)
        if len(asked) == at + 1:
            if is_done and request.method == "POST":
                google.next_answers.append("is_cut_after_it_is_done")
            process.kill()

    google.before_each = kill
    assert process.stdin is not None
    process.communicate(repr(dict(account.key or {})).encode())
    google.before_each = None
    new = [["Net Promoter Score"], [], *[[None, *row] for row in SHOWN]]
    wait_for_the_server = _client(account)
    wait_for_the_server.get([("fields", "properties.title")])
    now = sheet.tab("Report").shown
    assert now == old or [row[:4] for row in now] == new
    _exported(account, "Report!B3")
    assert [row[:4] for row in sheet.tab("Report").shown] == new


_PROGRAM = textwrap.dedent(
    """
    import ast, sys
    from summary_tables.sheets.account import GoogleAccount
    from summary_tables.sheets.client import SpreadsheetClient
    from summary_tables.sheets.export import write_grid
    from tests.sheets.test_export import _grid
    account = GoogleAccount(where="here", key=ast.literal_eval(sys.stdin.read()), endpoint=sys.argv[1])
    write_grid(SpreadsheetClient(account, sys.argv[2], writes=True), "Report!B3", _grid())
    """
)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("B3", "`B3` names no tab. Write it before the cells, such as Report!B3."),
        ("A:D", "`A:D` names no tab. Write it before the cells, such as Report!A:D."),
        ("주간 🎉!", "Nothing stands behind the `!` of `주간 🎉!`. Write its first cell, such as '주간 🎉'!B3."),
        ("Goals", "`Goals` is a named range, and an export needs its first cell. Write Report!B3."),
    ],
)
def test_no_tab_is_made_of_what_names_cells(
    google: FakeGoogle, account: GoogleAccount, sheet: Spreadsheet, where: str, words: str
) -> None:
    sheet.named["goals"] = GridRange(title="Report", start_row=2, end_row=9, start_column=1, end_column=3)
    titles = [tab.title for tab in sheet.tabs]
    assert _refusal(account, where) == words
    assert [tab.title for tab in google.spreadsheets[SPREADSHEET].tabs] == titles


def test_a_tab_whose_name_looks_like_cells(account: GoogleAccount, sheet: Spreadsheet) -> None:
    _exported(account, "'B3'")
    _exported(account, "'Wow!'")
    assert [tab.title for tab in sheet.tabs][-2:] == ["B3", "Wow!"]
