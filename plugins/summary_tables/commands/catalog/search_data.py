"""What the browser searches in, as a script: a page that is opened from a disk may load scripts, and no data."""

import json

from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.entry import Catalog, Entry
from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.state_mark import is_known, state_words
from summary_tables.catalog.pages.words import first_words
from summary_tables.lint.facts.project_models import ProjectModel
from summary_tables.text.visible import visible_lines

_MOST_CHARACTERS = 300
"""Of a description; a site of a thousand tables has to stay small."""

_MOST_COLUMNS = 2000
"""Characters of the names and descriptions of columns."""


def search_data(catalog: Catalog, links: Links) -> str:
    """Assigns `summaryTables`: of each table its name, address, state, description and the names of its columns.

    Behind the tables stand dbt projects and their models, which say in place of a state what they are.
    """
    rows = [_row(entry, links) for entry in catalog.entries.values()]
    for project in catalog.projects:
        rows.append(_row_of_project(project, links))
        rows += [_row_of_model(model, links) for model in project.models]
    # `<` and what ends a line in old browsers never stand in it, whatever people wrote.
    text = json.dumps(rows, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.summaryTables = {text};\n"


_Row = tuple[str, str, str, str, str]


def _row_of_project(project: ProjectEntry, links: Links) -> _Row:
    description = first_words(visible_lines(project.description), _MOST_CHARACTERS)
    return (project.name, links.project(project.name), "dbt project", description, "")


def _row_of_model(model: ProjectModel, links: Links) -> _Row:
    words = [word for column in model.columns for word in (column.name, column.description) if word]
    return (
        visible_lines(model.full_name),
        links.project(model.project, model.full_name),
        f"dbt project {model.project}",
        first_words(visible_lines(model.description), _MOST_CHARACTERS),
        " ".join(map(visible_lines, words))[:_MOST_COLUMNS],
    )


def _row(entry: Entry, links: Links) -> _Row:
    declared = entry.declared
    words = [visible_lines(column.description) for column in declared.columns] if declared else []
    return (
        visible_lines(entry.full_name),
        links.table(entry.full_name),
        state_words(entry).word if is_known(entry) else "",
        first_words(visible_lines(declared.description), _MOST_CHARACTERS) if declared else "",
        " ".join([*map(visible_lines, entry.column_names), *words])[:_MOST_COLUMNS],
    )
