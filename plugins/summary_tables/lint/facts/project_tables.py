"""The tables that a dbt project is known to build: those of its manifest, of which a few words are remembered.

A manifest may have 100 MB. It is read when it has changed, and never by a process that runs a task.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.known_good import KnownGood
from summary_tables.model.source_table import SourceColumn, SourceTable, TableKey

if TYPE_CHECKING:
    from summary_tables.dbt.manifest import Manifest
    from summary_tables.dbt.records import Model
    from summary_tables.model.problem import Problem

_NOTE: Final = ".dbt-"


def tables_of_projects(folder: ConfigFolder) -> frozenset[str] | None:
    """Full names of what all projects of the folder build; None: one of them has no manifest that says it."""
    found: set[str] = set()
    for file in folder.projects:
        names = project_tables(file.config, folder.memory)
        if names is None:
            return None
        found |= set(names)
    return frozenset(found)


def project_tables(config: DbtConfig, memory: KnownGood | None = None) -> tuple[str, ...] | None:
    """Full names of what one builds; None where no manifest says it: a run tells of what it has built all the same."""
    try:
        found = (config.folder / "target" / "manifest.json").stat()
    except OSError:
        return None
    dbt = config.project.dbt
    stamp = [found.st_mtime_ns, found.st_size, list(dbt.select), list(dbt.exclude)]
    note = f"{_NOTE}{config.project.name}"
    if memory and (kept := _kept(memory.note(note), stamp)) is not None:
        return kept
    names = _names(config)
    if memory and names is not None:
        memory.write_note(note, json.dumps([stamp, names]).encode())
    return names


def _kept(content: bytes, stamp: list[object]) -> tuple[str, ...] | None:
    try:
        before, names = json.loads(content)
    except (ValueError, TypeError):
        return None
    return tuple(map(str, names)) if before == stamp and isinstance(names, list) else None


def _names(config: DbtConfig) -> tuple[str, ...] | None:
    nodes = _built(config)
    return None if nodes is None else tuple(sorted({node.relation.full_name for node in nodes}))


def _built(config: DbtConfig) -> "tuple[Model, ...] | None":
    """What a run of the project makes; None where no manifest says it."""
    # Imported here because they are rarely needed.
    from summary_tables.dbt.manifest import Manifest
    from summary_tables.dbt.project_folder import read_project_folder
    from summary_tables.dbt.selection import selected

    folder = read_project_folder(config.folder)
    manifest = manifest_of(folder.manifest) if folder else None
    if not isinstance(manifest, Manifest):
        return None
    wanted = selected(manifest, config.project.dbt.select, config.project.dbt.exclude)
    nodes = (node for unique_id, node in manifest.nodes.items() if wanted is None or unique_id in wanted)
    return tuple(node for node in nodes if node.relation.table and node.materialized != "ephemeral")


def manifest_of(path: Path) -> "Manifest | Problem":
    """The manifest at `path`, or why there is none: read once, until it changes, for all files that are about it."""
    from summary_tables.dbt.manifest import read_manifest

    try:
        found = path.stat()
    except OSError:
        return read_manifest(path)
    return _read_once(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read_once(path: Path, _changed: int, _size: int) -> "Manifest | Problem":
    from summary_tables.dbt.manifest import read_manifest

    return read_manifest(path)


def sources_of_projects(folder: ConfigFolder) -> Mapping[TableKey, SourceTable]:
    """What the manifests say of the tables that projects build, for those whose files speak of none of them.

    The columns of a model are known where it has a contract: else its file names those that somebody described.
    """
    return dict(_sources(folder))


def _sources(folder: ConfigFolder) -> Iterator[tuple[TableKey, SourceTable]]:
    for file in folder.projects:
        for node in _built(file.config) or ():
            columns = tuple(
                SourceColumn(name=column.name, type=column.data_type, description=column.description)
                for column in node.columns
                if node.has_contract
            )
            table = SourceTable(
                name=node.relation.table,
                description=node.description,
                owner=node.owner or file.config.project.owner,
                columns=columns,
            )
            yield (node.relation.schema, node.relation.table), table


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectModel:
    """A table that a dbt project builds, by full names. `project` is what its file is called, and so its DAG."""

    full_name: str
    project: str
    reads: tuple[str, ...]


def models_of_projects(folder: ConfigFolder) -> tuple[ProjectModel, ...]:
    """Those of all projects whose manifest is there; what is no table of its own is passed through."""
    return tuple(chain.from_iterable(_models(file.config) for file in folder.projects))


def _models(config: DbtConfig) -> Iterator[ProjectModel]:
    from summary_tables.dbt.manifest import Manifest
    from summary_tables.dbt.project_folder import read_project_folder

    built = _built(config)
    folder = read_project_folder(config.folder)
    manifest = manifest_of(folder.manifest) if folder else None
    if built is None or not isinstance(manifest, Manifest):
        return
    for node in built:
        reads = tuple(dict.fromkeys(_tables(node.depends_on, manifest, set())))
        yield ProjectModel(full_name=node.relation.full_name, project=config.project.name, reads=reads)


def _tables(unique_ids: Iterable[str], manifest: "Manifest", seen: set[str]) -> Iterator[str]:
    for unique_id in unique_ids:
        if unique_id in seen:
            continue
        seen.add(unique_id)
        if source := manifest.sources_by_id.get(unique_id):
            yield source.relation.full_name
        elif node := manifest.nodes.get(unique_id):
            is_table = node.relation.table and node.materialized != "ephemeral"
            yield from (node.relation.full_name,) if is_table else _tables(node.depends_on, manifest, seen)
