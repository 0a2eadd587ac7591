"""CSV as RFC 4180 has it, with the place of each cell.

Python's own reader tells no places, and takes what is broken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summary_tables.warehouse.sources.cells.cell import Wrong


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the file. `starts`: where its cells begin in `text`; `line` on which it begins, from 1."""

    cells: tuple[str, ...]
    starts: tuple[int, ...]
    line: int
    text: str
    end: int
    wrong: Wrong | None = None

    @property
    def is_blank(self) -> bool:
        """A line with nothing on it."""
        return self.cells == ("",) and self.starts[0] == self.end

    def place(self, index: int) -> tuple[int, int, int]:
        """Line, column and length of a cell on its first line; behind the last one of a cell that is missing."""
        if index >= len(self.starts):
            return self._line_of(self.end), self._column_of(self.end), 1
        start = self.starts[max(index, 0)]
        is_last = index < 0 or index + 1 == len(self.starts)
        stop = self.end if is_last else self.starts[index + 1] - 1
        first_line = self.text[start:stop].partition("\n")[0].rstrip("\r")
        return self._line_of(start), self._column_of(start), max(len(first_line), 1)

    def _line_of(self, offset: int) -> int:
        return self.line + _lines(self.text[self.starts[0] : offset])

    def _column_of(self, offset: int) -> int:
        # A record begins a line, so nothing before it is looked through: a file may have a mistake in every cell.
        first = self.starts[0]
        return offset - max(self.text.rfind("\n", first, offset), self.text.rfind("\r", first, offset), first - 1)


def records(text: str, delimiter: str) -> Iterator[Record]:
    """The rows of `text`, blank lines among them. The first that is broken is the last."""
    cell = _cell(delimiter)
    offset, line = 0, 1
    while offset < len(text):
        cells, starts, start, end = list[str](), list[int](), offset, delimiter
        while end == delimiter:
            found = cell.match(text, offset)
            starts.append(offset)
            if found is None:
                yield Record((*cells, ""), tuple(starts), line, text, _end_of_line(text, offset), _broken(text, offset))
                return
            quoted, plain, end = found.group("quoted", "plain", "end")
            cells.append(plain if quoted is None else quoted.replace('""', '"'))
            offset = found.end()
        yield Record(tuple(cells), tuple(starts), line, text, offset - len(end))
        line += _lines(text[start:offset])


def _broken(text: str, start: int) -> Wrong:
    """Why the cell at `start`, which begins with a quote, is none."""
    is_open = re.compile(r'"[^"]*(?:""[^"]*)*').fullmatch(text, start) is not None
    why = 'has a cell that begins with `"`, which nothing closes' if is_open else 'has something behind a closing `"`'
    return Wrong(why, 'write `"` twice where it is part of a text', shows_value=False)


def _end_of_line(text: str, start: int) -> int:
    found = re.compile(r"[\r\n]").search(text, start)
    return found.start() if found else len(text)


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    sign = re.escape(delimiter)
    quoted = r'"(?P<quoted>[^"]*(?:""[^"]*)*)"'
    plain = rf'(?P<plain>(?:[^"{sign}\r\n][^{sign}\r\n]*)?)'
    return re.compile(rf"(?:{quoted}|{plain})(?P<end>{sign}|\r\n|\n|\r|\Z)")


def _lines(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
