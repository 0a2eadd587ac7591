"""Which cell of a row belongs to which column: by the headers, whose order is free."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from summary_tables.model.table import DeclaredColumn
from summary_tables.text.english import listed
from summary_tables.text.spelling import nearest
from summary_tables.text.visible import visible
from summary_tables.warehouse.sources.cells.cell import CellValue, Convert, Wrong
from summary_tables.warehouse.sources.cells.grid import Grid, Row
from summary_tables.warehouse.sources.cells.mistakes import CellMistakes
from summary_tables.warehouse.sources.cells.text_cells import as_text

_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
"""Blanks without width, marks of a file's beginning, soft hyphens: they come along with what is pasted."""

_MOST_NAMED = 10
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CellColumn:
    """A column of the table. `is_private`: its values are shown nowhere."""

    name: str
    header: str
    convert: Convert
    is_private: bool = False

    @classmethod
    def of(cls, column: DeclaredColumn, convert: Convert) -> "CellColumn":
        """The column as the file declares it; without a header it is headed as it is called."""
        return cls(name=column.name, header=header_of(column), convert=convert, is_private=column.pii)


def header_of(column: DeclaredColumn) -> str:
    """What stands above its cells."""
    return plain_header(column.header or column.name)


def plain_header(value: CellValue) -> str:
    """A header as it is compared: blanks, ends of lines and what nobody sees do not count.

    Nor does it whether letters are composed, as some systems write 채널 in one way and some in another.
    """
    if value is None or isinstance(value, Wrong):
        return ""
    return " ".join(unicodedata.normalize("NFC", as_text(value)).translate(_UNSEEN).split())


def places(grid: Grid, columns: Sequence[CellColumn], mistakes: CellMistakes) -> tuple[int, ...] | None:
    """The place of each column in a row, from 0; None where headers are wrong, of which `mistakes` is told."""
    row = grid.headers()
    if row.wrong:
        mistakes.add(row.spot(-1), f"the row of headers {row.wrong.why}", row.wrong.fix)
        return None
    headers = [plain_header(cell) for cell in row.cells]
    before = mistakes.count
    if _is_another_row(columns, headers):
        _tell_another_row(grid, row, columns, headers, mistakes)
        return None
    wanted = {column.header for column in columns}
    _tell_doubled(row, headers, wanted, mistakes, refuses_others=grid.refuses_others)
    others = [header for header in headers if header and header not in wanted]
    meant = _tell_missing(row, columns, headers, others, mistakes)
    if grid.refuses_others:
        _tell_others(row, headers, wanted | meant, mistakes)
    return tuple(headers.index(column.header) for column in columns) if mistakes.count == before else None


def _tell_doubled(
    row: Row, headers: Sequence[str], wanted: set[str], mistakes: CellMistakes, *, refuses_others: bool
) -> None:
    for place, header in enumerate(headers):
        first = headers.index(header)
        if header and first != place and (refuses_others or header in wanted):
            words = f"a second column is headed `{_shown(header)}`: the first is {row.spot(first).name}"
            mistakes.add(row.spot(place), words, "rename one of the two, or delete it")


def _tell_missing(
    row: Row, columns: Sequence[CellColumn], headers: Sequence[str], others: Sequence[str], mistakes: CellMistakes
) -> set[str]:
    """Returns the headers that were probably meant, of which nothing else is said then."""
    meant: set[str] = set()
    for column in columns:
        if column.header in headers:
            continue
        near = _near(column.header, [header for header in others if header not in meant])
        if near:
            meant.add(near)
            words = f"no column is headed `{column.header}`, but one is headed `{near}`"
            fix = f"write `header: {near}` at the column `{column.name}`, or `{column.header}` here"
            mistakes.add(row.spot(headers.index(near)), words, fix)
        else:
            words = f"no column is headed `{column.header}`: the headers are {_some(filter(None, headers))}"
            mistakes.add(row.spot(-1), words, "")
    return meant


def _is_another_row(columns: Sequence[CellColumn], headers: Sequence[str]) -> bool:
    """No column has its header, or one that may be meant: then all of them have one and the same mistake."""
    others = [header for header in headers if header]
    return not any(column.header in headers or _near(column.header, others) for column in columns)


def _tell_another_row(
    grid: Grid, row: Row, columns: Sequence[CellColumn], headers: Sequence[str], mistakes: CellMistakes
) -> None:
    there = [header for header in headers if header]
    found = f"it has {_some(there)}" if there else "it is empty"
    words = f"the row of headers has none of {_some(column.header for column in columns)}: {found}"
    mistakes.add(row.spot(-1), words, f"{grid.headers_fix}, or write at each column which `header` it has")


def _some(headers: Iterable[str]) -> str:
    """At most ten of them, in backticks, and how many there are besides."""
    return listed([f"`{_shown(header)}`" for header in headers], _MOST_NAMED)


def _shown(header: str) -> str:
    """A header as it can be read in a message."""
    text = visible(header)
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"


def _near(header: str, others: Sequence[str]) -> str | None:
    """The one that was probably meant: small and capital letters make no two headers unlike."""
    by_letters = {other.lower(): other for other in others}
    near = nearest(header, list(by_letters))
    return by_letters[near] if near else None


def _tell_others(row: Row, headers: Sequence[str], known: set[str], mistakes: CellMistakes) -> None:
    for place, header in enumerate(headers):
        if not header:
            mistakes.add(row.spot(place), f"column {place + 1} has no header", "write one, or delete the column")
        elif header not in known and headers.index(header) == place:
            words = f"`columns` has no column that is headed `{_shown(header)}`"
            mistakes.add(row.spot(place), words, "add it there, or delete the column here")
