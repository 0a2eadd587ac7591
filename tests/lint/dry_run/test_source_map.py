import pytest

from summary_tables.lint.dry_run.source_map import MappedText, Piece

# 0123456789
# ab{{ x }}c  ->  abFILLEDc
_TEXT = MappedText(
    (
        Piece(text="ab", origin=0, length=2, is_copied=True),
        Piece(text="FILLED", origin=2, length=7, is_copied=False),
        Piece(text="c", origin=9, length=1, is_copied=True),
    )
)


def test_text() -> None:
    assert _TEXT.text == "abFILLEDc"


@pytest.mark.parametrize(
    ("offset", "length", "span"),
    [
        (0, 1, (0, 1)),
        (0, 2, (0, 2)),
        (1, 3, (1, 8)),
        (2, 6, (2, 7)),
        (4, 1, (2, 7)),
        (4, 5, (2, 8)),
        (8, 1, (9, 1)),
        (8, 0, (9, 1)),
        (0, 9, (0, 10)),
        (99, 5, (10, 1)),
    ],
)
def test_span(offset: int, length: int, span: tuple[int, int]) -> None:
    assert _TEXT.span(offset, length) == span


def test_empty_text() -> None:
    assert MappedText(()).text == ""
    assert MappedText(()).span(3, 2) == (0, 2)
