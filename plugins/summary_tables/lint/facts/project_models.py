"""What the manifests of dbt projects say of the tables that these build.

All that is asked here of a project is found once, until its manifest or what its file selects changes: lint asks for
each table's file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.configs.folder import ConfigFolder
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.project_folder import read_project_folder
from summary_tables.dbt.records import Model
from summary_tables.dbt.selection import selected
from summary_tables.lint.facts.project_stamp import Stamp, stamp_of
from summary_tables.model.problem import Problem
from summary_tables.model.source_table import SourceColumn, SourceTable, TableKey

_MOST_PROJECTS = 32


@dataclass(frozen=True, kw_only=True)
class ProjectContent:
    """`built`: the tables that a run makes. `left_out`: those of the project that its file does not select."""

    manifest: Manifest
    built: tuple[Model, ...]
    left_out: tuple[Model, ...] = ()

    @cached_property
    def absent(self) -> Mapping[str, Model]:
        """By full name, what no run makes: what is left out, is switched off, or is never a table."""
        ephemeral = (node for node in self.manifest.nodes.values() if not is_table(node))
        found = (*self.manifest.switched_off, *self.left_out, *ephemeral)
        return {node.relation.full_name: node for node in found if node.relation.table}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Model, ...]]:
        """What a run makes, by the name of the model and by that of its table, without schema."""
        found: dict[str, tuple[Model, ...]] = {}
        for node in self.built:
            for name in {node.name, node.relation.table}:
                found[name] = (*found.get(name, ()), node)
        return found

    @cached_property
    def paths(self) -> frozenset[str]:
        """Of all files that dbt has found."""
        return frozenset(node.path for node in (*self.manifest.nodes.values(), *self.manifest.switched_off))

    @cached_property
    def sources(self) -> frozenset[str]:
        """Full names of the tables that others fill."""
        return frozenset(source.relation.full_name for source in self.manifest.sources)


def content_of(config: DbtConfig) -> ProjectContent | None:
    """None: no manifest says what the project builds."""
    stamp = stamp_of(config)
    return content_at(stamp) if stamp else None


@lru_cache(maxsize=_MOST_PROJECTS)
def content_at(stamp: Stamp) -> ProjectContent | None:
    """The same of the project that `stamp` is of.

    Where its file selects with words that only dbt understands, all of it counts as built.
    """
    folder = read_project_folder(stamp.folder)
    manifest = manifest_of(folder.manifest) if folder else None
    if not isinstance(manifest, Manifest):
        return None
    wanted = selected(manifest, stamp.select, stamp.exclude)
    tables = [node for node in manifest.nodes.values() if is_table(node)]
    return ProjectContent(
        manifest=manifest,
        built=tuple(node for node in tables if wanted is None or node.unique_id in wanted),
        left_out=tuple(node for node in tables if wanted is not None and node.unique_id not in wanted),
    )


def is_table(node: Model) -> bool:
    """There is something in the warehouse to read: a table or a view."""
    return bool(node.relation.table) and node.materialized != "ephemeral"


def manifest_of(path: Path) -> Manifest | Problem:
    """The manifest at `path`, or why there is none: read once, until it changes, for all files that are about it."""
    try:
        found = path.stat()
    except OSError:
        return read_manifest(path)
    return _read_once(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=8)
def _read_once(path: Path, _changed: int, _size: int) -> Manifest | Problem:
    return read_manifest(path)


def sources_of_projects(folder: ConfigFolder) -> Mapping[TableKey, SourceTable]:
    """What the manifests say of the tables that projects build, for those whose files speak of none of them.

    The columns of a model are known where it has a contract: else its file names those that somebody described.
    """
    found: dict[TableKey, SourceTable] = {}
    for file in folder.projects:
        if stamp := stamp_of(file.config):
            found |= _sources(stamp, file.config.project.owner)
    return found


@lru_cache(maxsize=_MOST_PROJECTS)
def _sources(stamp: Stamp, owner: str) -> Mapping[TableKey, SourceTable]:
    content = content_at(stamp)
    return {
        (node.relation.schema, node.relation.table): SourceTable(
            name=node.relation.table,
            description=node.description,
            owner=node.owner or owner,
            columns=tuple(
                SourceColumn(name=column.name, type=column.data_type, description=column.description)
                for column in node.columns
                if node.has_contract
            ),
        )
        for node in (content.built if content else ())
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelColumn:
    """A column that a file of the project names; `type` is empty where it does not say one."""

    name: str
    type: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectModel:
    """A table that a dbt project builds. `project` is what its file is called, and so its DAG.

    `reads` are full names. `kind` is dbt's word: table, view, incremental, seed, snapshot. `path` is that of its file,
    from the project's folder. `has_all_columns`: a contract promises them; else they are those that somebody described.
    """

    full_name: str
    project: str
    reads: tuple[str, ...]
    name: str = ""
    kind: str = "table"
    description: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    columns: tuple[ModelColumn, ...] = field(default=())
    has_all_columns: bool = False
    path: str = ""


def models_of_projects(folder: ConfigFolder) -> tuple[ProjectModel, ...]:
    """Those of all projects whose manifest is there; what is no table of its own is passed through."""
    return tuple(chain.from_iterable(models_of(file.config) for file in folder.projects))


def models_of(config: DbtConfig) -> tuple[ProjectModel, ...]:
    """Those of one project; none where no manifest says them."""
    stamp = stamp_of(config)
    return _models(stamp, config.project.name) if stamp else ()


@lru_cache(maxsize=_MOST_PROJECTS)
def _models(stamp: Stamp, project: str) -> tuple[ProjectModel, ...]:
    content = content_at(stamp)
    if content is None:
        return ()
    return tuple(_model(node, project, content.manifest) for node in content.built)


def _model(node: Model, project: str, manifest: Manifest) -> ProjectModel:
    return ProjectModel(
        full_name=node.relation.full_name,
        project=project,
        reads=tables_read_by(node, manifest),
        name=node.name,
        kind=node.materialized or node.resource_type,
        description=node.description.strip(),
        owner=node.owner,
        tags=node.tags,
        columns=tuple(
            ModelColumn(name=column.name, type=column.data_type, description=column.description)
            for column in node.columns
        ),
        has_all_columns=node.has_contract,
        path=node.path,
    )


def tables_read_by(node: Model, manifest: Manifest) -> tuple[str, ...]:
    """Full names; what is no table of its own is passed through."""
    return tuple(dict.fromkeys(_tables(node.depends_on, manifest, set())))


def _tables(unique_ids: Iterable[str], manifest: Manifest, seen: set[str]) -> Iterator[str]:
    for unique_id in unique_ids:
        if unique_id in seen:
            continue
        seen.add(unique_id)
        if source := manifest.sources_by_id.get(unique_id):
            yield source.relation.full_name
        elif node := manifest.nodes.get(unique_id):
            yield from (node.relation.full_name,) if is_table(node) else _tables(node.depends_on, manifest, seen)
