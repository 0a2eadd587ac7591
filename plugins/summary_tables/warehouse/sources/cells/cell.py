"""A cell as it is read, and why it is no value of its column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

CellValue: TypeAlias = "str | float | bool | Wrong | None"
"""Of a CSV file a text; of a sheet also a number or a truth. None, and the empty text: there is nothing in it. `Wrong`:
what stands there is no value at all, such as a formula that failed."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be loaded, said behind the cell: `is not a number`. `fix`: what to write; empty: that is plain.

    `shows_value`: the words mean nothing without what stands in the cell.
    """

    why: str
    fix: str = ""
    shows_value: bool = True


Convert: TypeAlias = Callable[[str | float | bool], str | Wrong]
"""A cell that is not empty -> the value as the warehouse reads it."""
