"""Rows of seeds that are not there yet when a project is built for the first time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_FEWEST: Final = 5


def seeds_of(folder: Path) -> tuple[Path, ...]:
    """The CSV files of a project, or of a folder of configs."""
    return tuple(path for path in sorted(folder.rglob("*.csv")) if "target" not in path.relative_to(folder).parts)


@contextmanager
def held_back(files: Iterable[Path]) -> Iterator[None]:
    """Inside, each file of some length lacks its last fifth."""
    whole = {file: file.read_text("utf-8-sig") for file in files}
    try:
        for file, text in whole.items():
            file.write_text(_cut(text), "utf-8")
        yield
    finally:
        for file, text in whole.items():
            file.write_text(text, "utf-8")


def _cut(text: str) -> str:
    lines = text.splitlines(keepends=True)
    # What stands in quotes may go over several lines: such a file stays as it is.
    if len(lines) <= _FEWEST or any(line.count('"') % 2 for line in lines):
        return text
    return "".join(lines[: len(lines) - max(1, (len(lines) - 1) // 5)])
