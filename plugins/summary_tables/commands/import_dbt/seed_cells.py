"""The CSV file of a seed, as it has to be written so that the table has the rows that dbt loads."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from summary_tables.commands.import_dbt.seed_types import Loaded, is_empty, loaded
from summary_tables.warehouse.sources.cells.cell import Wrong
from summary_tables.warehouse.sources.cells.column_types import conversion

_MOMENT: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_NUMERIC: Final = re.compile(r"numeric\(\d+,(\d+)\)")
_DIGITS: Final = 6
_FULL: Final = {"timestamp": "timestamp without time zone"}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A cell, the first of its column, that is written otherwise here."""

    header: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class SeedCells:
    """`types` by header, of the columns that nobody has told; `text` is the whole file, unchanged where it can be.

    `empty_rows` have no value in any cell.
    """

    text: str
    types: Mapping[str, str]
    rewritten: tuple[Rewritten, ...]
    empty_rows: int = 0


def seed_cells(text: str, separator: str, told: Mapping[str, str], *, is_postgres: bool) -> SeedCells:
    """`told` has the full names of types that dbt was told, by header."""
    header, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row] or [[]]
    types, columns = dict[str, str](), list[Sequence[str]]()
    for at, name in enumerate(header):
        cells = [row[at] if at < len(row) else "" for row in rows]
        if kind := told.get(name.strip()):
            columns.append([_as_cast(cell, kind) for cell in cells])
        else:
            found = loaded(cells, is_postgres=is_postgres)
            types[name.strip()] = found.type
            columns.append(_as_loaded(cells, found))
    rewritten = tuple(_rewritten(header, rows, columns))
    if rewritten:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=separator, lineterminator="\n")
        writer.writerows([header, *([*cells] for cells in zip(*columns, strict=True))])
        text = out.getvalue()
    empty = sum(not any(cells) for cells in zip(*columns, strict=True))
    return SeedCells(text=text, types=types, rewritten=rewritten, empty_rows=empty)


def _as_loaded(cells: Sequence[str], found: Loaded) -> Sequence[str]:
    """As they are written, where that can be read here."""
    convert = conversion(_FULL.get(found.type, found.type))
    pairs = zip(cells, found.cells, strict=True)
    return [
        before if convert and after and not isinstance(convert(before), Wrong) else after for before, after in pairs
    ]


def _rewritten(
    header: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[Sequence[str]]
) -> Iterator[Rewritten]:
    for at, (name, cells) in enumerate(zip(header, columns, strict=True)):
        before = (row[at] if at < len(row) else "" for row in rows)
        changed = next((pair for pair in zip(before, cells, strict=True) if pair[0] != pair[1]), None)
        if changed:
            yield Rewritten(name.strip(), *changed)


def _as_cast(cell: str, kind: str) -> str:
    """What the warehouse makes of the text, where a file here has to say it otherwise."""
    if is_empty(cell):
        return ""
    convert = conversion(kind)
    if convert is None or not isinstance(convert(cell), Wrong):
        return cell
    if (kind == "date" or kind.startswith("timestamp")) and (found := _MOMENT.fullmatch(cell.strip())):
        return found["day"] if kind == "date" else _clock(found, cell, kind)
    if scale := _NUMERIC.fullmatch(kind):
        return _rounded(cell, int(scale[1]))
    return cell


def _clock(found: re.Match[str], cell: str, kind: str) -> str:
    """A column that keeps no zone leaves it out, and keeps what the clock shows."""
    if kind.endswith("with time zone"):
        return cell
    clock, _, fraction = found["time"].partition(".")
    return f"{found['day']} {clock}{f'.{fraction[:_DIGITS]}' if fraction else ''}"


def _rounded(cell: str, scale: int) -> str:
    try:
        return format(Decimal(cell).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP), "f")
    except InvalidOperation:
        return cell
