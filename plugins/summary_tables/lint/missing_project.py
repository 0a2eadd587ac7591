"""A file of a dbt project of which nothing can run: there is no project, or its schedule never comes round.

Asked at each reading of the files, so that what only lint needs stands elsewhere: see `lint.dbt_projects`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.table_file import TableFile
from summary_tables.dbt.project_folder import PROJECT_FILE, read_project_folder
from summary_tables.lint.rules import cron
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.problem import Finding, Place, Problem
from summary_tables.text.spelling import nearest

PROJECT_RULE: Final = "dbt-project"
_MOST_FOLDERS = 2000


def unusable(file: DbtFile) -> tuple[Problem, ...]:
    """Why nothing of the project can run: there is none, or its schedule is none."""
    return (*(Problem.of(finding, file.path, rule=PROJECT_RULE) for finding in _missing(file)), *_schedule(file))


def _schedule(file: DbtFile) -> Iterator[Problem]:
    """The same as of a table's."""
    as_table = TableFile(config=file.config.as_table, document=file.document)
    yield from (Problem.of(found, file.path, rule=cron.RULE.id) for found in cron.mistakes(as_table))


def _missing(file: DbtFile) -> Iterator[Finding[Place]]:
    named, place = file.config.project.dbt.project, file.place_of((DBT_KEY, "project"))
    folder, repository = file.config.folder, file.config.path.absolute().parents[1]
    if not folder.is_dir():
        near = _meant(named, _projects_below(repository))
        yield Finding(
            place=place,
            message=f"there is no folder {named} beside {file.path.parent.name}/",
            fix=f"write `{near}`" if near else f"name the folder that holds {PROJECT_FILE}",
        )
    elif not (folder / PROJECT_FILE).is_file():
        inner = [path.parent.relative_to(repository).as_posix() for path in folder.glob(f"*/{PROJECT_FILE}")]
        inner = inner or _projects_below(repository)
        yield Finding(
            place=place,
            message=f"{named} holds no {PROJECT_FILE}, so it is no dbt project",
            fix=f"write `{inner[0]}`" if len(inner) == 1 else f"name the folder that holds {PROJECT_FILE}",
        )
    elif read_project_folder(folder) is None:
        yield Finding(
            place=place,
            message=f"{named}/{PROJECT_FILE} cannot be read, or has no `name`",
            fix="run `dbt parse` there; it says what is wrong",
        )


def _meant(named: str, projects: list[str]) -> str | None:
    """The one that is spelt like it, or whose file was named; else the only one that there is."""
    near = nearest(named.removesuffix(f"/{PROJECT_FILE}"), projects)
    return near or (projects[0] if len(projects) == 1 else None)


def _projects_below(repository: Path) -> list[str]:
    found = (path for path in (*repository.glob("*/*/"), *repository.glob("*/")) if (path / PROJECT_FILE).is_file())
    return [path.relative_to(repository).as_posix() for path, _ in zip(found, range(_MOST_FOLDERS), strict=False)]
