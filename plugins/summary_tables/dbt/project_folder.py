"""The folder of a dbt project, as far as its own two files say: `dbt_project.yml`, and `profiles.yml` if it has one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

PROJECT_FILE: Final = "dbt_project.yml"
PROFILES_FILE: Final = "profiles.yml"
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFolder:
    """`targets` are those of the project's own `profiles.yml`, each with its schema, empty where that is no plain text.

    They are empty where it has none. `model_folders` are paths from `path`.
    """

    path: Path
    name: str
    profile: str
    model_folders: tuple[str, ...] = ("models",)
    targets: Mapping[str, str] = field(default_factory=dict)

    @property
    def manifest(self) -> Path:
        """Where dbt writes what it knows of the project."""
        return self.path / "target" / "manifest.json"

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
    folders = project.get("model-paths")
    found = profile if isinstance(profile, str) and profile else name
    return ProjectFolder(
        path=path,
        name=name,
        profile=found,
        model_folders=tuple(map(str, folders)) if isinstance(folders, list) and folders else ("models",),
        targets=_targets(_mapping(path / PROFILES_FILE).get(found)),
    )


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
