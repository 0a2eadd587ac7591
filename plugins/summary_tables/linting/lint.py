"""Every mistake in the files that somebody names. Pure but for reading them; `commands.lint_command` prints."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summary_tables.config import DEFAULTS_FILE, shown_name
from summary_tables.config_check import broken_rules
from summary_tables.config_folder import ConfigFolder, read_folder
from summary_tables.linting import lint_comments
from summary_tables.linting.lint_result import LintedFile, LintResult
from summary_tables.linting.rule_selection import EVERYTHING, RuleSelection
from summary_tables.linting.shown_folders import shown_folders
from summary_tables.problem import Problem
from summary_tables.rules import RULES
from summary_tables.table_file import TableFile

Judge = Callable[[TableFile, ConfigFolder, tuple[Problem, ...]], tuple[Problem, ...]]
"""What is wrong with a file beyond the rules, e.g. what a warehouse says; it is told what the rules have found."""


def lint(paths: Sequence[Path], selection: RuleSelection = EVERYTHING, judge: Judge | None = None) -> LintResult:
    """Checks the files at `paths`: each file named, and all files of each folder named.

    A file is judged together with the folder in which it stands; of the others there only what it needs is read.
    Raises OSError where a folder cannot be read.
    """
    named: dict[Path, set[Path]] = defaultdict(set)
    for path in (path.absolute() for path in paths):
        named[path if path.is_dir() else path.parent].add(path)
    names = shown_folders(sorted(named))
    folders = [_Folder(path=path, named=frozenset(named[path]), shown=names[path]) for path in sorted(named)]
    return _joined([_lint_folder(folder, selection, judge) for folder in folders])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    """`named`: its files that were named, or itself; `shown`: what messages call it."""

    path: Path
    named: frozenset[Path]
    shown: str

    @property
    def is_named(self) -> bool:
        return self.path in self.named

    def files(self) -> frozenset[Path]:
        return frozenset(self.path.glob("*.yaml")) if self.is_named else self.named


def _joined(results: Sequence[LintResult]) -> LintResult:
    return LintResult(
        files=tuple(file for result in results for file in result.files),
        problems=tuple(sorted(problem for result in results for problem in result.problems)),
    )


def _lint_folder(folder: _Folder, selection: RuleSelection, judge: Judge | None) -> LintResult:
    files = folder.files()
    wanted = {shown_name(file) for file in files} | {shown_name(folder.path / DEFAULTS_FILE)}
    found = [
        _renamed(problem, folder.shown)
        for problem in _problems(read_folder(folder.path), wanted, judge)
        if (folder.is_named or problem.file in wanted) and selection.includes(problem.rule)
    ]
    return LintResult(files=_linted_files(folder, files, found), problems=tuple(found))


def _problems(folder: ConfigFolder, wanted: set[str], judge: Judge | None) -> Iterator[Problem]:
    yield from folder.problems
    yield from lint_comments.of_unusable_files(folder, wanted)
    for file in folder.files:
        if file.document.file in wanted:
            found = broken_rules(RULES, file, folder)
            judged = judge(file, folder, found) if judge else ()
            yield from lint_comments.applied(file.document, (*found, *judged), is_judged=judge is not None)


def _renamed(problem: Problem, shown: str) -> Problem:
    name = f"{shown}/{_file_name(problem)}"
    return problem if name == problem.file else replace(problem, file=name)


def _file_name(problem: Problem) -> str:
    return problem.file.rpartition("/")[2]


def _linted_files(folder: _Folder, files: Iterable[Path], problems: Sequence[Problem]) -> tuple[LintedFile, ...]:
    """All files that were looked at, and those besides which a problem names."""
    places = _lines_of_problems(problems)
    every = {*files, *(folder.path / name for name in places)}
    return tuple(
        LintedFile(
            path=path,
            name=f"{folder.shown}/{path.name}",
            text=_text(path) if any(places.get(path.name, ())) else "",
        )
        for path in sorted(every)
    )


def _lines_of_problems(problems: Iterable[Problem]) -> Mapping[str, set[int]]:
    lines: dict[str, set[int]] = defaultdict(set)
    for problem in problems:
        lines[_file_name(problem)].add(problem.line)
    return lines


def _text(path: Path) -> str:
    """As much of the file as people read; the problem says what is wrong with the rest."""
    return path.read_bytes().decode("utf-8-sig", errors="replace")
