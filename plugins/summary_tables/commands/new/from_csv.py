"""A CSV file -> what the file of its table says: where it is, and its columns with guessed types."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, get_args

from summary_tables.commands.new.from_sheet import LOOKED_AT, SheetColumn, column_names
from summary_tables.model.row_source import CsvFile, Separator
from summary_tables.warehouse.sources.cells.cell import Wrong
from summary_tables.warehouse.sources.cells.column_types import conversion
from summary_tables.warehouse.sources.cells.columns import plain_header
from summary_tables.warehouse.sources.csv_file.content import Unreadable, read_text
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid, CsvRow

_WRITTEN: Final = {"timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz"}
_TYPES: Final = ("bigint", "numeric", "date", *_WRITTEN, "boolean")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvDraft:
    """What the file says of the CSV file. `rows`: how many were looked at."""

    source: CsvFile
    columns: tuple[SheetColumn, ...]
    rows: int


def draft_from_csv(folder: Path, path: Path) -> CsvDraft | str:
    """Of the file at `path`, which stands in `folder`; or why there is none."""
    if not path.absolute().is_relative_to(folder.absolute()):
        return f"put the file into a folder of {folder.name}/ first, e.g. {folder.name}/seeds/{path.name}"
    if not path.exists():
        return f"{path} cannot be read: there is no such file"
    inner = path.absolute().relative_to(folder.absolute()).as_posix()
    config = folder / "new.yaml"
    found = read_text(config, CsvFile(file=inner))
    if isinstance(found, Unreadable):
        return f"{path} cannot be read: {found.why}" + (f"; {found.fix}" if found.fix else "")
    sources = (CsvFile(file=inner, separator=sign) for sign in get_args(Separator))
    grid = max((CsvGrid(name=str(path), text=found, source=each) for each in sources), key=_width)
    headers = grid.headers()
    if refusal := _refusal(headers):
        return refusal
    rows = list(islice(grid.rows(), LOOKED_AT))
    return CsvDraft(source=grid.source, columns=tuple(_columns(headers, rows)), rows=len(rows))


def _refusal(headers: CsvRow) -> str:
    """Why no file can be written of such a row of headers; empty: one can."""
    if headers.wrong:
        return f"{headers.spot(-1).name}: the row of headers {headers.wrong.why}; {headers.wrong.fix}"
    nameless = next((at for at, cell in enumerate(headers.cells) if not plain_header(cell)), None)
    if nameless is None:
        return ""
    return f"{headers.spot(nameless).name}: column {nameless + 1} has no header; write one, or delete the column"


def _width(grid: CsvGrid) -> int:
    return len(grid.headers().cells)


def _columns(header: CsvRow, rows: Sequence[CsvRow]) -> Iterator[SheetColumn]:
    headers = [plain_header(cell) for cell in header.cells]
    for at, (words, name) in enumerate(zip(headers, column_names(headers), strict=True)):
        values = [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]]
        yield SheetColumn(name=name, type=_guessed_type(values), header=words)


def _guessed_type(values: Sequence[str]) -> str:
    """The narrowest that all of them have. What begins with a zero, such as 00501, is no number to people."""
    is_code = any(value.startswith("0") and value[1:2].isdigit() for value in values)
    for kind in _TYPES if values and not is_code else ():
        convert = conversion(kind)
        if convert and not any(isinstance(convert(value), Wrong) for value in values):
            return _WRITTEN.get(kind, kind)
    return "text"
