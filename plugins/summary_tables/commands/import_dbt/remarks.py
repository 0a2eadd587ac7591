"""What is said of a model while it becomes a config: what changed, and what is to be written by hand."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from summary_tables.model.problem import WHOLE_FILE, Finding, Level, Place, Problem

_NO_FILE: Final = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """`of` is the unique id of the model, seed or source that it is about."""

    of: str
    problem: Problem


@dataclass(slots=True)
class Remarks:
    """Collects them. `info`: it means the same, written in another way. `warning`: look at it. `error`: by hand."""

    found: list[Remark] = field(default_factory=list)

    def add(self, of: str, file: str, message: str, fix: str = "", *, level: Level = "warning", line: int = 0) -> None:
        """`file` is from the project's folder; `line` counts from 1, 0 for the file as a whole."""
        name = file or _NO_FILE
        place = Place(line, 1) if line else WHOLE_FILE
        finding = Finding(place=place, rule="import", message=message, fix=fix, level=level)
        self.found.append(Remark(of=of, problem=Problem.of(finding, Path(name), file=name)))

    def levels(self, of: str) -> frozenset[Level]:
        """What was said of one of them."""
        return frozenset(remark.problem.level for remark in self.found if remark.of == of)
