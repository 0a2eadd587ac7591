"""A1 notation, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.sheets.cell_range import (
    CellRange,
    cell_name,
    column_letters,
    column_number,
    quoted_title,
    range_name,
    read_cells,
    split_range,
)
from tests.fake_google.a1_ranges import GridRange, read_range


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("B3", CellRange(top=2, left=1, bottom=3, right=2)),
        ("$B$3", CellRange(top=2, left=1, bottom=3, right=2)),
        ("a:d", CellRange(left=0, right=4)),
        ("A2:D", CellRange(top=1, left=0, right=4)),
        ("A2:D9", CellRange(top=1, left=0, bottom=9, right=4)),
        ("3:7", CellRange(top=2, bottom=7)),
        ("AA1:AB2", CellRange(left=26, bottom=2, right=28)),
        ("D9:A2", CellRange(top=1, left=0, bottom=9, right=4)),
        ("A", None),
        ("12", None),
        ("A0", None),
        ("A:", None),
        (":B", None),
        (":", None),
        ("", None),
        ("Targets", None),
        ("ABCD1", None),
    ],
)
def test_cells(text: str, cells: CellRange | None) -> None:
    assert read_cells(text) == cells


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Targets!A:D", ("Targets", "A:D")),
        ("'Q1 2026'!B3", ("Q1 2026", "B3")),
        ("'It''s! 목표 🎯'!B3", ("It's! 목표 🎯", "B3")),
        ("Targets", ("", "Targets")),
    ],
)
def test_tab_and_cells(text: str, parts: tuple[str, str]) -> None:
    assert split_range(text) == parts


def test_names_of_cells() -> None:
    assert cell_name("Targets", 6, 2) == "Targets!C7"
    assert cell_name("Q1 '26", 0, 26) == "'Q1 ''26'!AA1"
    assert quoted_title("AB12") == "'AB12'"
    assert quoted_title("목표") == "'목표'"
    assert range_name("T", CellRange(top=1, left=0, right=4)) == "T!A2:D"
    assert range_name("T", CellRange(top=1, left=1, bottom=2, right=2)) == "T!B2"


@given(st.integers(0, 18_277))
def test_letters_of_columns(number: int) -> None:
    assert column_number(column_letters(number)) == number


@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20),
    st.integers(0, 50),
    st.integers(0, 50),
)
def test_the_server_reads_a_name_as_the_same_cell(title: str, row: int, column: int) -> None:
    name = cell_name(title, row, column)
    expected = GridRange(title=title, start_row=row, end_row=row + 1, start_column=column, end_column=column + 1)
    assert read_range(name, [title, "Other"], {}) == expected
    assert split_range(name) == (title.strip() if title == title.strip() else title, name.rpartition("!")[2])


@given(st.text(max_size=12))
def test_no_text_makes_it_raise(text: str) -> None:
    read_cells(text)
    split_range(text)
