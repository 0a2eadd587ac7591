"""The configs that Airflow can build, and why it cannot build the others. Lint says more: see `lint`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from summary_tables.configs.config import Config
from summary_tables.configs.dbt_config import DbtConfig, DbtFile
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.configs.hidden_file import mistake_of_the_program
from summary_tables.configs.known_good import KnownGood
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules import BUILD_RULES, WAITING_RULES
from summary_tables.lint.rules.rule import Rule, problems
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem
from summary_tables.text.english import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFolder:
    """The configs that can be built, in the order of their names, and all that is wrong in the folder.

    A table that waits for one which nobody builds can be built, and is a problem all the same. `statements`: what a
    memory keeps of each file. `projects` are those of dbt that can be built.
    """

    configs: tuple[Config, ...]
    projects: tuple[DbtConfig, ...] = ()
    problems: tuple[Problem, ...]
    statements: Mapping[Path, bytes] = field(default_factory=dict)


def check_folder(path: Path, memory: KnownGood | None = None) -> CheckedFolder:
    """Checks every file. Where `defaults.yaml` is wrong, the tables that need what is wrong in it are left out.

    What `memory` knows to be good is checked only together with the other files; it is told what is found good.
    """
    try:
        folder = read_folder(path, memory)
    except OSError as error:
        return CheckedFolder(configs=(), problems=(_unreadable_folder(path, error),))
    known = [file for file in folder.files if _is_known(file, folder)]
    problems = _with_left_out(folder, [file.full_name for file in folder.files if not _is_known(file, folder)])
    new = [file for file in known if file.config.path not in folder.good]
    broken = {file.config.path: found for file in new if (found := broken_rules(BUILD_RULES, file, folder))}
    good = [file for file in known if file.config.path not in broken]
    if memory:
        _keep(memory, (*good, *folder.projects), folder)
    missing = _missing_projects(folder)
    waiting = (problem for file in good for problem in broken_rules(WAITING_RULES, file, folder))
    return CheckedFolder(
        configs=tuple(file.config for file in good),
        projects=tuple(file.config for file in folder.projects if file.path not in missing),
        problems=(
            *problems,
            *chain.from_iterable(missing.values()),
            *chain.from_iterable(broken.values()),
            *waiting,
        ),
        statements=folder.statements,
    )


def _missing_projects(folder: ConfigFolder) -> dict[Path, tuple[Problem, ...]]:
    """The files of dbt projects that are not there, with what is said of each."""
    if not folder.projects:
        return {}
    # Imported here because most folders have none.
    from summary_tables.lint.missing_project import unusable

    return {file.path: found for file in folder.projects if (found := unusable(file))}


def _keep(memory: KnownGood, good: Iterable[TableFile | DbtFile], folder: ConfigFolder) -> None:
    for file in good:
        if statement := folder.statements.get(file.path):
            memory.keep(statement)


def _is_known(file: TableFile, folder: ConfigFolder) -> bool:
    """Whatever the table takes from `defaults.yaml` can be relied on."""
    return folder.usable is not None and folder.usable.broken <= file.data.keys()


_MOST_NAMES = 5


def _with_left_out(folder: ConfigFolder, left_out: list[str]) -> tuple[Problem, ...]:
    """The problems of the folder; the first one of `defaults.yaml` says which tables are not built because of it."""
    if not left_out:
        return folder.problems
    first, *others = folder.problems
    tables = listed(left_out, _MOST_NAMES)
    need, them = ("needs", "it") if len(left_out) == 1 else ("need", "them")
    why = f"until that is mended, what {tables} {need} is not known, and Airflow does not run {them}"
    return (replace(first, message=f"{first.message}; {why}"), *others)


def _unreadable_folder(path: Path, error: OSError) -> Problem:
    message = f"the folder cannot be read: {(error.strerror or 'the reason is unknown').lower()}"
    fix = "see that it is there and that the user who runs Airflow may read it"
    return Problem.of(Finding(place=WHOLE_FILE, rule="file", message=message, fix=fix), path)


MOST_OF_A_RULE = 200
"""A file can break one rule a hundred thousand times, and to say where takes time each time."""


def broken_rules(
    rules: Iterable[Rule], file: TableFile, folder: ConfigFolder, most: int | None = MOST_OF_A_RULE
) -> tuple[Problem, ...]:
    """What `rules` say of one file, in its order; of each rule the first `most`.

    Never raises: one file must not stop the others.
    """
    return tuple(sorted(_guarded(rules, file, folder, most)))


def _guarded(rules: Iterable[Rule], file: TableFile, folder: ConfigFolder, most: int | None) -> Iterator[Problem]:
    try:
        for rule in rules:
            yield from islice(problems(rule, file, folder), most)
    except Exception as error:
        yield mistake_of_the_program(file.path, error)
