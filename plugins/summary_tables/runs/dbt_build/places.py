"""Where in a project something stands that failed: a file and, where it can be found, its line."""

import re
from collections.abc import Sequence
from pathlib import Path

from summary_tables.dbt.project_files import content

_LINE_OF_SQL = re.compile(r"^\s*LINE \d+: (?P<text>.+)$", re.MULTILINE)
_SHORTEST = 6
_NOT_OURS = {"target", "dbt_packages", "logs"}


def place_text(path: str, line: int) -> str:
    """`models/marts/orders.sql:12`, without the line where that is not known."""
    return f"{path}:{line}" if path and line else path


def line_of_error(project: Path, path: str, message: str) -> int:
    """The line of a model's file that a warehouse's message quotes; 0 where it is not there, or there twice."""
    quoted = _LINE_OF_SQL.search(message)
    text = quoted["text"].strip().strip(".").strip() if quoted else ""
    if len(text) < _SHORTEST:
        return 0
    found = [number for number, line in enumerate(_lines(project / path), start=1) if text in line]
    return found[0] if len(found) == 1 else 0


def line_of_test(project: Path, path: str, words: Sequence[str]) -> int:
    """The line of a YAML file in which the last of `words` comes, after the others: model, column, test."""
    lines, at = _lines(project / path), 0
    for word in filter(None, words):
        sought = re.compile(rf"(?<![\w.]){re.escape(word)}(?![\w.])")
        found = next((number for number, line in enumerate(lines[at:], start=at) if sought.search(line)), None)
        if found is None:
            break
        at = found
    return at + 1 if lines else 0


def path_of(project: Path, file: str) -> str:
    """The file from the project's folder on, where dbt names it from one of the folders inside; as dbt names it where
    that is not clear."""
    if not file or (project / file).is_file():
        return file
    found = [path for path in project.rglob(Path(file).name) if not _NOT_OURS & set(path.relative_to(project).parts)]
    ends = [path for path in found if path.as_posix().endswith(f"/{file}")]
    return ends[0].relative_to(project).as_posix() if len(ends) == 1 else file


def _lines(path: Path) -> list[str]:
    try:
        return content(path).decode("utf-8", errors="replace").splitlines()
    except OSError:
        return []
