"""What is wrong with the file of a dbt project that its schema allows, and with the project as far as that shows there.

dbt is not asked: what it knows of the project stands in the manifest, which `summary-tables dbt manifest` has it write.
"""

from collections.abc import Iterator
from typing import Final

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.dbt.project_folder import ProjectFolder, read_project_folder
from summary_tables.lint.facts.unbuilt import nobody_builds
from summary_tables.lint.missing_project import PROJECT_RULE, unusable
from summary_tables.lint.project_circles import circles
from summary_tables.lint.project_manifest import of_manifest
from summary_tables.lint.project_reads import unawaited
from summary_tables.lint.rules import day_or_weekday, modeline, other_connection, owner, seldom_parent, unknown_pool
from summary_tables.lint.rules.rule import problems
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.problem import Finding, Place, Problem
from summary_tables.text.english import any_of, listed
from summary_tables.text.spelling import nearest

MANIFEST_RULE: Final = "dbt-manifest"
SCHEMA: Final = "dbt_project.schema.json"
_RULES: Final = (day_or_weekday.RULE, owner.RULE, other_connection.RULE, seldom_parent.RULE, unknown_pool.RULE)


def project_problems(file: DbtFile, folder: ConfigFolder) -> Iterator[Problem]:
    """All that is wrong."""
    if missing := unusable(file):
        yield from missing
        return
    project = read_project_folder(file.config.folder)
    if project:
        yield from (Problem.of(each, file.path, rule=PROJECT_RULE) for each in _of_project(file, project))
        yield from (
            Problem.of(each, file.path, rule=MANIFEST_RULE, level="warning") for each in of_manifest(file, project)
        )
    yield from _rules_of_tables(file, folder)
    yield from (Problem.of(each, file.path, rule="after") for each in _after(file, folder))
    yield from unawaited(file, folder)
    yield from (Problem.of(each, file.path, rule="after-cycle") for each in circles(file, folder))


def _rules_of_tables(file: DbtFile, folder: ConfigFolder) -> Iterator[Problem]:
    """What is said of a table's file and holds for a project's in the same words."""
    as_table = TableFile(config=file.config.as_table, document=file.document)
    for rule in _RULES:
        yield from problems(rule, as_table, folder)
    for finding in modeline.mistakes(file.document.text, folder, SCHEMA):
        yield Problem.of(finding, file.path, rule=modeline.RULE.id, level=modeline.RULE.level)


def _of_project(file: DbtFile, project: ProjectFolder) -> Iterator[Finding[Place]]:
    target, targets = file.config.project.dbt.target, sorted(project.targets)
    if targets and target not in targets:
        said = "target" in file.document.data[DBT_KEY] if isinstance(file.document.data, dict) else False
        near = nearest(target, targets)
        yield Finding(
            place=file.place_of((DBT_KEY, "target") if said else (DBT_KEY, "project")),
            message=f"the project has no target {target}: its profiles.yml has {listed(targets)}",
            fix=f"write `target: {near or targets[0]}`" if near or len(targets) == 1 else f"name {any_of(targets)}",
        )
    if project.wants_packages:
        yield Finding(
            place=file.place_of((DBT_KEY, "project")),
            message="the project uses packages that are not there",
            fix=f"run `dbt deps` in {file.config.project.dbt.project} where the deployment is made",
        )


def _after(file: DbtFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    """`after` names tables of this folder; of other projects, too."""
    for name, path in table_paths(file.config.project.schedule):
        if found := nobody_builds(name, folder, but=file.config.project.name):
            yield Finding(
                place=file.place_of(path),
                message=f"`after` names {name}, {found.why}, so this project would never start",
                fix=found.fix,
            )
