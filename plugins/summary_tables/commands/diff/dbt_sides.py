"""A dbt project before and behind a pull request: what its files say, and manifests where there are any.

Files are known of both sides, and say what a run builds as far as that can be read without dbt. A manifest, which is
rarely in a commit, adds the models of packages and the schemas that only dbt knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from summary_tables.commands.diff.dbt_changes import ProjectChanges, Sides, project_changes
from summary_tables.configs.dbt_config import DbtFile
from summary_tables.dbt.ignored_files import IGNORE_FILE
from summary_tables.dbt.manifest import Manifest, manifest_from_json, read_manifest
from summary_tables.dbt.project_folder import PROFILES_FILE, PROJECT_FILE, ProjectFolder, project_folder
from summary_tables.dbt.project_texts import MANIFEST, PACKAGES_FOLDER
from summary_tables.dbt.records import Model
from summary_tables.dbt.selection import selected
from summary_tables.dbt.written_project import written_project
from summary_tables.lint.facts.project_models import is_table

_NOTHING: Final = Manifest(project="")


@dataclass(frozen=True, kw_only=True)
class ProjectSides:
    """`named` is its folder, from the one above `dag_configs/`; `before` and `after` are the texts of its files.

    `old` and `new` are the manifests that there are.
    """

    named: str
    changes: ProjectChanges
    before: Mapping[str, str]
    after: Mapping[str, str]
    old: Manifest | None = None
    new: Manifest | None = None
    _known: dict[object, Manifest] = field(default_factory=dict, repr=False, compare=False)

    def manifest_before(self, file: DbtFile) -> Manifest:
        """What the project was, as `file` ran it."""
        return self._kept(("before", _asked(file)), lambda: _joined(self._written(self.before, file), self._either(0)))

    def manifest_after(self, file: DbtFile) -> Manifest:
        """What it is now, as `file` runs it."""
        gone = self.changes.packages
        return self._kept(
            ("after", _asked(file)), lambda: _joined(self._written(self.after, file), self._either(1), gone)
        )

    @cached_property
    def folder(self) -> ProjectFolder | None:
        """As it is behind the pull request; where it cannot be read, lint says so."""
        return project_folder(
            Path(), *(self.after.get(name, "") for name in (PROJECT_FILE, PROFILES_FILE, IGNORE_FILE))
        )

    def path_of(self, node: Model) -> str:
        """From the folder above `dag_configs/`."""
        is_own = node.path in self.before or node.path in self.after
        return f"{self.named}/{'' if is_own else f'{PACKAGES_FOLDER}/{node.package}/'}{node.path}"

    def _either(self, side: int) -> Manifest | None:
        """That of a side; where it has none, the other's."""
        first, second = ((self.old, self.new), (self.new, self.old))[side]
        return first or second

    def _kept(self, key: object, make: Callable[[], Manifest]) -> Manifest:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]

    @staticmethod
    def _written(texts: Mapping[str, str], file: DbtFile) -> Manifest:
        return written_project(texts, file.config.project) or _NOTHING


def _asked(file: DbtFile) -> object:
    """All of a file that decides what the configs of a project mean."""
    dbt = file.config.project.dbt
    return dbt.target, dbt.schema, file.config.project.name, repr(dbt.vars)


def _joined(written: Manifest, real: Manifest | None, gone: frozenset[str] = frozenset()) -> Manifest:
    """What the files say; of packages, and where only dbt knows the schema, what the manifest does."""
    if real is None or written is _NOTHING:
        return written
    own = {_key(node): node for node in real.nodes.values() if node.package == real.project}
    brought = [node for node in real.nodes.values() if node.package != real.project and node.package not in gone]

    def nodes(kind: str, found: tuple[Model, ...]) -> tuple[Model, ...]:
        of_packages = (node for node in brought if node.resource_type == kind)
        return (*(_told(node, own.get(_key(node))) for node in found), *of_packages)

    return replace(
        written,
        models=nodes("model", written.models),
        seeds=nodes("seed", written.seeds),
        snapshots=nodes("snapshot", written.snapshots),
    )


def _key(node: Model) -> tuple[str, str]:
    return node.name, node.version


def _told(written: Model, real: Model | None) -> Model:
    return written if real is None or written.relation.schema else replace(written, relation=real.relation)


def project_sides(named: str, sides: Sides) -> ProjectSides:
    """Raises GitError."""
    folder, inside = sides.git.path.parent / named, sides.git.inside.parent / named
    content = sides.base_file(inside / MANIFEST)
    old = manifest_from_json(content, folder / MANIFEST) if content else None
    new = read_manifest(folder / MANIFEST)
    before, after = sides.before(inside), sides.after(inside)
    return ProjectSides(
        named=named,
        changes=project_changes(sides, inside, before, after),
        before=before,
        after=after,
        old=old if isinstance(old, Manifest) else None,
        new=new if isinstance(new, Manifest) else None,
    )


def tables_of(file: DbtFile, manifest: Manifest) -> tuple[Model, ...]:
    """Those that the file of a project selects; all of them where only dbt could say which."""
    dbt = file.config.project.dbt
    wanted = selected(manifest, dbt.select, dbt.exclude)
    nodes = (node for unique_id, node in manifest.nodes.items() if wanted is None or unique_id in wanted)
    return tuple(node for node in nodes if is_table(node))


def folder_named(file: DbtFile) -> str:
    """The folder of its project, written in one way."""
    return Path(file.config.project.dbt.project).as_posix()
