"""Every mistake in the files that somebody names. Pure but for reading them; `commands.lint` prints."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from summary_tables.configs.config import DEFAULTS_FILE, SOURCES_FOLDER
from summary_tables.configs.file_content import NoContent, read_content
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.configs.hidden_file import HiddenFile, mistake_of_the_program
from summary_tables.configs.sources import SourcesFolder, configs_of
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.lint import ignore_comments
from summary_tables.lint.alerts import alert_problems
from summary_tables.lint.build_check import MOST_OF_A_RULE, broken_rules
from summary_tables.lint.built_twice import built_twice
from summary_tables.lint.csv_files.content import csv_path, csv_problems
from summary_tables.lint.csv_files.named import with_tables
from summary_tables.lint.dbt_projects import project_problems
from summary_tables.lint.partial_file import partial_file
from summary_tables.lint.result import LintedFile, LintResult
from summary_tables.lint.rule_selection import EVERYTHING, RuleSelection
from summary_tables.lint.rules import PLACE_RULES, RULES
from summary_tables.lint.shown_folders import shown_folders
from summary_tables.model.problem import LEVELS, WHOLE_FILE, Finding, Problem
from summary_tables.model.shown_name import shown_name

ExtraCheck = Callable[[TableFile, ConfigFolder, tuple[Problem, ...]], tuple[Problem, ...]]
"""What is wrong with a file beyond the rules, e.g. what a warehouse says; it is told what the rules have found."""


MOST_PROBLEMS = 100
"""Of one file: nobody reads more, and a report of a million lines helps nobody."""


def lint(
    paths: Sequence[Path],
    selection: RuleSelection = EVERYTHING,
    extra_check: ExtraCheck | None = None,
    *,
    is_warehouse_asked: bool = True,
    most: int | None = MOST_PROBLEMS,
) -> LintResult:
    """Checks the files at `paths`: each file named, and all files of each folder named.

    A CSV file that is named stands for the tables that are made of it.

    `is_warehouse_asked`: the extra check finds all that a warehouse would say, so that a comment which hides nothing of
    it is useless. Of each file the first `most` problems are said, and that there are more; None: all of them.
    A file is judged together with the folder in which it stands; of the others there only what it needs is read.
    Raises OSError where a folder cannot be read.
    """
    named: dict[Path, set[Path]] = defaultdict(set)
    for path in with_tables(path.absolute() for path in paths):
        named[home_of(path)].add(path)
    names = shown_folders(sorted(named))
    folders = [_Folder(path=path, named=frozenset(named[path]), shown=names[path]) for path in sorted(named)]
    extra = _Extra(check=extra_check, is_warehouse=is_warehouse_asked) if extra_check else None
    return _joined([_lint_folder(folder, selection, extra, most) for folder in folders], most)


def home_of(path: Path) -> Path:
    """The folder of configs to which a file or a folder belongs."""
    folder = path if path.is_dir() else path.parent
    return configs_of(folder) or folder


@dataclass(frozen=True, slots=True, kw_only=True)
class _Extra:
    check: ExtraCheck
    is_warehouse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    """`named`: its files that were named, or itself, or its `sources/`; `shown`: what messages call it."""

    path: Path
    named: frozenset[Path]
    shown: str

    @property
    def is_named(self) -> bool:
        return self.path in self.named

    @property
    def sources(self) -> Path:
        return self.path / SOURCES_FOLDER

    @property
    def are_sources_named(self) -> bool:
        """All of them."""
        return self.is_named or self.sources in self.named

    def files(self) -> frozenset[Path]:
        of_tables = self.path.glob("*.yaml") if self.is_named else self._named_in(self.path)
        of_sources = self.sources.glob("*.yaml") if self.are_sources_named else self._named_in(self.sources)
        return frozenset((*of_tables, *of_sources))

    def _named_in(self, folder: Path) -> Iterator[Path]:
        return (path for path in self.named if path.parent == folder and path != self.sources)

    def is_asked(self, problem: Problem, files: Collection[Path]) -> bool:
        """Whether somebody wants to hear of it: of a file, or of what else stands in a folder that was named."""
        is_of_sources = problem.path == self.sources or problem.path.parent == self.sources
        return (self.are_sources_named if is_of_sources else self.is_named) or problem.path in files


def _joined(results: Sequence[LintResult], most: int | None) -> LintResult:
    problems = sorted(problem for result in results for problem in result.problems)
    return LintResult(
        files=tuple(file for result in results for file in result.files),
        problems=tuple(problems if most is None else _first_of_each_file(problems, most)),
    )


def _first_of_each_file(problems: Iterable[Problem], most: int) -> Iterator[Problem]:
    for name, of_file in groupby(problems, key=lambda problem: problem.file):
        found = list(of_file)
        yield from found[:most]
        if cut := found[most:]:
            level = min((problem.level for problem in cut), key=LEVELS.index)
            message = f"the file has more problems than the {most:,} that are said here"
            finding = Finding(place=WHOLE_FILE, rule="file", level=level, message=message, fix="mend these first")
            yield Problem.of(finding, cut[0].path, file=name)


def _lint_folder(folder: _Folder, selection: RuleSelection, extra: "_Extra | None", most: int | None) -> LintResult:
    files = folder.files()
    asked = files | {folder.path / DEFAULTS_FILE}
    configs = replace(read_folder(folder.path), asked=asked)
    asked |= {path for file in configs.files if file.path in asked and (path := csv_path(file))}
    found = [
        _renamed(problem, folder)
        for problem in (
            *_problems(configs, asked, extra, MOST_OF_A_RULE if most else None),
            *(_problems_of_sources(configs.sources, asked) if _asks_for_sources(folder, files) else ()),
            *_problems_of_projects(configs, files),
            *(alert_problems(configs) if folder.path / DEFAULTS_FILE in files else ()),
        )
        if folder.is_asked(problem, asked) and selection.includes(problem.rule)
    ]
    return LintResult(files=_linted_files(folder, configs, files, found), problems=tuple(found))


def _problems(
    folder: ConfigFolder, asked: Collection[Path], extra: "_Extra | None", most_of_a_rule: int | None
) -> Iterator[Problem]:
    yield from folder.problems
    for hidden in folder.hidden:
        if hidden.path in asked:
            yield from _beside_wrong_keys(hidden, folder, most_of_a_rule)
    for file in folder.files:
        if file.path in asked:
            found = broken_rules(RULES, file, folder, most_of_a_rule)
            more = extra.check(file, folder, found) if extra else ()
            yield from _csv_problems(file, most_of_a_rule)
            said = ignore_comments.applied(
                file.document, file.path, (*found, *more), is_warehouse_asked=extra is not None and extra.is_warehouse
            )
            yield from _without_suppositions(list(said))


def _csv_problems(file: TableFile, most: int | None) -> Iterator[Problem]:
    """Never raises: one file must not stop the others."""
    try:
        yield from csv_problems(file, most)
    except Exception as error:
        yield mistake_of_the_program(file.path, error)


def _problems_of_projects(folder: ConfigFolder, files: Collection[Path]) -> Iterator[Problem]:
    """What is wrong with dbt projects, less what comments silence."""
    for file in folder.projects:
        if file.path in files:
            found = list(project_problems(file, folder))
            yield from ignore_comments.applied(file.document, file.path, found, is_warehouse_asked=False)
    yield from built_twice(folder)


def _asks_for_sources(folder: _Folder, files: Collection[Path]) -> bool:
    return folder.are_sources_named or any(path.parent == folder.sources for path in files)


def _problems_of_sources(sources: SourcesFolder, asked: Collection[Path]) -> Iterator[Problem]:
    """What is wrong in `sources/`, less what comments there silence."""
    documents = {file.path: file.document for file in sources.files}
    yield from (problem for problem in sources.problems if problem.path not in documents)
    for path in documents.keys() & asked:
        found = [problem for problem in sources.problems if problem.path == path]
        yield from ignore_comments.applied(documents[path], path, found, is_warehouse_asked=False)
    for hidden in sources.hidden:
        if hidden.document:
            yield from ignore_comments.mistakes(hidden.document, hidden.path)


def _beside_wrong_keys(hidden: HiddenFile, folder: ConfigFolder, most_of_a_rule: int | None) -> Iterator[Problem]:
    """What is said of a file whose keys or values are wrong, beyond that."""
    if hidden.document:
        yield from ignore_comments.mistakes(hidden.document, hidden.path)
        if file := partial_file(hidden, folder):
            found = broken_rules(PLACE_RULES, file, folder, most_of_a_rule)
            yield from ignore_comments.not_silenced(file.document, found)


_CERTAIN = {rule.id: rule.certain for rule in RULES if rule.certain}


def _without_suppositions(problems: Sequence[Problem]) -> Iterator[Problem]:
    """One mistake, one message: where the warehouse speaks of a word, the rule that doubted it is silent."""
    said = {(problem.line, problem.column, problem.rule) for problem in problems}
    for problem in problems:
        if (problem.line, problem.column, _CERTAIN.get(problem.rule)) not in said:
            yield problem


def _renamed(problem: Problem, folder: _Folder) -> Problem:
    name = _shown(problem.path, folder)
    return problem if name == problem.file else replace(problem, file=name)


def _shown(path: Path, folder: _Folder) -> str:
    inner = path.parent.relative_to(folder.path).as_posix() if path.is_relative_to(folder.path) else "."
    return shown_name(path, folder.shown if inner == "." else f"{folder.shown}/{inner}")


def _linted_files(
    folder: _Folder, configs: ConfigFolder, files: Collection[Path], problems: Iterable[Problem]
) -> tuple[LintedFile, ...]:
    """All files that were looked at, and those besides which a problem names."""
    documents = {file.path: file.document for file in configs.files}
    documents |= {file.path: file.document for file in configs.projects}
    hidden = configs.hidden
    if _asks_for_sources(folder, files):
        documents |= {file.path: file.document for file in configs.sources.files}
        hidden = (*hidden, *configs.sources.hidden)
    documents |= {file.path: file.document for file in hidden if file.document}
    has_line: dict[Path, bool] = dict.fromkeys(files, False)
    for problem in problems:
        has_line[problem.path] = has_line.get(problem.path, False) or problem.line > 0
    return tuple(
        LintedFile(
            path=path,
            name=_shown(path, folder),
            text=_text(path, documents.get(path)) if has_line[path] else "",
        )
        for path in sorted(has_line)
    )


def _text(path: Path, document: YamlDocument | None) -> str:
    """As much of the file as people read; the problem says what is wrong with the rest."""
    if document:
        return document.text
    content = read_content(path)
    return "" if isinstance(content, NoContent) else content.decode("utf-8-sig", errors="replace")
