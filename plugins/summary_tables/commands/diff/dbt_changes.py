"""Which files of the folder's dbt projects a pull request changes, and what of that can be read without dbt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

import yaml

from summary_tables.commands.diff.git_tree import ChangeKind, GitFolder, changed_files, file_at, renamed_files
from summary_tables.dbt.project_folder import MODELS, PROJECT_FILE, SEEDS, ProjectFolder

_PACKAGE_FILES: Final = ("packages.yml", "dependencies.yml")
_PROPERTIES: Final = (".yml", ".yaml")
_KINDS: Final = ("models", "seeds", "snapshots")
_IN_CONFIG: Final = {
    "becomes ephemeral": re.compile(r"\bconfig\s*\([^)]*\bmaterialized\s*=\s*['\"]ephemeral['\"]"),
    "is switched off": re.compile(r"\bconfig\s*\([^)]*\benabled\s*=\s*[Ff]alse\b"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChanges:
    """Paths are from the project's folder. `files`: models, seeds and snapshots, `renamed` those with another name.

    `switched`: by the name of a model, what becomes of it by its own `config`. `packages`: the names of those that the
    project uses no longer. `is_touched`: anything of the project changes by which models may go.
    """

    files: Mapping[str, ChangeKind] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    switched: Mapping[str, str] = field(default_factory=dict)
    packages: frozenset[str] = frozenset()
    is_touched: bool = False

    @property
    def deleted(self) -> Mapping[str, str]:
        """The path of each file that goes -> what becomes of its model. One that only moves does not go."""
        kept = {_stem(path) for path, kind in self.files.items() if kind == "added"}
        return {
            path: f"is renamed to {_stem(self.renamed[path])}" if path in self.renamed else "is deleted"
            for path, kind in self.files.items()
            if kind == "deleted" and _stem(path) not in kept
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two states of a repository. `head` None: the files as they are now."""

    git: GitFolder
    base: str
    head: str | None

    def texts(self, path: PurePosixPath) -> tuple[str, str]:
        """What a file says on both; empty where it is not there."""
        return self._text(file_at(self.git, self.base, path)), self._text(self._now(path))

    def _now(self, path: PurePosixPath) -> bytes | None:
        if self.head is not None:
            return file_at(self.git, self.head, path)
        place = self.git.root / path
        return place.read_bytes() if place.is_file() else None

    @staticmethod
    def _text(content: bytes | None) -> str:
        return (content or b"").decode("utf-8", errors="replace")


def model_folders(project: ProjectFolder | None) -> tuple[str, ...]:
    """Where the files of models, seeds and snapshots stand; those of dbt where nothing says it."""
    if project is None:
        return _KINDS
    return (*project.model_folders, *project.seed_folders, *project.snapshot_folders)


def project_changes(sides: Sides, inside: PurePosixPath, project: ProjectFolder | None) -> ProjectChanges:
    """Of the project at `inside`, from the root of the repository. Raises GitError."""
    folders = [inside / folder for folder in model_folders(project)]
    others = [inside / name for name in (PROJECT_FILE, *_PACKAGE_FILES)]
    found = changed_files(sides.git, sides.base, sides.head, [*folders, *others])
    files = {path: kind for path, kind in found.items() if path.suffix in (*MODELS, *SEEDS)}
    renamed = renamed_files(sides.git, sides.base, sides.head, folders)
    switched: dict[str, str] = {}
    for path, kind in found.items():
        if kind != "deleted" and path.suffix == ".sql":
            switched |= _switched_in_sql(path.stem, *sides.texts(path))
        elif path.suffix in _PROPERTIES and path not in others:
            switched |= _switched_in_properties(*sides.texts(path))
    return ProjectChanges(
        files={path.relative_to(inside).as_posix(): kind for path, kind in files.items()},
        renamed={
            old.relative_to(inside).as_posix(): new.relative_to(inside).as_posix()
            for old, new in renamed.items()
            if old.stem != new.stem and old in files
        },
        switched=switched,
        packages=frozenset().union(*(_packages_gone(*sides.texts(inside / name)) for name in _PACKAGE_FILES)),
        is_touched=bool(found),
    )


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _switched_in_sql(model: str, before: str, after: str) -> dict[str, str]:
    for words, pattern in _IN_CONFIG.items():
        if pattern.search(after) and not pattern.search(before):
            return {model: words}
    return {}


def _switched_in_properties(before: str, after: str) -> dict[str, str]:
    old, new = _configs(before), _configs(after)
    found = ((name, _switched_by(old.get(name, {}), config)) for name, config in new.items())
    return {name: words for name, words in found if words}


def _switched_by(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if after.get("enabled") is False and before.get("enabled") is not False:
        return "is switched off"
    if after.get("materialized") == "ephemeral" and before.get("materialized") != "ephemeral":
        return "becomes ephemeral"
    return ""


def _configs(text: str) -> dict[str, Mapping[str, Any]]:
    """The `config` of each model, seed and snapshot that a file describes."""
    data = _mapping(text)
    entries = (entry for kind in _KINDS for entry in _list(data.get(kind)) if isinstance(entry, dict))
    return {
        str(entry.get("name")): config if isinstance(config := entry.get("config"), dict) else {} for entry in entries
    }


def _packages_gone(before: str, after: str) -> frozenset[str]:
    return _packages(before) - _packages(after)


def _packages(text: str) -> frozenset[str]:
    """Each by the end of its name or address, which is what dbt calls it where nobody chose another."""
    entries = (entry for entry in _list(_mapping(text).get("packages")) if isinstance(entry, dict))
    places = (str(entry.get("package") or entry.get("local") or entry.get("git") or "") for entry in entries)
    return frozenset(place.rstrip("/").removesuffix(".git").rpartition("/")[2] for place in places if place)


def _mapping(text: str) -> Mapping[str, Any]:
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
