"""A dbt project that reads tables of the folder by its sources, and does not wait for them."""

from collections.abc import Iterator, Sequence

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.builders import builder_of
from summary_tables.lint.facts.circles import way_back
from summary_tables.lint.facts.project_models import models_of
from summary_tables.lint.facts.project_tables import projects_of_models
from summary_tables.lint.rules import missing_after
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.problem import Finding, Problem
from summary_tables.text.english import listed

_MOST_NAMES = 10


def unawaited(file: DbtFile, folder: ConfigFolder) -> Iterator[Problem]:
    """Once for all of them. What waits for the project itself cannot be waited for."""
    if file.config.project.schedule.is_by_hand:
        return
    names = sorted({name for model in models_of(file.config) for name in model.reads})
    if missing := [name for name in names if _is_to_wait_for(name, file, folder)][:_MOST_NAMES]:
        yield _problem(missing, file, folder)


def _is_to_wait_for(name: str, file: DbtFile, folder: ConfigFolder) -> bool:
    this, builder = file.config.project, builder_of(name, folder)
    if builder is None or builder.project == this.name or name in this.schedule.tables or builder.schedule.is_by_hand:
        return False
    models = projects_of_models(folder)
    return not way_back((name,), folder, lambda each: models.get(each) == this.name)


def _problem(names: Sequence[str], file: DbtFile, folder: ConfigFolder) -> Problem:
    finding = Finding(
        place=file.place_of((DBT_KEY, "project")),
        message=f"the project reads {listed(names)}, {missing_after.whose(names, folder)}, and does not wait for "
        f"{'it' if len(names) == 1 else 'them'}: it may read what was built a day ago",
        fix=missing_after.waiting_fix(TableFile(config=file.config.as_table, document=file.document), names, folder),
    )
    return Problem.of(finding, file.path, rule="missing-after", level="warning")
