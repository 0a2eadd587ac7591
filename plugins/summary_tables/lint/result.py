"""What lint found, for those who print it."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from summary_tables.model.problem import Level, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LintedFile:
    """A file that was looked at. `name` is what problems call it; `text` is empty where no problem points into it."""

    path: Path
    name: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class LintResult:
    """What was looked at and what is wrong with it, by file and place. `is_strict`: a warning counts as an error."""

    files: tuple[LintedFile, ...]
    problems: tuple[Problem, ...]
    is_strict: bool = False

    @property
    def levels(self) -> Counter[Level]:
        """How many problems of each level there are."""
        return Counter(problem.level for problem in self.problems)

    @property
    def failures(self) -> tuple[Problem, ...]:
        """The problems for which the command fails."""
        return tuple(problem for problem in self.problems if self.is_failure(problem))

    def is_failure(self, problem: Problem) -> bool:
        return problem.level == "error" or (self.is_strict and problem.level == "warning")
