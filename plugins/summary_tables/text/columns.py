"""Columns of text for a terminal."""

from collections.abc import Sequence

from summary_tables.text.visible import visible
from summary_tables.text.width import cells

_GAP = "  "


def plain_table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """One line a row, below `heads`, in columns as wide as they must be; those at the places `numbers` to the right."""
    lines = [[visible(text) for text in row] for row in (heads, *rows)]
    widths = [max(cells(line[place]) for line in lines) for place in range(len(heads))]
    return "".join(f"{_line(line, widths, numbers)}\n" for line in lines)


def _line(line: Sequence[str], widths: Sequence[int], numbers: Sequence[int]) -> str:
    padded = (
        " " * (width - cells(text)) + text if place in numbers else text + " " * (width - cells(text))
        for place, (text, width) in enumerate(zip(line, widths, strict=True))
    )
    return _GAP.join(padded).rstrip()
