"""A CSV file as cells: its first row that is not blank has the headers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from summary_tables.model.row_source import CsvFile
from summary_tables.text.english import counted
from summary_tables.warehouse.sources.cells.cell import Wrong
from summary_tables.warehouse.sources.cells.grid import Spot
from summary_tables.warehouse.sources.csv_file.content import ELSEWHERE, MOST_ROWS, Unreadable, name_of, read_text
from summary_tables.warehouse.sources.csv_file.delimited import Record, records

_SEPARATORS: Final = {",": "a comma", ";": "a semicolon", "|": "a vertical bar", "\t": "a tab"}
_KEYS: Final = {",": '","', ";": '";"', "|": '"|"', "\t": "tab"}
_TOO_MANY: Final = Wrong(f"is row {MOST_ROWS + 1:,}: a CSV file may have {MOST_ROWS:,}", ELSEWHERE, shows_value=False)


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row of a file that is called `name`."""

    record: Record
    name: str
    wrong: Wrong | None

    @property
    def cells(self) -> tuple[str, ...]:
        return self.record.cells

    def spot(self, index: int) -> Spot:
        """Line and column as editors count them."""
        line, column, length = self.record.place(len(self.record.starts) - 1 if self.record.wrong else index)
        return Spot(f"{self.name}:{line}:{column}", line, column, length)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvGrid:
    """The rows of a CSV file whose content is `text`, which is not blank; `name` is what people call it."""

    name: str
    text: str
    source: CsvFile

    @classmethod
    def read(cls, config: Path, source: CsvFile) -> Self | Unreadable:
        """The file that the config at `config` names."""
        text = read_text(config, source)
        return text if isinstance(text, Unreadable) else cls(name=name_of(config, source), text=text, source=source)

    @property
    def refuses_others(self) -> bool:
        """Whoever adds a column to the file says what it is, in the same pull request."""
        return True

    @property
    def headers_fix(self) -> str:
        """The first row has them."""
        return "begin the file with the row of headers"

    def headers(self) -> CsvRow:
        """The first row."""
        first = next(self._records())
        return CsvRow(first, self.name, first.wrong or self._other_separator(first))

    def rows(self) -> Iterator[CsvRow]:
        """All that follow; the first that is broken is the last, and so is the first that is too many."""
        every = self._records()
        width = len(next(every).cells)
        for number, record in enumerate(every, start=1):
            if number > MOST_ROWS:
                yield CsvRow(record, self.name, _TOO_MANY)
                return
            yield CsvRow(record, self.name, record.wrong or _other_width(record, width))

    def _records(self) -> Iterator[Record]:
        return (record for record in records(self.text, self.source.delimiter) if not record.is_blank)

    def _other_separator(self, first: Record) -> Wrong | None:
        """A row of headers that is one cell, with what separates cells elsewhere in it."""
        if len(first.cells) > 1:
            return None
        text, own = first.cells[0], self.source.delimiter
        counts = {sign: text.count(sign) for sign in _SEPARATORS if sign != own}
        sign = max(counts, key=lambda each: counts[each])
        if not counts[sign]:
            return None
        why = f"has no {_SEPARATORS[own].partition(' ')[2]} in it: its cells are separated by {_SEPARATORS[sign]}"
        return Wrong(why, f"write `separator: {_KEYS[sign]}` below `csv`", shows_value=False)


def _other_width(record: Record, width: int) -> Wrong | None:
    count = len(record.cells)
    if count == width:
        return None
    fix = _fix_of_more(record, width) if count > width else ""
    return Wrong(f"has {counted(count, 'cell')}, and the row of headers {width:,}", fix, shows_value=False)


def _fix_of_more(record: Record, width: int) -> str:
    """Why a row has more cells than there are headers, from what these cells are."""
    if any(cell.startswith(" ") and cell.lstrip().startswith('"') for cell in record.cells):
        return 'delete the blank before a `"`: quotes count at the beginning of a cell'
    if not any(record.cells[width:]):
        return "delete what separates cells at its end"
    return "put quotes around a cell that has the separator in it"
