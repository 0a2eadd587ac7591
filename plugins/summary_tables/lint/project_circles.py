"""A dbt project that waits for its own models, through other tables or projects."""

from collections.abc import Iterator

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import table_paths
from summary_tables.lint.facts.builders import Builder
from summary_tables.lint.facts.circles import FIX, circle_words, is_asked, way_back
from summary_tables.lint.facts.project_tables import projects_of_models
from summary_tables.model.problem import Finding, Place


def circles(file: DbtFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    """Each said once: in the file of a table of it of which somebody wants to hear, else here."""
    this, models = file.config.project.name, projects_of_models(folder)

    def passes(_name: str, builder: Builder) -> bool:
        is_said_there = not builder.project or builder.project < this
        return not (is_said_there and is_asked(builder, folder))

    for name, path in table_paths(file.config.project.schedule):
        way = way_back((name,), folder, lambda each: models.get(each) == this, passes)
        if way:
            circle = (way[-1], *way)
            yield Finding(place=file.place_of(path), message=circle_words(circle, folder), fix=FIX)
