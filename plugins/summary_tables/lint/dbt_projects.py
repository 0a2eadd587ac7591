"""What is wrong with the file of a dbt project that its schema allows, and with the project as far as that shows there.

dbt is not asked: what it knows of the project stands in the manifest, which `summary-tables dbt manifest` has it write.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.project_folder import ProjectFolder, read_project_folder
from summary_tables.dbt.selection import selected
from summary_tables.lint.facts.project_tables import tables_of_projects
from summary_tables.lint.missing_project import PROJECT_RULE, unusable
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.problem import Finding, Place, Problem
from summary_tables.text.english import any_of, listed
from summary_tables.text.spelling import nearest, nearest_table

MANIFEST_RULE: Final = "dbt-manifest"


def project_problems(file: DbtFile, folder: ConfigFolder) -> Iterator[Problem]:
    """All that is wrong."""
    if missing := unusable(file):
        yield from missing
        return
    project = read_project_folder(file.config.folder)
    if project:
        yield from (Problem.of(each, file.path, rule=PROJECT_RULE) for each in _of_project(file, project))
        yield from (
            Problem.of(each, file.path, rule=MANIFEST_RULE, level="warning") for each in _of_manifest(file, project)
        )
    yield from (Problem.of(each, file.path, rule="after") for each in _after(file, folder))


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


def _of_manifest(file: DbtFile, project: ProjectFolder) -> Iterator[Finding[Place]]:
    place, command = file.place_of((DBT_KEY, "project")), f"run `summary-tables dbt manifest {file.config.file}`"
    if not project.manifest.is_file():
        yield Finding(
            place=place,
            message="what the project builds is not known yet: target/manifest.json is missing",
            fix=f"{command}, where lint runs and where Airflow reads the files",
        )
        return
    manifest = read_manifest(project.manifest)
    if not isinstance(manifest, Manifest):
        yield Finding(place=place, message=f"its target/manifest.json is of no use: {manifest.message}", fix=command)
        return
    if changed := _changed(project, manifest):
        shown = listed([*changed[:3], *([f"{len(changed) - 3:,} more"] if len(changed) > 3 else [])])
        yield Finding(
            place=place,
            message=f"target/manifest.json is older than the project: {shown} changed since",
            fix=command,
        )
        return
    yield from _selects_nothing(file, manifest)


def _selects_nothing(file: DbtFile, manifest: Manifest) -> Iterator[Finding[Place]]:
    dbt = file.config.project.dbt
    if not manifest.nodes:
        return
    for place, word in enumerate(dbt.select):
        if selected(manifest, (word,)) == frozenset():
            near = nearest(word, sorted(node.name for node in manifest.nodes.values()))
            yield Finding(
                place=file.place_of((DBT_KEY, "select", place)),
                message=f"`{word}` selects nothing of the project",
                fix=f"write `{near}`" if near else "name a model, or a tag, path or package of one, as `dbt ls` does",
            )
    everything = any(selected(manifest, (word,)) == frozenset() for word in dbt.select)
    if not everything and selected(manifest, dbt.select, dbt.exclude) == frozenset():
        yield Finding(
            place=file.place_of((DBT_KEY, "exclude")),
            message="nothing is left to build: `exclude` takes away all that is selected",
            fix="take words out of `exclude`",
        )


def _changed(project: ProjectFolder, manifest: Manifest) -> list[str]:
    """The models of the project whose file is new, gone, or not what dbt has read."""
    known = {node.path: node.raw_code for node in manifest.models if node.package == manifest.project}
    found = {
        path.relative_to(project.path).as_posix(): path
        for folder in project.model_folders
        for path in sorted((project.path / folder).rglob("*.sql"))
    }
    gone = [path for path in known if path.endswith(".sql") and path not in found]
    off = {each.rpartition(".")[2] for each in manifest.disabled}
    new = [path for path, file in found.items() if path not in known and file.stem not in off]
    return sorted(
        [
            *gone,
            *new,
            *(
                path
                for path in found.keys() & known.keys()
                if _digest(found[path].read_text("utf-8", errors="replace")) != _digest(known[path])
            ),
        ]
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.strip().encode()).digest()


def _after(file: DbtFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    """`after` names tables of this folder; of other projects, too."""
    schedule = file.config.project.schedule
    built = {**dict.fromkeys(folder.by_name), **dict.fromkeys(tables_of_projects(folder) or ())}
    if tables_of_projects(folder) is None:
        return
    for name in schedule.tables:
        if name not in built and name.partition(".")[2] not in folder.unreadable:
            near = nearest_table(name, sorted(built))
            yield Finding(
                place=file.place_of(("schedule", "after")),
                message=f"`after` names {name}, which nothing here builds, so this project would never start",
                fix=f"write `{near}`" if near else "name tables that have a file here",
            )
