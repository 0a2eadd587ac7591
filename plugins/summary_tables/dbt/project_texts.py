"""The files of a dbt project that people write."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from summary_tables.dbt.ignored_files import IGNORE_FILE
from summary_tables.dbt.project_files import content
from summary_tables.dbt.project_folder import SEEDS, ends_with
from summary_tables.dbt.written_project import is_read

PACKAGES_FOLDER: Final = "dbt_packages"
TARGET_FOLDER: Final = "target"
MANIFEST: Final = PurePosixPath(TARGET_FOLDER) / "manifest.json"
_BY_DBT: Final = frozenset({TARGET_FOLDER, "logs", PACKAGES_FOLDER})
MOST_BYTES: Final = 1_000_000


def is_wanted(path: PurePosixPath) -> bool:
    """Whether a file, by its way from the project's folder, decides what the project builds."""
    if path.as_posix() == IGNORE_FILE:
        return True
    is_hidden = any(part.startswith(".") for part in path.parts)
    return is_read(path.name) and path.parts[0] not in _BY_DBT and not is_hidden


def is_only_named(path: PurePosixPath) -> bool:
    """Of a seed it only matters that it is there, and it may be large."""
    return ends_with(path.name, SEEDS)


def files_on_disk(folder: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Those files as they are now, without those that cannot be read."""
    for place, inner, names in os.walk(folder):
        inside = PurePosixPath(Path(place).relative_to(folder).as_posix())
        inner[:] = [name for name in inner if not name.startswith(".") and (name not in _BY_DBT or inside.parts)]
        for name in names:
            path = inside / name
            if is_wanted(path) and (found := _content(folder / path)) is not None:
                yield path, found


def _content(file: Path) -> bytes | None:
    if is_only_named(PurePosixPath(file.name)):
        return b"" if file.is_file() else None
    with suppress(OSError):
        return content(file, MOST_BYTES)
    return None


def texts_on_disk(folder: Path) -> dict[str, str]:
    """The same as texts, by their paths from the folder."""
    return {path.as_posix(): found.decode("utf-8", errors="replace") for path, found in files_on_disk(folder)}
