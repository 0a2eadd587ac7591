"""The rows of a CSV file that change with a table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import TypeAlias

from summary_tables.commands.diff.cut import Fold
from summary_tables.configs.table_file import TableFile
from summary_tables.text.english import counted, plural
from summary_tables.text.markdown_text import code
from summary_tables.warehouse.sources.cells.columns import plain_header
from summary_tables.warehouse.sources.csv_file.content import Unreadable, read_bytes, read_text
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid

_Cells: TypeAlias = tuple[str, ...]
_Row: TypeAlias = tuple[_Cells, _Cells]
"""The headers, sorted, and the cells below them."""

_MOST_LINES = 3_000
"""difflib takes seconds for more."""


def has_other_content(before: TableFile, after: TableFile) -> bool:
    """The file that the rows of the table come from is another one, or has other bytes."""
    return _content(before) != _content(after)


def csv_lines(before: TableFile | None, after: TableFile | None) -> Iterator[str]:
    """How many rows change, as an item of a list; nothing where the file stays as it is."""
    if after is None or after.config.table.csv is None:
        return
    name, new = code(after.config.table.csv.file), _rows(after)
    if before is None or before.config.table.csv is None:
        yield f"- **Rows** {new}" if isinstance(new, str) else f"- **Rows** {len(new):,} in {name}"
    elif has_other_content(before, after):
        yield f"- **Rows of {name}** (new: {_compared(_rows(before), new)})"


def csv_folds(before: TableFile | None, after: TableFile | None) -> Iterator[Fold]:
    """The rows themselves, none where the table has personal data, or where there is no file to compare."""
    if before is None or after is None or any(side.config.table.pii_columns for side in (before, after)):
        return
    old, new = _lines(before), _lines(after)
    if old is None or new is None or old == new or max(len(old), len(new)) > _MOST_LINES:
        return
    lines = list(unified_diff(old, new, "before", "after", lineterm="", n=1))
    count = sum(line.startswith(("-", "+")) for line in lines[2:])
    yield Fold(
        summary=f"Rows: what changes ({counted(count, 'line')} that {plural(count, 'differs', 'differ')})",
        text="\n".join(lines),
        language="diff",
    )


def _content(file: TableFile) -> bytes | Unreadable | None:
    source = file.config.table.csv
    return read_bytes(file.path, source) if source else None


def _lines(file: TableFile) -> list[str] | None:
    source = file.config.table.csv
    text = read_text(file.path, source) if source else None
    if text is None or isinstance(text, Unreadable):
        return None
    # Not `splitlines`, to which signs inside of a text are ends of lines, too.
    return [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]


def _rows(file: TableFile) -> list[_Row] | str:
    """The rows that are not empty, or why they cannot be told."""
    source = file.config.table.csv
    if source is None:
        return "there was no file"
    grid = CsvGrid.read(file.path, source)
    if isinstance(grid, Unreadable):
        return f"the file cannot be read: {grid.why}"
    first = grid.headers()
    headers = [plain_header(cell) for cell in first.cells]
    order = sorted(range(len(headers)), key=headers.__getitem__)
    every = [first, *grid.rows()]
    if every[-1].record.wrong:
        return f"the file cannot be read: line {every[-1].spot(-1).line} {every[-1].record.wrong.why}"
    named = tuple(sorted(headers))
    return [(named, _in_order(row.cells, order)) for row in every[1:] if any(row.cells)]


def _in_order(cells: _Cells, order: Sequence[int]) -> _Cells:
    """A row that is broken stays as it is."""
    return tuple(cells[at] for at in order) if len(cells) == len(order) else cells


def _compared(old: list[_Row] | str, new: list[_Row] | str) -> str:
    """What becomes of the rows, in words: as often as each is there, in whichever order."""
    if isinstance(new, str):
        return new
    if isinstance(old, str):
        return f"{counted(len(new), 'row')}; before, {old}"
    more, less = Counter(new) - Counter(old), Counter(old) - Counter(new)
    if not more and not less:
        return "the same rows in another order" if old != new else "the same rows, written in another way"
    return " and ".join(
        f"{counted(rows.total(), 'row')} {what}" for rows, what in ((more, "more"), (less, "less")) if rows
    )
