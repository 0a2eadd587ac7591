"""What is wrong with cells: the first mistakes are kept, the others counted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from summary_tables.text.english import counted
from summary_tables.text.visible import visible
from summary_tables.warehouse.sources.cells.cell import CellValue, Wrong
from summary_tables.warehouse.sources.cells.grid import Spot
from summary_tables.warehouse.sources.cells.text_cells import as_text

MOST_SHOWN = 10
"""In a message about a run."""
_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMistake:
    """`words`: what is wrong with what stands at `spot`, as a sentence without its point; `fix` what to write."""

    spot: Spot
    words: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.spot.name}: {self.words}" + (f"; {self.fix}" if self.fix else "")


@dataclass(slots=True)
class CellMistakes:
    """All that is wrong with a grid, of which the first `most` are kept."""

    most: int = MOST_SHOWN
    kept: list[CellMistake] = field(default_factory=list)
    count: int = 0

    def add(self, spot: Spot, words: str, fix: str = "") -> None:
        """One more."""
        self.count += 1
        if len(self.kept) < self.most:
            self.kept.append(CellMistake(spot=spot, words=words, fix=fix))

    def words(self, name: str) -> str:
        """Of a grid that is called `name`, in one sentence."""
        if self.count == 1:
            return f"{self.kept[0]}."
        return f"{counted(self.count, 'mistake')} in {name}: nothing of it was loaded."

    def details(self) -> str:
        """Each that is kept on a line of its own, and how many there are besides; empty where `words` says all."""
        return "\n".join(self._lines()) if self.count > 1 else ""

    def _lines(self) -> Iterator[str]:
        yield from map(str, self.kept)
        if self.count > len(self.kept):
            yield f"... and {self.count - len(self.kept):,} more"


def cell_words(value: CellValue, wrong: Wrong, *, column: str, shows_value: bool) -> str:
    """E.g. `"12,5OO" is not a number`; without the value where that may not be shown."""
    if value is None or value == "" or not wrong.shows_value:
        return f"the cell {wrong.why}"
    return f"{shown(value)} {wrong.why}" if shows_value else f'the value of "{column}" {wrong.why}'


def shown(value: CellValue) -> str:
    """What stands in a cell, in quotes; its beginning where it is long."""
    text = visible(as_text(value)) if not isinstance(value, Wrong | None) else ""
    return json.dumps(text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…", ensure_ascii=False)
