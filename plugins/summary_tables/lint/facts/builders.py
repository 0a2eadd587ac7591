"""What builds a table: its own file, or a dbt project that a file of the folder is about."""

from dataclasses import dataclass
from pathlib import Path

from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.project_tables import projects_of_models
from summary_tables.model.table import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """`project` is the name of the dbt project's file, and empty where the table has one of its own."""

    path: Path
    schedule: Schedule
    timezone: str
    project: str = ""


def builder_of(name: str, folder: ConfigFolder) -> Builder | None:
    """Of a table by its full name; None: nothing that is known to build it."""
    if file := folder.by_name.get(name):
        table = file.config.table
        return Builder(path=file.path, schedule=table.schedule, timezone=table.timezone)
    return project_builder(projects_of_models(folder).get(name, ""), folder)


def project_builder(name: str, folder: ConfigFolder) -> Builder | None:
    """The project whose file is called so."""
    for file in folder.projects:
        project = file.config.project
        if project.name == name:
            return Builder(path=file.path, schedule=project.schedule, timezone=project.timezone, project=project.name)
    return None
