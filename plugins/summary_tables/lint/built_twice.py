"""A table that a dbt project builds, and its own file or another project as well."""

from collections.abc import Iterator, Sequence

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.project_tables import project_tables, projects_of_models
from summary_tables.lint.missing_project import PROJECT_RULE
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.problem import Finding, Problem
from summary_tables.text.english import listed, plural

_MOST_NAMES = 3
_EACH = "each run of one replaces what the other built"


def built_twice(folder: ConfigFolder) -> Iterator[Problem]:
    """Each pair once: in the table's file where somebody wants to hear of that, else in the project's."""
    first = projects_of_models(folder)
    files = {file.config.project.name: file for file in folder.projects}
    for project, file in files.items():
        built = project_tables(file.config, folder.memory) or ()
        tables = [folder.by_name[name] for name in built if name in folder.by_name]
        yield from (_in_the_table(table, file) for table in tables if _is_asked(table, folder))
        if unasked := [table for table in tables if not _is_asked(table, folder)]:
            yield _in_the_project(unasked, file)
        others: dict[str, list[str]] = {}
        for name in built:
            if first[name] != project:
                others.setdefault(first[name], []).append(name)
        for other, names in others.items():
            yield _by_projects(files[other], file, names, folder)


def _is_asked(table: TableFile, folder: ConfigFolder) -> bool:
    return folder.asked is None or table.path in folder.asked


def _in_the_table(table: TableFile, project: DbtFile) -> Problem:
    name = project.config.project.name
    finding = Finding(
        place=table.document.span_of_value(("table",)),
        message=f"the dbt project {name} builds {table.full_name}, too: {_EACH}",
        fix=f"give this table another name, or leave the model out in {project.config.file}, below `exclude`",
    )
    return Problem.of(finding, table.path, rule=PROJECT_RULE)


def _in_the_project(tables: Sequence[TableFile], project: DbtFile) -> Problem:
    names = listed([each.full_name for each in tables], _MOST_NAMES)
    files = listed([each.name for each in tables], _MOST_NAMES)
    fix = "leave the model out, below `exclude`, or give that table another name"
    if len(tables) > 1:
        fix = "leave these models out, with `select` or `exclude`, or give the tables other names"
    finding = Finding(
        place=project.place_of((DBT_KEY, "project")),
        message=f"the project builds {names}, and so {plural(len(tables), 'does', 'do')} {files}: {_EACH}",
        fix=fix,
    )
    return Problem.of(finding, project.path, rule=PROJECT_RULE)


def _by_projects(first: DbtFile, second: DbtFile, names: Sequence[str], folder: ConfigFolder) -> Problem:
    is_asked = folder.asked is None or second.path in folder.asked
    here, there = (second, first) if is_asked else (first, second)
    finding = Finding(
        place=here.place_of((DBT_KEY, "project")),
        message=f"the project builds {listed(names, _MOST_NAMES)}, and so does {there.config.file}: {_EACH}",
        fix="leave them out in one of the two files, with `select` or `exclude`",
    )
    return Problem.of(finding, here.path, rule=PROJECT_RULE)
