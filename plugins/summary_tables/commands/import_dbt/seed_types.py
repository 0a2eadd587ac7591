"""What dbt takes the cells of a seed for where nobody has told it: not always what is guessed here."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

Kind = Literal["a number", "a date", "a time", "a boolean", "text"]
_NULL: Final = "null"
# In the order in which dbt tries them.
_SHAPES: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("a number", re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")),
    ("a date", re.compile(r"\d{4}-\d{1,2}-\d{1,2}")),
    (
        "a time",
        re.compile(r"\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{1,2}:\d{1,2}|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?\S*"),
    ),
    ("a boolean", re.compile(r"true|false", re.IGNORECASE)),
)


def kinds_by_dbt(file: Path, separator: str) -> Mapping[str, tuple[Kind, bool]]:
    """By the header of each column that has a cell: its kind, and whether cells say `null`, which are empty to dbt."""
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as lines:
        rows = csv.DictReader(lines, delimiter=separator)
        cells: dict[str, list[str]] = {name: [] for name in rows.fieldnames or ()}
        for row in rows:
            for name in cells:
                cells[name].append((row.get(name) or "").strip())
    return {name.strip(): found for name, values in cells.items() for found in _kind(values)}


def _kind(cells: list[str]) -> Iterator[tuple[Kind, bool]]:
    told = [cell for cell in cells if cell and cell.lower() != _NULL]
    if told:
        shapes = (kind for kind, pattern in _SHAPES if all(map(pattern.fullmatch, told)))
        shape: Kind = next(shapes, "text")
        yield shape, any(cell.lower() == _NULL for cell in cells)


def kind_of_type(written: str) -> Kind:
    """Of a type of the warehouse."""
    if re.match(r"(?:big|small)?int|numeric|decimal|double|real|float", written):
        return "a number"
    if written.startswith("timestamp"):
        return "a time"
    return "a date" if written == "date" else "a boolean" if written.startswith("bool") else "text"
