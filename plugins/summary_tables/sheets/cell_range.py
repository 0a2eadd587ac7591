"""Ranges in A1 notation, and how a cell is called: `Targets!C7`.

https://developers.google.com/workspace/sheets/api/guides/concepts#cell
"""

import re
from dataclasses import dataclass
from typing import Final

_CELLS: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,7})?(?:(:)\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,7})?)?")
_PLAIN_TITLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED: Final = re.compile(r"'(?:[^']|'')+'")
_LIKE_A_CELL: Final = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRange:
    """From 0 and half open, as Google's own; None: without an end."""

    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None


def split_range(text: str) -> tuple[str, str]:
    """The title of the tab, without its quotes, and the cells: `'Q1 2026'!B3` -> (`Q1 2026`, `B3`); either may be
    empty. Without a `!`, and in quotes as a whole, all of it may be the title, too."""
    if _QUOTED.fullmatch(text.strip()):
        return "", text.strip()
    title, _, cells = text.strip().rpartition("!")
    return unquoted(title), cells


def unquoted(title: str) -> str:
    """`'Q1 2026'` -> `Q1 2026`."""
    title = title.strip()
    if len(title) > 1 and title.startswith("'") and title.endswith("'"):
        return title[1:-1].replace("''", "'")
    return title


def read_cells(text: str) -> CellRange | None:
    """`B3`, `A:D`, `A2:D`, `3:7`; None: no cells."""
    found = _CELLS.fullmatch(text.strip())
    if found is None:
        return None
    left, top, colon, right, bottom = found.groups()
    if not colon:
        right, bottom = left, top
    # A lone letter may be the name of a tab; `A:` and `:B` mean nothing.
    if not (left or top) or not (right or bottom) or (not colon and not (left and top)):
        return None
    columns = sorted((column_number(left or right or ""), column_number(right or left or "")))
    rows = sorted((int(top or 1), int(bottom or 0))) if bottom else [int(top or 1), 0]
    has_columns = bool(left or right)
    return CellRange(
        top=rows[0] - 1,
        left=columns[0] if has_columns else 0,
        bottom=rows[1] if bottom else None,
        right=columns[1] + 1 if has_columns else None,
    )


def column_number(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 is `A`, 26 is `AA`."""
    letters, rest = "", number + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def cell_name(title: str, row: int, column: int) -> str:
    """`Targets!C7`, as Google calls it; both numbers from 0."""
    return f"{quoted_title(title)}!{column_letters(column)}{row + 1}"


def range_name(title: str, cells: CellRange) -> str:
    """`Targets!A2:D`; a single cell as `cell_name` does."""
    first = f"{column_letters(cells.left)}{cells.top + 1}"
    last = f"{column_letters(cells.right - 1) if cells.right else ''}{cells.bottom or ''}"
    return f"{quoted_title(title)}!{first}" if first == last else f"{quoted_title(title)}!{first}:{last}"


def quoted_title(title: str) -> str:
    """The title as it stands before a `!`: in quotes unless it is a plain word."""
    if _PLAIN_TITLE.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    escaped = title.replace("'", "''")
    return f"'{escaped}'"
