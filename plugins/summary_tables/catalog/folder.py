"""What a folder of configs says of its tables, for the catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from summary_tables.catalog.entry import Declaration, Neighbours
from summary_tables.configs.config import DEFAULTS_FILE
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.hidden_file import HiddenFile
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.lint.rules import BUILD_RULES
from summary_tables.model.problem import Problem

_STOPPING = frozenset(rule.id for rule in BUILD_RULES)


def declarations(folder: ConfigFolder, problems: Iterable[Problem], lineage: Lineage) -> Mapping[str, Declaration]:
    """By the full name of the table, in order; by what stands in a broken file, or that is called, where it says less.

    `problems` are those of the whole folder, of lint or of Airflow's check (`lint.build_check`).
    """
    of_file: dict[Path, list[Problem]] = defaultdict(list)
    for problem in problems:
        of_file[problem.path].append(problem)
    found = dict(_broken(hidden) for hidden in folder.hidden if hidden.path.name != DEFAULTS_FILE)
    for file in folder.files:
        found[file.full_name] = _readable(file, tuple(of_file[file.path]), lineage)
    return dict(sorted(found.items()))


def folder_problems(folder: ConfigFolder, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What of `problems` is about no table, but about `defaults.yaml`, sources and the folder itself.

    What is only worth a look is for the author of the file, and so is what is only doubtful of a dbt project.
    """
    of_projects = {file.path for file in folder.projects}
    of_tables = {file.path for file in folder.files} | {file.path for file in folder.hidden}
    of_tables.discard(folder.path / DEFAULTS_FILE)
    others = (each for each in problems if each.path not in of_tables and each.level != "info")
    return tuple(each for each in others if each.level == "error" or each.path not in of_projects)


def _readable(file: TableFile, problems: tuple[Problem, ...], lineage: Lineage) -> Declaration:
    name = file.full_name
    reads = dict.fromkeys((*lineage.reads.get(name, ()), *lineage.waits.get(name, ())))
    return Declaration(
        file=file.name,
        config=file.config,
        problems=problems,
        neighbours=Neighbours(reads=tuple(reads), read_by=lineage.readers.get(name, ())),
        is_stopped=any(problem.level == "error" and problem.rule in _STOPPING for problem in problems),
    )


def _broken(file: HiddenFile) -> tuple[str, Declaration]:
    name = ".".join(_names(file)) or file.path.stem
    return name, Declaration(file=file.problems[0].file, config=None, problems=file.problems)


def _names(file: HiddenFile) -> Iterator[str]:
    """Schema and table, where the file says both all the same."""
    data = file.document.data if file.document else None
    names = [data.get(key) for key in ("schema", "table")] if isinstance(data, dict) else []
    if names and all(isinstance(name, str) and name for name in names):
        yield from (str(name) for name in names)
