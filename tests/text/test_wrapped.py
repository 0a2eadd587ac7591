"""Lines that people can read, and of which nothing is cut that belongs together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.text.width import cells
from summary_tables.text.wrapped import wrapped

_COMMAND = "airflow backfill create --dag-id t --from-date 2026-11-01T00:00Z"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a short one", ["a short one"]),
        ("eleven cells and more of them", ["eleven cells and", "more of them"]),
        ("매일 밤 세 시에 만든다", ["매일 밤 세 시에", "만든다"]),
        ('no name "of the one table" cut', ["no name", '"of the one table"', "cut"]),
        ("nor `grants.select and so`.", ["nor", "`grants.select and so`."]),
        ("it's no quote, as in don't do", ["it's no quote, as", "in don't do"]),
        ('only "a b", "c d e f g h" in "x"', ['only "a b",', '"c d e f g h" in', '"x"']),
        ("a name = 'of two or three words'", ["a name =", "'of two or three words'"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("no room for 모든_사용자에_대하여", ["no room for", "모든_사용자에_대하여"]),
        (f"Run: {_COMMAND}; then {_COMMAND}. To see more of it.", [
            "Run:", f"{_COMMAND};", "then", f"{_COMMAND}.", "To see more of it.",
        ]),
    ],
)  # fmt: skip
def test_lines(text: str, lines: list[str]) -> None:
    assert wrapped(text, 18).split("\n") == lines


@given(st.text(alphabet="ab 가\"'`\n;.=(", max_size=80), st.integers(1, 20))
def test_nothing_is_lost_and_a_line_is_too_long_only_where_it_is_one_piece(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        pieces = line.split()
        assert cells(line) <= width or len(pieces) == 1 or any(mark in line for mark in "\"'`")
