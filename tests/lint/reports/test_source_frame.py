"""Carets stand under what is meant, whatever stands before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.yaml.places import plain_lines
from summary_tables.lint.reports.source_frame import MAX_CELLS, source_frame
from summary_tables.text.visible import visible
from summary_tables.text.width import cells
from tests.text.any_text import ANY_TEXT

LONG = "SELECT " + ", ".join(f"column_{number}" for number in range(60)) + " FROM t"


def drawn(line: str, column: int, length: int) -> str:
    frame = source_frame(line, column, length)
    return f"{frame.source}\n{frame.carets}"


@pytest.mark.parametrize(
    ("line", "column", "length", "expected"),
    [
        ("ouput_check:", 1, 11, "ouput_check:\n^^^^^^^^^^^"),
        ("owner: @jin", 8, 4, "owner: @jin\n       ^^^^"),
        ("설명: 순이익 @jin", 9, 4, "설명: 순이익 @jin\n             ^^^^"),
        ("소유자: 진", 1, 3, "소유자: 진\n^^^^^^"),
        ("\tcount: 1", 1, 1, "    count: 1\n^^^^"),
        ("\tcount: 1", 2, 5, "    count: 1\n    ^^^^^"),
        ("a: \x1b[31m", 4, 1, "a: ␛[31m\n   ^"),
        ("a\u200bb: 1", 2, 1, "a<U+200B>b: 1\n ^^^^^^^^"),
        ("a\u200bb: 1", 3, 1, "a<U+200B>b: 1\n         ^"),
        ("owner:", 7, 1, "owner:\n      ^"),
        ("owner:", 99, 5, "owner:\n      ^"),
        ("owner:", 3, 99, "owner:\n  ^^^^"),
        ("owner:", 0, 0, "owner:\n^"),
        ("", 1, 1, "\n^"),
        (LONG, 1, 6, f"{LONG[:100]}…\n^^^^^^"),
        (LONG, 300, 3, f"…{LONG[259:359]}…\n{' ' * 41}^^^"),
        (LONG, len(LONG), 1, f"…{LONG[-41:]}\n{' ' * 41}^"),
    ],
)
def test_frame(line: str, column: int, length: int, expected: str) -> None:
    assert drawn(line, column, length) == expected


def test_carets_end_where_the_line_is_cut() -> None:
    frame = source_frame("x" * 500, 1, 500)
    assert (frame.source, frame.carets) == ("x" * 100 + "…", "^" * 100)


def test_wide_characters_are_not_cut_in_half() -> None:
    frame = source_frame("가" * 500, 250, 2)
    assert (frame.source, frame.carets) == ("…" + "가" * 50 + "…", " " * 41 + "^^^^")


def test_lines_are_those_of_yaml() -> None:
    assert plain_lines("a\nb\r\nc\rd\x85e\u2028f\x0bg") == ["a", "b", "c", "d", "e", "f\x0bg"]


@given(ANY_TEXT, st.integers(-5, 200), st.integers(-5, 200))
def test_any_line_has_carets_that_fit(line: str, column: int, length: int) -> None:
    frame = source_frame(line, column, length)
    assert set(frame.carets) <= {" ", "^"}
    assert "^" in frame.carets
    assert len(frame.carets) <= MAX_CELLS + 2 + 8
    assert visible(frame.source) == frame.source


@given(st.text(alphabet="ab가나\t😀e\u0301", max_size=60), st.integers(0, 59))
def test_the_caret_of_one_character_stands_where_the_text_before_it_ends(line: str, index: int) -> None:
    shown = visible(line)
    if index < len(line) and cells(shown) <= MAX_CELLS:
        assert source_frame(line, index + 1, 1).carets.rstrip("^") == " " * cells(visible(line[:index]))


def test_the_ends_of_a_long_line_cost_nothing() -> None:
    line = "a" * 1_000_000
    frames = [source_frame(line, 500_000, 3) for _ in range(500)]
    assert frames[0].source == f"…{'a' * MAX_CELLS}…"
    assert frames[0].carets == " " * 41 + "^^^"
