"""Why no dbt project of the folder builds a table of some name, where one has a model that is meant by it."""

from collections.abc import Iterator
from typing import NamedTuple

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.dbt.project_folder import PROJECT_FILE, read_project_folder
from summary_tables.dbt.records import Model
from summary_tables.dbt.selection import selected
from summary_tables.lint.facts.project_models import ProjectContent, content_of, is_table
from summary_tables.lint.facts.table_name_fix import table_name_fix
from summary_tables.text.english import listed


class Absence(NamedTuple):
    """`why` goes on behind "`after` names shop.orders,"; `fix` is what to do."""

    why: str
    fix: str


def absence(name: str, folder: ConfigFolder) -> Absence | None:
    """None: no project has anything that is called so."""
    found = (_of_project(name, file, content) for file, content in _contents(folder))
    return next(filter(None, found), None)


def may_be_new(name: str, folder: ConfigFolder) -> bool:
    """A project has a file that is called so and that its manifest does not know."""
    table = name.rpartition(".")[2]
    for file, content in _contents(folder):
        project = read_project_folder(file.config.folder)
        if project and any(path not in content.paths for path in project.files_called(table)):
            return True
    return False


def _contents(folder: ConfigFolder) -> Iterator[tuple[DbtFile, ProjectContent]]:
    for file in folder.projects:
        if content := content_of(file.config):
            yield file, content


def _of_project(name: str, file: DbtFile, content: ProjectContent) -> Absence | None:
    project = file.config.project.name
    node = content.absent.get(name)
    if node is None:
        return None if name in content.sources else _called_otherwise(name.rpartition(".")[2], project, content)
    if not is_table(node):
        why = f"an ephemeral model of {project}, of which dbt makes no table"
        return Absence(why=why, fix=_set("materialized", "table", node, file, content))
    if node in content.left_out:
        return _left_out(node, file, content)
    why = f"a model of {project} that is switched off"
    return Absence(why=why, fix=_set("enabled", "true", node, file, content))


def _left_out(node: Model, file: DbtFile, content: ProjectContent) -> Absence:
    dbt, project = file.config.project.dbt, file.config.project.name
    wanted = selected(content.manifest, dbt.select)
    key = "exclude" if not dbt.select or (wanted is not None and node.unique_id in wanted) else "select"
    does = "takes away" if key == "exclude" else "leaves out"
    mend = f"take what means {node.name} out of" if key == "exclude" else f"add `{node.name}` to"
    return Absence(
        why=f"a model of {project} that `{key}` in {file.config.file} {does}",
        fix=f"{mend} `{key}` there",
    )


def _called_otherwise(table: str, project: str, content: ProjectContent) -> Absence | None:
    """A version, an alias, or a schema of its own: dbt's name of a model is not always that of its table."""
    meant = content.by_name.get(table, ())
    if not meant:
        return None
    names = [node.relation.full_name for node in meant]
    latest = [node for node in meant if node.version and node.version == node.latest_version]
    chosen = meant[0] if len(meant) == 1 else latest[0] if len(latest) == 1 else None
    return Absence(
        why=f"and {project} builds its {meant[0].resource_type} {table} as {listed(names)}",
        fix=table_name_fix(chosen.relation.full_name) if chosen else f"write one of {listed(names)}",
    )


def _set(key: str, value: str, node: Model, file: DbtFile, content: ProjectContent) -> str:
    """The file of a model that a package brings is not the project's to change."""
    project = file.config.project.dbt.project
    where = f"for it in {project}/{node.path}"
    if node.package != content.manifest.project:
        where = f"for {node.name} of the package {node.package} in {project}/{PROJECT_FILE}"
    return f"set `{key}` to {value} {where}, and run `summary-tables dbt manifest {file.config.file}`"
