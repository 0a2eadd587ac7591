"""A table that a file waits for and that nothing of the folder builds."""

from dataclasses import dataclass

from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.project_tables import projects_of_models, tables_of_projects
from summary_tables.lint.facts.table_name_fix import table_name_fix
from summary_tables.text.english import any_of
from summary_tables.text.spelling import nearest_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbuilt:
    """`why` goes on behind "`after` names shop.orders,"; `fix` is what to do."""

    why: str
    fix: str


def nobody_builds(name: str, folder: ConfigFolder, but: str = "") -> Unbuilt | None:
    """None: something builds it, or may: its file cannot be read, or nothing says what a project builds.

    `but`: the table or project that waits, which nobody means.
    """
    if name in folder.by_name or name.partition(".")[2] in folder.unreadable:
        return None
    if folder.projects:
        built = tables_of_projects(folder)
        if built is None or name in built:
            return None
        # Imported here because most folders have no project.
        from summary_tables.lint.facts.absent_models import absence, may_be_new

        if found := absence(name, folder):
            return Unbuilt(why=found.why, fix=found.fix)
        if may_be_new(name, folder):
            return None
    return Unbuilt(why="which no file here builds", fix=_fix(name, folder, but))


def _fix(name: str, folder: ConfigFolder, but: str) -> str:
    models = (model for model, project in projects_of_models(folder).items() if project != but)
    near = nearest_table(name, sorted({*folder.by_name, *models} - {but}))
    if near:
        return table_name_fix(near)
    projects = [name for file in folder.projects if (name := file.config.project.name) != but]
    or_models = f", or models of {any_of(projects)}" if projects else ""
    return f"name tables that have a file here{or_models}; others need no waiting for"
