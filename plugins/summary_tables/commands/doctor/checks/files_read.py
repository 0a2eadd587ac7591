"""The files themselves can be read."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, counted_names


def _findings(setup: Setup) -> Iterator[Finding]:
    broken = [problem for problem in setup.folder.problems if problem.level == "error"]
    if broken:
        files = sorted({problem.file for problem in broken})
        yield Finding(what=f"{counted_names(files)} cannot be read.", fix="summary-tables lint says what to write")


CHECK = Check(name="files-read", group="Files", findings=_findings)
