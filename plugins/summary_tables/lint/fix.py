"""What `lint --fix` would write: the fixes that problems bring, tried on a copy of the folder.

A fix is kept only where the file then is without that problem and has no new one that is as bad. Where a mistake of
YAML hid everything behind it, what comes to light may be kept, but not a file that in the end is still no YAML.
"""

import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from summary_tables.configs.config import SOURCES_FOLDER
from summary_tables.configs.file_content import read_content
from summary_tables.lint.engine import home_of, lint
from summary_tables.lint.fixed_file import FixedFile, with_edits
from summary_tables.lint.result import LintedFile
from summary_tables.lint.rule_index import stage_of
from summary_tables.lint.rule_selection import EVERYTHING, RuleSelection
from summary_tables.model.problem import LEVELS, Edit, Problem

MAX_ROUNDS = 500
MOST_SECONDS = 60
"""For the files of one folder, after which the fixes that were good so far are kept: each round reads whole files."""


def fixed_files(paths: Sequence[Path], selection: RuleSelection = EVERYTHING) -> tuple[FixedFile, ...]:
    """The files at `paths` that can be fixed, in the order of their names. Writes nothing there.

    Raises OSError where a folder or the temporary one cannot be used.
    """
    result = lint(paths, selection, most=None)
    wanted = {problem.path for problem in result.problems if problem.edit}
    by_folder: dict[Path, list[LintedFile]] = defaultdict(list)
    for file in sorted(result.files, key=lambda file: file.name):
        if file.path in wanted:
            by_folder[home_of(file.path)].append(file)
    return tuple(found for folder, files in by_folder.items() for found in _fixed_in(folder, files, selection))


