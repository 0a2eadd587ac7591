"""What the dbt projects of a folder build, for the watch: tables that ours may wait for, and that are none of ours."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from summary_tables.configs.dbt_config import DbtConfig, read_either
from summary_tables.configs.known_good import KnownGood
from summary_tables.model.problem import ConfigError


def models_of(folder: Path, projects: Iterable[str], memory: KnownGood | None = None) -> Mapping[str, str]:
    """The project of each model, by its full name; of a project without a manifest nothing is known."""
    return {model: project for project in projects for model in _models(folder, project, memory)}


def _models(folder: Path, project: str, memory: KnownGood | None) -> Iterator[str]:
    # Imported here because most folders have none.
    from summary_tables.lint.facts.project_tables import project_tables

    try:
        found = read_either(project, folder)
    except ConfigError:  # it has changed this moment
        return
    if isinstance(found, DbtConfig):
        yield from project_tables(found, memory) or ()
