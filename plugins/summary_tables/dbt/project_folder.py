"""The folder of a dbt project, as far as its own two files say: `dbt_project.yml`, and `profiles.yml` if it has one."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from summary_tables.model.dbt_project import DbtProject

PROJECT_FILE: Final = "dbt_project.yml"
PROFILES_FILE: Final = "profiles.yml"
MODELS: Final = (".sql", ".py")
SEEDS: Final = (".csv",)
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFolder:
    """`targets` are those of the project's own `profiles.yml`, each with its schema, empty where that is no plain text.

    They are empty where it has none. The folders of models, seeds and snapshots are paths from `path`.
    """

    path: Path
    name: str
    profile: str
    model_folders: tuple[str, ...] = ("models",)
    seed_folders: tuple[str, ...] = ("seeds",)
    snapshot_folders: tuple[str, ...] = ("snapshots",)
    targets: Mapping[str, str] = field(default_factory=dict)

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
                    yield from ((inside / name).as_posix() for name in names if name.endswith(endings))

    def files_called(self, name: str) -> Iterator[str]:
        """Those whose name without its ending is this one."""
        return (path for path in self.files() if PurePosixPath(path).stem == name)

    @property
    def wants_packages(self) -> bool:
        """The project names packages of others, and `dbt deps` has not brought them."""
        names = any((self.path / name).exists() for name in ("packages.yml", "dependencies.yml"))
        return names and not (self.path / "dbt_packages").is_dir()


def read_project_folder(path: Path) -> ProjectFolder | None:
    """None: there is no project there that dbt could read."""
    project = _mapping(path / PROJECT_FILE)
    name = project.get("name")
    if not isinstance(name, str) or not name:
        return None
    profile = project.get("profile")
    found = profile if isinstance(profile, str) and profile else name
    return ProjectFolder(
        path=path,
        name=name,
        profile=found,
        model_folders=_folders(project, "model-paths", "models"),
        seed_folders=_folders(project, "seed-paths", "seeds"),
        snapshot_folders=_folders(project, "snapshot-paths", "snapshots"),
        targets=_targets(_mapping(path / PROFILES_FILE).get(found)),
    )


def schema_of(folder: ProjectFolder, project: DbtProject) -> str:
    """The schema of models that name none."""
    return project.dbt.schema or folder.targets.get(project.dbt.target, "") or project.name


def _folders(project: Mapping[str, Any], key: str, without: str) -> tuple[str, ...]:
    found = project.get(key)
    return tuple(map(str, found)) if isinstance(found, list) and found else (without,)


def _targets(profile: object) -> Mapping[str, str]:
    outputs = profile.get("outputs") if isinstance(profile, dict) else None
    if not isinstance(outputs, dict):
        return {}
    return {str(name): _plain(target.get("schema")) for name, target in outputs.items() if isinstance(target, dict)}


def _plain(value: object) -> str:
    return value if isinstance(value, str) and "{{" not in value else ""


def _mapping(path: Path) -> Mapping[str, Any]:
    """Empty where there is no such file, or nothing that can be read."""
    try:
        found = yaml.load(path.read_bytes(), _Loader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}
