"""Which cells a text of a file means."""

import pytest

from summary_tables.sheets.area import Area, area_of
from summary_tables.sheets.cell_range import CellRange
from summary_tables.sheets.error import SheetsError
from summary_tables.sheets.spreadsheet import Spreadsheet, Tab, spreadsheet_address, spreadsheet_id

TARGETS = Tab(sheet_id=0, title="Targets", rows=100, columns=8)
KOREAN = Tab(sheet_id=7, title="목표 🎯", rows=5, columns=2)
PLANS = Spreadsheet(
    title="Plans", tabs=(TARGETS, KOREAN), named={"goals": (KOREAN, CellRange(top=1, left=0, bottom=3, right=2))}
)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Targets", Area(tab=TARGETS, top=0, left=0, bottom=100, right=8)),
        ("targets", Area(tab=TARGETS, top=0, left=0, bottom=100, right=8)),
        ("Targets!A:D", Area(tab=TARGETS, top=0, left=0, bottom=100, right=4)),
        ("Targets!B3:Z900", Area(tab=TARGETS, top=2, left=1, bottom=100, right=8)),
        ("Targets!B500:C900", Area(tab=TARGETS, top=100, left=1, bottom=100, right=3)),
        ("'목표 🎯'!A2:B", Area(tab=KOREAN, top=1, left=0, bottom=5, right=2)),
        ("목표 🎯", Area(tab=KOREAN, top=0, left=0, bottom=5, right=2)),
        ("goals", Area(tab=KOREAN, top=1, left=0, bottom=3, right=2)),
        ("A:B", Area(tab=TARGETS, top=0, left=0, bottom=100, right=2)),
    ],
)
def test_what_a_text_means(text: str, area: Area) -> None:
    assert area_of(PLANS, text) == area


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Target!A:D",
            'The spreadsheet "Plans" has no tab `Target`. Its tabs are `Targets` and `목표 🎯`. '
            "Did you mean `Targets`?",
        ),
        ("Budget", 'The spreadsheet "Plans" has no tab `Budget`. Its tabs are `Targets` and `목표 🎯`.'),
        (
            "Targets!AD",
            "`AD` is no range of cells. Write it like A:D, B3 or A2:D100, or leave `!AD` out.",
        ),
    ],
)
def test_what_means_nothing_is_told(text: str, words: str) -> None:
    with pytest.raises(SheetsError) as told:
        area_of(PLANS, text)
    assert str(told.value) == words


def test_the_first_of_many_tabs_are_named() -> None:
    tabs = tuple(Tab(sheet_id=at, title=f"T{at}", rows=1, columns=1) for at in range(22))
    with pytest.raises(SheetsError, match=r"`T18` and `T19` and 2 more\.$"):
        area_of(Spreadsheet(title="Many", tabs=tabs), "Budget")


@pytest.mark.parametrize(
    "text",
    [
        "1AbCdEfGhIjKlMnOpQrStUvWxYz",
        " https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit?gid=0#gid=0 ",
        "https://docs.google.com/spreadsheets/u/1/d/1AbCdEfGhIjKlMnOpQrStUvWxYz",
        "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit?usp=sharing",
        "https://docs.google.com/a/acme.co.kr/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit#gid=7",
        "http://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/htmlview",
        "docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz",
    ],
)
def test_the_id_in_an_address(text: str) -> None:
    assert spreadsheet_id(text) == "1AbCdEfGhIjKlMnOpQrStUvWxYz"


def test_where_people_open_it() -> None:
    address = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz"
    assert spreadsheet_address("docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit#gid=7") == address
    assert spreadsheet_address("javascript:alert(1)") == ""


ODD = Spreadsheet(
    title="Plans",
    tabs=tuple(
        Tab(sheet_id=at, title=title, rows=10, columns=5)
        for at, title in enumerate(("Targets", "A1", "B:C", "R1C1", "O'Neil", "Wow!", "주간 🎉"))
    ),
    named={"my_range_1": (Tab(sheet_id=0, title="Targets", rows=10, columns=5), CellRange(top=1, bottom=3, right=3))},
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A1", ("A1", 0, 0, 10, 5)),
        ("'A1'!B2:C", ("A1", 1, 1, 10, 3)),
        ("B:C", ("B:C", 0, 0, 10, 5)),
        ("R1C1", ("R1C1", 0, 0, 10, 5)),
        ("O'Neil!A:B", ("O'Neil", 0, 0, 10, 2)),
        ("'O''Neil'", ("O'Neil", 0, 0, 10, 5)),
        ("Wow!", ("Wow!", 0, 0, 10, 5)),
        ("'Wow!'", ("Wow!", 0, 0, 10, 5)),
        ("'Wow!'!A:B", ("Wow!", 0, 0, 10, 2)),
        ("주간 🎉!D9:A2", ("주간 🎉", 1, 0, 9, 4)),
        ("My_Range_1", ("Targets", 1, 0, 3, 3)),
        ("D:C", ("Targets", 0, 2, 10, 4)),
    ],
)
def test_names_that_look_like_something_else(text: str, found: tuple[str, int, int, int, int]) -> None:
    area = area_of(ODD, text)
    assert (area.tab.title, area.top, area.left, area.bottom, area.right) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Targets!",
            "Nothing stands behind the `!` of `Targets!`. Write it like A:D, B3 or A2:D100, or leave `!` out.",
        ),
        ("Targets!Z:ZZ", "`Targets` has no column Z: the last column of the tab is E."),
    ],
)
def test_cells_that_are_not_there(text: str, words: str) -> None:
    with pytest.raises(SheetsError) as told:
        area_of(ODD, text)
    assert str(told.value) == words
