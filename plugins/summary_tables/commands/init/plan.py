"""What `init` does with each file: decided before anything is written."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summary_tables.commands.init.earlier_files import EARLIER
from summary_tables.commands.init.record import Record, digest
from summary_tables.commands.init.repository_files import ROOT_IGNORE, RepositoryFile
from summary_tables.configs.config import FOLDER_NAME

State = Literal["missing", "outdated", "same", "edited", "deleted", "in the way", "would hide"]
"""`outdated`: as an earlier version wrote it. `edited`, `deleted`: by a person. `in the way`: what stands there is no
file of this folder. `would hide`: it would hide other people's DAGs from Airflow."""

WRITTEN: tuple[State, ...] = ("missing", "outdated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`standing` is what the file holds now; None: there is no such file."""

    file: RepositoryFile
    state: State
    standing: bytes | None = None

    @property
    def writes(self) -> bool:
        return self.state in WRITTEN


def plan(root: Path, files: Iterable[RepositoryFile], record: Record, replace: Collection[str]) -> tuple[Step, ...]:
    """A step for each file that belongs to the library. `replace`: what is written whatever a person did to it.

    Raises OSError.
    """
    return tuple(_step(root, file, record, may_replace=file.path in replace) for file in files)


def plan_configs(root: Path, files: Iterable[RepositoryFile]) -> tuple[Step, ...]:
    """Steps for the first configs: none where there are any."""
    folder = root / FOLDER_NAME
    if folder.exists() and any(path.suffix in (".yaml", ".yml") for path in folder.iterdir()):
        return ()
    return tuple(Step(file=file, state="missing" if _is_of(root, root / file.path) else "in the way") for file in files)


def _step(root: Path, file: RepositoryFile, record: Record, *, may_replace: bool) -> Step:
    path = root / file.path
    if not _is_of(root, path):
        return Step(file=file, state="in the way")
    if not path.exists():
        return Step(file=file, state=_state_of_missing(root, file, record, may_replace=may_replace))
    standing = path.read_bytes()
    if standing == file.text.encode():
        return Step(file=file, state="same", standing=standing)
    known = {record.digests.get(file.path), *EARLIER.get(file.path, ())}
    is_ours = may_replace or digest(standing) in known
    return Step(file=file, state="outdated" if is_ours else "edited", standing=standing)


def _state_of_missing(root: Path, file: RepositoryFile, record: Record, *, may_replace: bool) -> State:
    if may_replace:
        return "missing"
    if file.path in record.digests:
        return "deleted"
    return "would hide" if file.path == ROOT_IGNORE and _has_other_python(root) else "missing"


def _is_of(root: Path, path: Path) -> bool:
    """A file stands there, or can, and no link leads out of the repository."""
    inside = path.resolve().is_relative_to(root.resolve())
    is_free = all(not part.exists() or part.is_dir() for part in path.parents if part != root)
    return inside and is_free and (path.is_file() or not os.path.lexists(path))


_WITHOUT_DAGS = frozenset({"dags", "plugins", "tests"})


def _has_other_python(root: Path) -> bool:
    """Might there be DAG files elsewhere, which Airflow reads where its bundle is the whole repository?"""
    return any(name.endswith(".py") for name in _names(root))


def _names(root: Path) -> Iterator[str]:
    for place, folders, names in os.walk(root):
        if Path(place) == root:
            folders[:] = [name for name in folders if name not in _WITHOUT_DAGS]
        folders[:] = [name for name in folders if not name.startswith(".") and not _is_environment(Path(place, name))]
        yield from names


def _is_environment(folder: Path) -> bool:
    return (folder / "pyvenv.cfg").exists()
