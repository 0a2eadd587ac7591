"""Every mistake in the files that somebody names. Pure but for reading them; `commands.lint` prints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from summary_tables.config import DEFAULTS_FILE, shown_name
from summary_tables.config_check import broken_rules
from summary_tables.config_folder import ConfigFolder, read_folder
from summary_tables.problem import Problem
from summary_tables.rules import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class LintedFile:
    """A file that was looked at. `name` is what problems call it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LintResult:
    """What was looked at and what is wrong with it, by file and place."""

    files: tuple[LintedFile, ...]
    problems: tuple[Problem, ...]


def lint(paths: Sequence[Path]) -> LintResult:
    """Checks the files at `paths`: each file named, and all files of each folder named.

    A file is judged together with the folder in which it stands; of the others there only what it needs is read.
    """
    by_folder = groupby(sorted({path.absolute() for path in paths}, key=_folder_of), key=_folder_of)
    results = [_lint_folder(folder, list(named)) for folder, named in by_folder]
    return LintResult(
        files=tuple(file for result in results for file in result.files),
        problems=tuple(sorted(problem for result in results for problem in result.problems)),
    )


def _folder_of(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _lint_folder(path: Path, named: Sequence[Path]) -> LintResult:
    folder = read_folder(path)
    everything = path in named
    files = tuple(LintedFile(path=found, name=shown_name(found)) for found in _candidates(path, named))
    wanted = {file.name for file in files} | {shown_name(path / DEFAULTS_FILE)}
    problems = (problem for problem in _problems(folder, wanted) if everything or problem.file in wanted)
    return LintResult(files=files, problems=tuple(problems))


def _candidates(folder: Path, named: Sequence[Path]) -> Iterable[Path]:
    return sorted(folder.glob("*.yaml")) if folder in named else named


def _problems(folder: ConfigFolder, wanted: set[str]) -> Iterable[Problem]:
    yield from folder.problems
    for file in folder.files:
        if file.document.file in wanted:
            yield from broken_rules(RULES, file, folder)
