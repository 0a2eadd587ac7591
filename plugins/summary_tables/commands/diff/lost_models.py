"""Tables of dbt projects that are there before a pull request and not behind it, and columns that a contract loses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from summary_tables.commands.diff.dbt_changes import Sides
from summary_tables.commands.diff.dbt_sides import ProjectSides, folder_named, project_sides, tables_of
from summary_tables.configs.dbt_config import DbtFile
from summary_tables.configs.folder import ConfigFolder
from summary_tables.dbt.records import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class LostModel:
    """`project` is the name of its file, `path` the model's, from the folder above `dag_configs/`.

    `table`: its full name; empty where only its file is known, which is called as the table where no alias says
    another. `what` goes on behind "the dbt model orders": `is deleted`. `instead`: the table that has its rows now.
    """

    project: str
    model: str
    path: str
    what: str
    table: str = ""
    instead: str = ""

    def is_read_as(self, name: str) -> bool:
        """Whether a table that somebody reads is this one."""
        return name == self.table if self.table else name.rpartition(".")[2] == self.model


@dataclass(frozen=True, slots=True, kw_only=True)
class LostColumns:
    """Columns that a model's contract promises no more. `table`: its full name."""

    project: str
    model: str
    table: str
    columns: tuple[str, ...]


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
        kept = (each for each in found if each.table not in self._built and each.table not in self.after.by_name)
        return tuple({(each.model, each.table): each for each in kept}.values())

    @cached_property
    def lost_columns(self) -> tuple[LostColumns, ...]:
        """Known where each side has a manifest."""
        return tuple(each for file in self.after.projects for each in _lost_columns(file, self.of(file)))

    @cached_property
    def _built(self) -> Mapping[str, Model]:
        """By full name, what the projects build behind the pull request."""
        found: dict[str, Model] = {}
        for file in self.after.projects:
            project = self.of(file)
            nodes = tables_of(file, project.after) if project.after else ()
            found |= {node.relation.full_name: node for node in nodes if not project.fate(node)}
        return found

    def _lost_of(self, file: DbtFile) -> Iterator[LostModel]:
        project, name = self.of(file), file.config.project.name
        known: set[str] = set()
        for node in tables_of(file, project.before) if project.before else ():
            known.add(PurePosixPath(node.path).stem)
            what, instead = self._fate(node, file, project)
            yield LostModel(
                project=name,
                model=node.name,
                path=project.path_of(node),
                what=what,
                table=node.relation.full_name,
                instead=instead,
            )
        for node, what in project.never_tables if project.changes.is_touched else ():
            known.add(PurePosixPath(node.path).stem)
            path = project.path_of(node)
            yield LostModel(project=name, model=node.name, path=path, what=what, table=node.relation.full_name)
        for path, what in self._lost_files(file, project).items():
            if (stem := PurePosixPath(path).stem) not in known:
                yield LostModel(project=name, model=stem, path=f"{project.named}/{path}", what=what)

    def _lost_files(self, file: DbtFile, project: ProjectSides) -> Mapping[str, str]:
        """What becomes of models of which no manifest knows, by the paths of their files."""
        changes = project.changes
        found = dict(changes.deleted)
        if project.before is None:
            stems = {PurePosixPath(path).stem: path for path in project.files_before}
            found |= {stems[name]: what for name, what in changes.switched.items() if name in stems}
            if not self._files_of(project):
                found = {path: _no_file(file) for path in project.files_before}
        return found

    def _fate(self, node: Model, file: DbtFile, project: ProjectSides) -> tuple[str, str]:
        """What becomes of a model, and the table that has its rows now."""
        files = self._files_of(project)
        if not files:
            return _no_file(file), ""
        if what := project.fate(node):
            new = project.changes.renamed.get(node.path, "")
            return what, f"{node.relation.schema}.{PurePosixPath(new).stem}" if new else ""
        if now := self._by_id.get(node.unique_id):
            return f"becomes {now.relation.full_name}", now.relation.full_name
        if what := {each.unique_id: what for each, what in project.never_tables}.get(node.unique_id, ""):
            return what, ""
        if project.after and node.unique_id not in project.after.nodes:
            return "is gone", ""
        key = "exclude" if file.config.project.dbt.exclude != files[0].config.project.dbt.exclude else "select"
        return f"is left out by `{key}` in {files[0].config.file}", ""

    @cached_property
    def _by_id(self) -> Mapping[str, Model]:
        return {node.unique_id: node for node in self._built.values()}

    def _files_of(self, project: ProjectSides) -> tuple[DbtFile, ...]:
        """Those that name the project behind the pull request."""
        return tuple(file for file in self.after.projects if self.of(file) is project)


def dbt_projects(sides: Sides, before: ConfigFolder, after: ConfigFolder) -> DbtProjects:
    """Raises GitError."""
    named = dict.fromkeys(map(folder_named, (*after.projects, *before.projects)))
    return DbtProjects(before=before, after=after, projects={each: project_sides(each, sides) for each in named})


def _no_file(file: DbtFile) -> str:
    return f"is built no more, as {file.config.file} is deleted"


def _lost_columns(file: DbtFile, project: ProjectSides) -> Iterator[LostColumns]:
    if project.old is None or project.new is None:
        return
    before = {node.unique_id: node for node in project.old.models if node.has_contract}
    for node in tables_of(file, project.new):
        old = before.get(node.unique_id)
        kept = {column.name.lower() for column in node.columns}
        gone = tuple(column.name for column in old.columns if column.name.lower() not in kept) if old else ()
        if gone and node.has_contract:
            name = node.relation.full_name
            yield LostColumns(project=file.config.project.name, model=node.name, table=name, columns=gone)
