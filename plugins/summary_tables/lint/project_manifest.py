"""Whether the manifest of a dbt project says what the project builds now, and for this file."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Final

from summary_tables.configs.dbt_config import DbtFile
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.project_files import content
from summary_tables.dbt.project_folder import (
    MODELS,
    PROFILES_FILE,
    PROJECT_FILE,
    PROPERTIES,
    SEEDS,
    ProjectFolder,
    ends_with,
    schema_of,
)
from summary_tables.dbt.records import Model
from summary_tables.dbt.selection import selected
from summary_tables.lint.facts.project_models import manifest_of
from summary_tables.model.dbt_project import DBT_KEY
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import listed
from summary_tables.text.spelling import nearest

_MOST_NAMES: Final = 3


def of_manifest(file: DbtFile, project: ProjectFolder) -> Iterator[Finding[Place]]:
    """What is wrong with it, and with what the file selects of it."""
    place, command = file.place_of((DBT_KEY, "project")), f"run `summary-tables dbt manifest {file.config.file}`"
    if not project.manifest.is_file():
        yield Finding(
            place=place,
            message="what the project builds is not known yet: target/manifest.json is missing",
            fix=f"{command}, where lint runs and where Airflow reads the files",
        )
        return
    manifest = manifest_of(project.manifest)
    if not isinstance(manifest, Manifest):
        yield Finding(place=place, message=f"its target/manifest.json is of no use: {manifest.message}", fix=command)
        return
    if changed := changed_files(project, manifest):
        yield Finding(
            place=place,
            message=f"target/manifest.json is older than the project: {_some(changed)} changed since",
            fix=command,
        )
        return
    if other_now := next(said_otherwise(file, project, manifest), ""):
        yield Finding(
            place=place,
            message=f"target/manifest.json is older than the project: by what its files say now, {other_now}",
            fix=command,
        )
        return
    if other := _other_schema(file, project, manifest):
        yield Finding(
            place=place,
            message=f"target/manifest.json was written for another target: there the models go to {listed(other)}, and "
            f"those of this file to {schema_of(project, file.config.project)}",
            fix=f"{command}, or write `schema: {other[0]}`" if len(other) == 1 else command,
        )
        return
    yield from _selects_nothing(file, manifest)


def said_otherwise(file: DbtFile, project: ProjectFolder, manifest: Manifest) -> Iterator[str]:
    """What properties, macros and `dbt_project.yml` make of the models that the manifest has otherwise.

    Asked only where one of these files is newer: what dbt has just written is right, whatever is read here.
    """
    if not _has_newer_file(project):
        return
    # Imported here because templates are rarely read.
    from summary_tables.dbt.project_texts import texts_on_disk
    from summary_tables.dbt.written_project import written_project

    written = written_project(texts_on_disk(project.path), file.config.project)
    known = {(node.name, node.version): node for node in manifest.nodes.values() if node.package == manifest.project}
    for node in written.switched_off if written else ():
        if (node.name, node.version) in known:
            yield f"{node.name} is switched off"
    for node in written.nodes.values() if written else ():
        if before := known.get((node.name, node.version)):
            yield from _difference(before, node)


def _has_newer_file(project: ProjectFolder) -> bool:
    """Of those that are no model: of a model the manifest has the text."""
    written = project.manifest.stat().st_mtime_ns
    files = chain(
        (project.path / PROJECT_FILE, project.path / PROFILES_FILE),
        _below(project, project.property_folders, PROPERTIES),
        _below(project, project.macro_folders, ("",)),
    )
    return any(path.is_file() and path.stat().st_mtime_ns > written for path in files)


def _below(project: ProjectFolder, folders: Sequence[str], endings: tuple[str, ...]) -> Iterator[Path]:
    walks = chain.from_iterable(os.walk(project.path / folder) for folder in folders)
    return (Path(place) / name for place, _, names in walks for name in names if ends_with(name, endings))


def _difference(before: Model, now: Model) -> Iterator[str]:
    """The first that matters to others."""
    if (now.materialized == "ephemeral") is not (before.materialized == "ephemeral"):
        yield f"{now.name} is {'ephemeral' if now.materialized == 'ephemeral' else 'a table'}"
    elif now.relation.schema and now.relation.full_name != before.relation.full_name:
        yield f"{now.name} goes to {now.relation.full_name}"
    elif now.has_contract and _names(now) != _names(before):
        yield f"the contract of {now.name} has other columns"


def _names(node: Model) -> set[str]:
    return {column.name.lower() for column in node.columns}


def _some(names: Sequence[str]) -> str:
    rest = [f"{len(names) - _MOST_NAMES:,} more"] if len(names) > _MOST_NAMES else []
    return listed([*names[:_MOST_NAMES], *rest])


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


def _other_schema(file: DbtFile, project: ProjectFolder, manifest: Manifest) -> list[str]:
    """Where the models go that name no schema; nothing where that is as the file has it, or the project decides it."""
    if any(each.name == "generate_schema_name" and each.package != "dbt" for each in manifest.macros.values()):
        return []
    wanted = schema_of(project, file.config.project)
    found = {
        node.relation.schema
        for node in manifest.nodes.values()
        if node.relation.table and not node.config.get("schema") and node.resource_type != "snapshot"
    }
    return [] if wanted in found else sorted(found)


def changed_files(project: ProjectFolder, manifest: Manifest) -> list[str]:
    """The models, seeds and snapshots whose file is new, gone, or not what dbt has read; paths from the project."""
    own = [node for node in (*manifest.nodes.values(), *manifest.switched_off) if node.package == manifest.project]
    known = {node.path: node for node in own}
    off = {each.rpartition(".")[2] for each in manifest.disabled}
    found = sorted(project.files())
    gone = [path for path in known if ends_with(path, (*MODELS, *SEEDS)) and not _is_read(path, project)]
    new = [path for path in found if path not in known and PurePosixPath(path).stem not in off]
    other = [path for path in found if path in known and _is_other(project.path / path, known[path])]
    return sorted({*gone, *new, *other})


def _is_read(path: str, project: ProjectFolder) -> bool:
    return (project.path / path).is_file() and not project.ignored.has(path)


def _is_other(file: Path, known: Model) -> bool:
    if known.resource_type != "model" or not known.raw_code:
        return False
    try:
        now = content(file).decode("utf-8", errors="replace")
    except OSError:
        return True
    return _digest(now) != _digest(known.raw_code)


def _digest(text: str) -> bytes:
    """git may write the ends of lines as Windows has them in one place, and not in another."""
    return hashlib.sha256(text.strip().replace("\r\n", "\n").encode()).digest()