def _fixed_in(folder: Path, files: Sequence[LintedFile], selection: RuleSelection) -> Iterator[FixedFile]:
    with TemporaryDirectory(prefix="summary-tables-") as place:
        copy = _FolderCopy.of(folder, Path(place), selection)
        names = {file.path: file.path.relative_to(folder).as_posix() for file in files}
        before = {name: (copy.folder / name).read_bytes() for name in names.values()}
        after = _FixRounds(copy=copy, names=tuple(before)).texts()
    for file in files:
        name = names[file.path]
        if (text := after[name]) != before[name]:
            yield FixedFile(path=file.path, name=file.name, before=before[name], after=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FolderCopy:
    folder: Path
    selection: RuleSelection

    @classmethod
    def of(cls, folder: Path, place: Path, selection: RuleSelection) -> "_FolderCopy":
        # Rules and messages speak of the folder by its name.
        copy = place / (folder.name or "root")
        _copy(folder, copy)
        sources = folder / SOURCES_FOLDER
        if sources.is_dir() and not sources.is_symlink():
            _copy(sources, copy / SOURCES_FOLDER)
        return cls(folder=copy, selection=selection)

    def problems(self, names: Collection[str]) -> dict[str, tuple[Problem, ...]]:
        """What lint says of each of the files."""
        result = lint([self.folder / name for name in names], self.selection, most=None)
        found: dict[str, list[Problem]] = {name: [] for name in names}
        for problem in result.problems:
            name = problem.path.relative_to(self.folder).as_posix()
            if name in found:
                found[name].append(problem)
        return {name: tuple(problems) for name, problems in found.items()}


def _copy(folder: Path, copy: Path) -> None:
    copy.mkdir()
    for path in folder.iterdir():
        content = read_content(path)
        if isinstance(content, bytes):
            (copy / path.name).write_bytes(content)
        elif not path.is_dir():
            # What cannot be read is there all the same: without it, `defaults.yaml` would count as left out.
            (copy / path.name).symlink_to(path.name)


@dataclass(slots=True, kw_only=True)
class _FixRounds:
    """Works on a copy, round by round: each round tries something on every file and takes back what did not help."""

    copy: _FolderCopy
    names: tuple[str, ...]
    refused: dict[str, set[Problem]] = field(default_factory=lambda: defaultdict(set))
    one_by_one: set[str] = field(default_factory=set)

    def texts(self) -> Mapping[str, bytes]:
        """The files as they are in the end."""
        originals = {name: self._path(name).read_bytes() for name in self.names}
        end = time.monotonic() + MOST_SECONDS
        first = problems = self.copy.problems(self.names)
        for _ in range(MAX_ROUNDS):
            tried = {name: fixes for name in self.names if (fixes := self._next(name, problems[name]))}
            if not tried or time.monotonic() > end:
                break
            problems = {**problems, **self._round(tried, problems)}
        return {
            name: originals[name] if _is_still_broken(first[name], problems[name]) else self._path(name).read_bytes()
            for name in self.names
        }

    def _round(
        self, tried: Mapping[str, Sequence[Problem]], problems: Mapping[str, tuple[Problem, ...]]
    ) -> dict[str, tuple[Problem, ...]]:
        """The problems of those files for which the round was good."""
        before = {name: self._path(name).read_bytes() for name in tried}
        for name, fixes in tried.items():
            self._path(name).write_bytes(with_edits(before[name], _edits(fixes)))
        after = self.copy.problems(tried)
        good = {name for name, fixes in tried.items() if _is_better(problems[name], after[name], fixes)}
        for name in tried.keys() - good:
            self._path(name).write_bytes(before[name])
            self._refuse(name, tried[name])
        return {name: after[name] for name in good}

    def _refuse(self, name: str, fixes: Sequence[Problem]) -> None:
        if len(fixes) > 1:
            self.one_by_one.add(name)
        else:
            self.refused[name].update(fixes)

    def _next(self, name: str, problems: Sequence[Problem]) -> list[Problem]:
        """The problems whose fixes come next: as many as do not touch each other, or one."""
        chosen: list[Problem] = []
        edits: list[Edit] = []
        for problem in problems:
            if problem.edit and problem not in self.refused[name] and _added_apart(edits, problem.edit):
                chosen.append(problem)
                if name in self.one_by_one:
                    break
        return chosen

    def _path(self, name: str) -> Path:
        return self.copy.folder / name


def _edits(problems: Sequence[Problem]) -> list[Edit]:
    return [problem.edit for problem in problems if problem.edit]


def _added_apart(edits: list[Edit], edit: Edit) -> bool:
    """Puts `edit` into `edits`, in the order of their starts, if it touches none of them; they do not touch each other.

    Only its neighbours can touch it: a file may have a hundred thousand fixes.
    """
    at = bisect_right(edits, edit.start, key=attrgetter("start"))
    if any(edit.start <= other.end and other.start <= edit.end for other in edits[max(at - 1, 0) : at + 1]):
        return False
    edits.insert(at, edit)
    return True


def _is_better(before: Sequence[Problem], after: Sequence[Problem], fixed: Sequence[Problem]) -> bool:
    left = Counter(map(_words, before)) - Counter(map(_words, fixed))
    new = Counter(map(_words, after)) - left
    return all(_came_to_light(problem, fixed) for problem in after if _words(problem) in new)


def _words(problem: Problem) -> tuple[str, str]:
    """What a problem is but for its place, which a fix may move."""
    return problem.rule, problem.message


def _came_to_light(problem: Problem, fixed: Sequence[Problem]) -> bool:
    stage = min(map(_stage, fixed))
    if stage == 0 and _stage(problem) == 0:
        return problem.line > max(fix.line for fix in fixed)
    return _stage(problem) > stage or _is_milder(problem, fixed)


def _is_milder(problem: Problem, fixed: Sequence[Problem]) -> bool:
    """Of SQL that can be read now rules say more than before, e.g. that a table is unchecked."""
    return LEVELS.index(problem.level) > min(LEVELS.index(fix.level) for fix in fixed)


def _stage(problem: Problem) -> int:
    return stage_of(problem.rule)


def _is_still_broken(before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    """Fixes that each seemed to help have not made YAML of the file."""
    return any(_stage(problem) == 0 for problem in before) and any(_stage(problem) == 0 for problem in after)
