"""The folder of a dbt project, as far as `dbt_project.yml` says, and `profiles.yml` and `.dbtignore` if it has them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from summary_tables.dbt.ignored_files import IGNORE_FILE, Ignored, ignored_by
from summary_tables.dbt.project_files import content, mapping_of
from summary_tables.model.dbt_project import DbtProject

PROJECT_FILE: Final = "dbt_project.yml"
PROFILES_FILE: Final = "profiles.yml"
MODELS: Final = (".sql", ".py")
SEEDS: Final = (".csv",)
PROPERTIES: Final = (".yml", ".yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFolder:
    """`targets` are those of the project's own `profiles.yml`, each with its schema, empty where that is no plain text.

    They are empty where it has none. The folders of models, seeds, snapshots, macros and of all else that may have
    properties are paths from `path`; those that lead out of it are left out.
    `settings` is all that `dbt_project.yml` says, `ignored` what dbt leaves out.
    """

    path: Path
    name: str
    profile: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    model_folders: tuple[str, ...] = ("models",)
    seed_folders: tuple[str, ...] = ("seeds",)
    snapshot_folders: tuple[str, ...] = ("snapshots",)
    macro_folders: tuple[str, ...] = ("macros",)
    other_folders: tuple[str, ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)
    ignored: Ignored = field(default_factory=Ignored)

    @property
    def property_folders(self) -> tuple[str, ...]:
        """Where files may describe models, seeds, snapshots and sources."""
        folders = (*self.model_folders, *self.seed_folders, *self.snapshot_folders, *self.macro_folders)
        return (*folders, *self.other_folders)

    @property
    def manifest(self) -> Path:
        """Where dbt writes what it knows of the project."""
        return self.path / "target" / "manifest.json"

    def files(self) -> Iterator[str]:
        """The models and seeds; paths from `path`. Snapshots are described in files of any name."""
        for folders, endings in ((self.model_folders, MODELS), (self.seed_folders, SEEDS)):
            for folder in folders:
                for place, _, names in os.walk(self.path / folder):
                    inside = Path(place).relative_to(self.path)
                    found = ((inside / name).as_posix() for name in names if ends_with(name, endings))
                    yield from (path for path in found if not self.ignored.has(path))

    def files_called(self, name: str) -> Iterator[str]:
        """Those whose name without its ending is this one."""
        return (path for path in self.files() if PurePosixPath(path).stem == name)

    @property
    def wants_packages(self) -> bool:
        """The project names packages of others, and `dbt deps` has not brought them."""
        names = any((self.path / name).exists() for name in ("packages.yml", "dependencies.yml"))
        place = str(self.settings.get("packages-install-path") or "dbt_packages")
        return names and "{{" not in place and not (self.path / place).is_dir()


def read_project_folder(path: Path) -> ProjectFolder | None:
    """None: there is no project there that dbt could read."""
    ignore_file = _content(path / IGNORE_FILE).decode("utf-8", errors="replace")
    return project_folder(path, _content(path / PROJECT_FILE), _content(path / PROFILES_FILE), ignore_file)


def project_folder(
    path: Path, project_file: bytes | str, profiles_file: bytes | str, ignore_file: str = ""
) -> ProjectFolder | None:
    """The same of a folder whose files say this."""
    project = mapping_of(project_file)
    name = project.get("name")
    if not isinstance(name, str) or not name:
        return None
    profile = project.get("profile")
    found = profile if isinstance(profile, str) and profile else name
    return ProjectFolder(
        path=path,
        name=name,
        profile=found,
        settings=project,
        model_folders=_folders(project, "model-paths", "source-paths", without="models"),
        seed_folders=_folders(project, "seed-paths", "data-paths", without="seeds"),
        snapshot_folders=_folders(project, "snapshot-paths", without="snapshots"),
        macro_folders=_folders(project, "macro-paths", without="macros"),
        other_folders=tuple(
            each
            for name, without in (
                ("analysis-paths", "analyses"),
                ("test-paths", "tests"),
                ("function-paths", "functions"),
            )
            for each in _folders(project, name, without=without)
        ),
        targets=_targets(mapping_of(profiles_file).get(found)),
        ignored=ignored_by(ignore_file),
    )


def ends_with(name: str, endings: tuple[str, ...]) -> bool:
    """As dbt compares the endings of files: `A.SQL` is a model."""
    return name.lower().endswith(endings)


def schema_of(folder: ProjectFolder, project: DbtProject) -> str:
    """The schema of models that name none."""
    return project.dbt.schema or folder.targets.get(project.dbt.target, "") or project.name


def _folders(project: Mapping[str, Any], *keys: str, without: str) -> tuple[str, ...]:
    """By the first key that says them: some have an older name, too."""
    found = next((value for key in keys if isinstance(value := project.get(key), list) and value), [without])
    return tuple(name for name in map(str, found) if _is_inside(name))


def _is_inside(folder: str) -> bool:
    """Whatever a project names, no other files of the machine are listed, or told of."""
    path = PurePosixPath(folder)
    return not path.is_absolute() and ".." not in path.parts and "\0" not in folder


def _targets(profile: object) -> Mapping[str, str]:
    outputs = profile.get("outputs") if isinstance(profile, dict) else None
    if not isinstance(outputs, dict):
        return {}
    return {str(name): _plain(target.get("schema")) for name, target in outputs.items() if isinstance(target, dict)}


def _plain(value: object) -> str:
    return value if isinstance(value, str) and "{{" not in value else ""


def _content(path: Path) -> bytes:
    """Empty where there is no such file."""
    try:
        return content(path)
    except OSError:
        return b""
