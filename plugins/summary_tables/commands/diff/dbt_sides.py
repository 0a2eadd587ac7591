"""A dbt project before and behind a pull request: its files, and its manifests, which are rarely in a commit.

Where there is one manifest, it is read for both sides, together with what the files say that changed.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from summary_tables.commands.diff.dbt_changes import ProjectChanges, Sides, model_folders, project_changes
from summary_tables.commands.diff.git_tree import file_at, files_at
from summary_tables.configs.dbt_config import DbtFile
from summary_tables.dbt.manifest import Manifest, manifest_from_json, read_manifest
from summary_tables.dbt.project_folder import MODELS, SEEDS, read_project_folder
from summary_tables.dbt.records import Model
from summary_tables.dbt.selection import selected
from summary_tables.lint.facts.project_models import is_table

_MANIFEST = PurePosixPath("target/manifest.json")


@dataclass(frozen=True, kw_only=True)
class ProjectSides:
    """`named` is its folder, from the one above `dag_configs/`; `old` and `new` are the manifests that there are."""

    named: str
    changes: ProjectChanges
    files_before: tuple[str, ...] = ()
    old: Manifest | None = None
    new: Manifest | None = None

    @property
    def before(self) -> Manifest | None:
        return self.old or self.new

    @property
    def after(self) -> Manifest | None:
        return self.new or self.old

    def fate(self, node: Model) -> str:
        """What becomes of a model by what the files say that change: `is deleted`; empty: it stays."""
        manifest = self.before
        if manifest and node.package != manifest.project:
            return f"goes with the package {node.package}" if node.package in self.changes.packages else ""
        return self.changes.deleted.get(node.path, "") or self.changes.switched.get(node.name, "")

    @cached_property
    def never_tables(self) -> tuple[tuple[Model, str], ...]:
        """What the manifest behind the pull request has and no run makes, with what is said of it."""
        if self.new is None:
            return ()
        inner = [(node, "becomes ephemeral") for node in self.new.nodes.values() if not is_table(node)]
        return (*inner, *((node, "is switched off") for node in self.new.switched_off))

    def path_of(self, node: Model) -> str:
        """From the folder above `dag_configs/`."""
        is_own = self.before is None or node.package == self.before.project
        return f"{self.named}/{'' if is_own else f'dbt_packages/{node.package}/'}{node.path}"


def project_sides(named: str, sides: Sides) -> ProjectSides:
    """Raises GitError."""
    folder, inside = sides.git.path.parent / named, sides.git.inside.parent / named
    project = read_project_folder(folder)
    places = [inside / each for each in model_folders(project)]
    written = file_at(sides.git, sides.base, inside / _MANIFEST)
    old = manifest_from_json(written, folder / _MANIFEST) if written else None
    new = read_manifest(folder / _MANIFEST)
    return ProjectSides(
        named=named,
        changes=project_changes(sides, inside, project),
        files_before=tuple(
            path.relative_to(inside).as_posix()
            for path in files_at(sides.git, sides.base, places)
            if path.suffix in (*MODELS, *SEEDS)
        ),
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
