"""What a form of report is."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from summary_tables.lint.result import LintResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """`color`: escape codes for a terminal. `root`: the repository; machines are told paths relative to it."""

    color: bool = False
    root: Path = field(default_factory=Path.cwd)

    def relative(self, path: Path) -> str:
        """`path`, which is absolute, from `root` on, with slashes; unchanged where it lies elsewhere."""
        relative = Path(os.path.relpath(path, self.root))
        return path.as_posix() if ".." in relative.parts else relative.as_posix()


Report = Callable[[LintResult, ReportOptions], str]
"""The whole text of the report, for standard output or a file; empty where there is nothing to say."""
