"""Tables of dbt projects that are there before a pull request and not behind it, and columns that a contract loses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from summary_tables.commands.diff.dbt_changes import Sides
from summary_tables.commands.diff.dbt_sides import ProjectSides, folder_named, project_sides, tables_of
from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.dbt.ignored_files import IGNORE_FILE
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.project_folder import MODELS, PROJECT_FILE, ends_with
from summary_tables.dbt.records import Model
from summary_tables.lint.facts.model_queries import ModelQuery, queries_of
from summary_tables.lint.facts.project_models import is_table


@dataclass(frozen=True, slots=True, kw_only=True)
class LostModel:
    """`project` is the name of its file, `path` the model's, from the folder above `dag_configs/`. `kind`: dbt's word.

    `table`: its full name; empty where only dbt knows its schema. `what` goes on behind "the dbt model orders": `is
    deleted`. `instead`: the table that has its rows now.
    """

    project: str
    model: str
    path: str
    what: str
    kind: str = "model"
    table: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostColumns:
    """Columns that a model's contract promises no more. `table`: its full name."""

    project: str
    model: str
    table: str
    columns: tuple[str, ...]


class _Fate(NamedTuple):
    """What becomes of a model, and the table that has its rows now."""

    what: str
    instead: str = ""


@dataclass(frozen=True, kw_only=True)
class DbtProjects:
    """The dbt projects that files of either state of the folder name, by their folders."""

    before: ConfigFolder
    after: ConfigFolder
    projects: Mapping[str, ProjectSides]

    def of(self, file: DbtFile) -> ProjectSides:
        return self.projects[folder_named(file)]

    @cached_property
    def lost(self) -> tuple[LostModel, ...]:
        """Each once, in the order of the files."""
        found = (each for file in self.before.projects for each in self._lost_of(file))
        kept = (each for each in found if each.table not in self.after.by_name)
        return tuple({(each.model, each.table): each for each in kept}.values())

    @cached_property
    def lost_columns(self) -> tuple[LostColumns, ...]:
        return tuple(each for file in self.after.projects for each in _lost_columns(file, self.of(file)))

    @cached_property
    def queries_before(self) -> Mapping[str, ModelQuery]:
        """Those of the models that the projects built, by full name, as far as that is known."""
        return _queries(self.before, lambda file: self.of(file).manifest_before(file))

    @cached_property
    def queries_after(self) -> Mapping[str, ModelQuery]:
        """The same of those that they build behind the pull request."""
        return _queries(self.after, lambda file: self.of(file).manifest_after(file))

    @cached_property
    def built(self) -> frozenset[str]:
        """Full names of what the projects build behind the pull request; without schema where only dbt knows that."""
        nodes = (node for file in self.after.projects for node in tables_of(file, self.of(file).manifest_after(file)))
        return frozenset(_name(node) for node in nodes)

    def _lost_of(self, file: DbtFile) -> Iterator[LostModel]:
        project = self.of(file)
        for node in tables_of(file, project.manifest_before(file)):
            if _name(node) in self.built or node.relation.table in self.built:
                continue
            if fate := self._fate(node, file, project):
                yield LostModel(
                    project=file.config.project.name,
                    model=called(node),
                    path=project.path_of(node),
                    what=fate.what,
                    kind=node.resource_type,
                    table=known_name(node),
                    instead=fate.instead,
                )

    def _fate(self, node: Model, file: DbtFile, project: ProjectSides) -> _Fate | None:
        files = tuple(each for each in self.after.projects if self.of(each) is project)
        if not files:
            return _Fate(f"is built no more, as {file.config.file} is deleted")
        if not project.folder:
            return None
        now = next((each for each in files if each.config.project.name == file.config.project.name), files[0])
        after = project.manifest_after(now)
        if node.package in project.changes.packages:
            return _Fate(f"goes with the package {node.package}")
        if any(_is_same(each, node) for each in after.switched_off):
            return _Fate("is switched off")
        found = next((each for each in after.nodes.values() if _is_same(each, node)), None)
        if found is None:
            return _gone(node, project, after)
        if not is_table(found):
            return _Fate("becomes ephemeral")
        if found not in tables_of(now, after):
            key = "exclude" if file.config.project.dbt.exclude != now.config.project.dbt.exclude else "select"
            return _Fate(f"is left out by `{key}` in {now.config.file}")
        if not (node.relation.schema and found.relation.schema) and node.relation.table == found.relation.table:
            return None
        return _becomes(found)


def _queries(folder: ConfigFolder, manifest_of: Callable[[DbtFile], Manifest]) -> Mapping[str, ModelQuery]:
    found: dict[str, ModelQuery] = {}
    for file in folder.projects:
        manifest = manifest_of(file)
        found |= queries_of(file, manifest, tables_of(file, manifest))
    return {name: query for name, query in found.items() if name not in folder.by_name}


def called(node: Model) -> str:
    """As dbt names it in its messages."""
    return f"{node.name}.v{node.version}" if node.version else node.name


def known_name(node: Model) -> str:
    """Its full name; empty where only dbt knows its schema."""
    return node.relation.full_name if node.relation.schema else ""


def _becomes(node: Model) -> _Fate:
    return _Fate(f"becomes {_name(node)}", known_name(node))


def _is_latest_of(one: Model, other: Model) -> bool:
    """A version of what had none."""
    return one.name == other.name and not other.version and one.version == (one.latest_version or one.version)


def _name(node: Model) -> str:
    return known_name(node) or node.relation.table


def _is_same(one: Model, other: Model) -> bool:
    """It keeps its name when its file moves, and its file when it becomes a version."""
    is_called_so = (one.name, one.version, one.package) == (other.name, other.version, other.package)
    return is_called_so or (one.path == other.path and ends_with(one.path, MODELS) and one.name == other.name)


def _gone(node: Model, project: ProjectSides, after: Manifest) -> _Fate:
    if found := next((each for each in after.nodes.values() if _is_latest_of(each, node)), None):
        return _becomes(found)
    if new := project.changes.renamed.get(node.path):
        found = next((each for each in after.nodes.values() if each.path == new), None)
        return _Fate(f"is renamed to {PurePosixPath(new).stem}", known_name(found) if found else "")
    if project.folder and project.folder.ignored.has(node.path):
        return _Fate(f"is left out by {IGNORE_FILE}")
    if node.path in project.after and not _is_part(node):
        return _Fate(f"stands in no folder that {PROJECT_FILE} names any more")
    return _Fate("is deleted")


def _is_part(node: Model) -> bool:
    """Its file holds others, too."""
    return node.resource_type == "snapshot"


def dbt_projects(sides: Sides, before: ConfigFolder, after: ConfigFolder) -> DbtProjects:
    """Raises GitError."""
    named = dict.fromkeys(map(folder_named, (*after.projects, *before.projects)))
    return DbtProjects(before=before, after=after, projects={each: project_sides(each, sides) for each in named})


def _lost_columns(file: DbtFile, project: ProjectSides) -> Iterator[LostColumns]:
    before = {node.unique_id: node for node in project.manifest_before(file).models if node.has_contract}
    for node in tables_of(file, project.manifest_after(file)):
        old = before.get(node.unique_id)
        kept = {column.name.lower() for column in node.columns}
        gone = tuple(column.name for column in old.columns if column.name.lower() not in kept) if old else ()
        if gone and node.has_contract:
            yield LostColumns(
                project=file.config.project.name, model=called(node), table=known_name(node), columns=gone
            )
