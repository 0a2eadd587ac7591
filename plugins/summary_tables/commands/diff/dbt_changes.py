"""The files of a dbt project before and behind a pull request, and which of them it changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from summary_tables.commands.diff.git_tree import (
    ChangeKind,
    GitFolder,
    changed_files,
    contents_at,
    file_at,
    renamed_files,
)
from summary_tables.dbt.project_files import mapping_of
from summary_tables.dbt.project_folder import MODELS, SEEDS, ends_with
from summary_tables.dbt.project_texts import MANIFEST, files_on_disk, is_only_named, is_wanted

_PACKAGE_FILES: Final = ("packages.yml", "dependencies.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two states of a repository. `head` None: the files as they are now."""

    git: GitFolder
    base: str
    head: str | None

    def before(self, inside: PurePosixPath) -> Mapping[str, str]:
        """The texts of the project in a folder, by their paths from it. Raises GitError."""
        return _texts(self._at(self.base, inside, is_wanted))

    def after(self, inside: PurePosixPath) -> Mapping[str, str]:
        """The same as it is now. Raises GitError."""
        if self.head is None:
            return _texts(dict(files_on_disk(self.git.root / inside)))
        return _texts(self._at(self.head, inside, is_wanted))

    def files_after(self, inside: PurePosixPath) -> Mapping[PurePosixPath, bytes]:
        """What lint reads of a project in the commit `head`, a manifest included. Raises GitError."""
        return self._at(self.head, inside, lambda path: is_wanted(path) or path == MANIFEST) if self.head else {}

    def base_file(self, path: PurePosixPath) -> bytes | None:
        """What a file held; None: it was not there."""
        return file_at(self.git, self.base, path)

    def _at(
        self, commit: str, inside: PurePosixPath, wanted: Callable[[PurePosixPath], bool]
    ) -> Mapping[PurePosixPath, bytes]:
        folder = GitFolder(root=self.git.root, path=self.git.root / inside, inside=inside)
        return contents_at(folder, commit, wanted, is_only_named)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChanges:
    """Paths are from the project's folder. `files`: models, seeds and snapshots, `renamed` those with another name.

    `packages`: the names of those that the project uses no longer.
    """

    files: Mapping[str, ChangeKind] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    packages: frozenset[str] = frozenset()


def project_changes(
    sides: Sides, inside: PurePosixPath, before: Mapping[str, str], after: Mapping[str, str]
) -> ProjectChanges:
    """Of the project at `inside`, from the root of the repository, which has these texts. Raises GitError."""
    files = changed_files(sides.git, sides.base, sides.head, [inside])
    renamed = renamed_files(sides.git, sides.base, sides.head, [inside])
    return ProjectChanges(
        files={
            path.relative_to(inside).as_posix(): kind
            for path, kind in files.items()
            if ends_with(path.name, (*MODELS, *SEEDS))
            and is_wanted(path.relative_to(inside))
            and not _is_same(path.relative_to(inside), before, after)
        },
        renamed={
            old.relative_to(inside).as_posix(): new.relative_to(inside).as_posix()
            for old, new in renamed.items()
            if old.stem != new.stem and old in files
        },
        packages=_packages(before) - _packages(after),
    )


def _is_same(path: PurePosixPath, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Only the ends of its lines change, to those of Windows or back. Of a seed the text is not known."""
    old, new = before.get(path.as_posix()), after.get(path.as_posix())
    if is_only_named(path) or old is None or new is None:
        return False
    return old.replace("\r\n", "\n") == new.replace("\r\n", "\n")


def _texts(files: Mapping[PurePosixPath, bytes]) -> Mapping[str, str]:
    return {path.as_posix(): content.decode("utf-8", errors="replace") for path, content in files.items()}


def _packages(texts: Mapping[str, str]) -> frozenset[str]:
    """Each by the end of its name or address, which is what dbt calls it where nobody chose another."""
    written = (mapping_of(texts.get(name, "")).get("packages") for name in _PACKAGE_FILES)
    entries = (entry for found in written for entry in _list(found) if isinstance(entry, dict))
    places = (str(entry.get("package") or entry.get("local") or entry.get("git") or "") for entry in entries)
    return frozenset(place.rstrip("/").removesuffix(".git").rpartition("/")[2] for place in places if place)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
