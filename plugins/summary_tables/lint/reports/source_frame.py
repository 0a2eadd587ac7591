"""One line of a file with carets under the piece that is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.text.visible import visible
from summary_tables.text.width import cell_widths, cells

MAX_CELLS = 100
"""A longer line is cut around the carets."""

_BEFORE_CARETS = 40
_LOOKED_AT = 400
"""Characters on each side of the carets: a line may have a million of them, and as many problems."""
_CUT = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFrame:
    """What to print one above the other: `source`, and `carets` with the spaces that put them in place."""

    source: str
    carets: str


def source_frame(line: str, column: int, length: int) -> SourceFrame:
    """`line` with carets under the `length` characters from `column`, which counts from 1.

    What lies beyond the end of the line gets one caret behind it.
    """
    place = min(max(column - 1, 0), len(line))
    skipped = max(place - _LOOKED_AT, 0)
    near = line[skipped : place + _LOOKED_AT]
    start = place - skipped
    end = min(start + max(length, 1), len(near))
    pieces = _pieces(near)
    first, last = _window([width for _, width in pieces], start)
    head, tail = (_CUT if skipped or first else ""), (_CUT if skipped + last < len(line) else "")
    shown = "".join(text for text, _ in pieces[first:last])
    indent = sum(width for _, width in pieces[first:start])
    marked = sum(width for _, width in pieces[start : min(end, last)])
    return SourceFrame(
        source=f"{head}{shown}{tail}".rstrip(), carets=" " * (cells(head) + indent) + "^" * max(marked, 1)
    )


def _pieces(line: str) -> list[tuple[str, int]]:
    """Each character as it is shown, with the cells it takes."""
    texts = [visible(character) for character in line]
    widths = cell_widths(line)
    return [
        (text, width if text == character else cells(text))
        for text, character, width in zip(texts, line, widths, strict=True)
    ]


def _window(widths: Sequence[int], start: int) -> tuple[int, int]:
    """The characters to show, as a range that holds `start`: all of them where they fit."""
    if sum(widths) <= MAX_CELLS:
        return 0, len(widths)
    first = start
    room = _BEFORE_CARETS
    while first and widths[first - 1] <= room:
        first -= 1
        room -= widths[first]
    last = first
    room = MAX_CELLS
    while last < len(widths) and widths[last] <= room:
        room -= widths[last]
        last += 1
    return first, last
