"""Which library this process runs, down to the last character: what it found good, another one may refuse."""

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from summary_tables import LOADED_AT
from summary_tables.configs.schema_files import SCHEMAS
from summary_tables.model.checkout import PACKAGE


class _File(NamedTuple):
    """`name` is its way from the folder that is looked through; `changed` is another whenever its content is."""

    path: str
    name: str
    size: int
    changed: float


def library_version() -> bytes | None:
    """A digest of this library, of the schemas, of Python and of the names of all installed packages.

    None where it cannot be told: what this process has loaded may have been replaced on the disk since.
    """
    files = (*_files(str(PACKAGE), (".py", ".json")), *_files(str(SCHEMAS), (".json",)))
    if any(file.changed >= LOADED_AT for file in files):
        return None
    packages = set[str]()
    for place in filter(Path.is_dir, map(Path, sys.path)):
        found = {path.name for path in place.iterdir() if path.name.endswith((".dist-info", ".egg-info"))}
        if found and place.stat().st_mtime >= LOADED_AT:
            return None
        packages |= found
    return hashlib.sha256(_content(files) + "\0".join(sorted(packages)).encode()).digest()


@lru_cache(maxsize=1)
def _content(files: tuple[_File, ...]) -> bytes:
    """A digest of Python and of what stands in the files: a process, and its forks, read these once."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        content = Path(file.path).read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.digest()


def _files(folder: str, endings: tuple[str, ...], above: str = "") -> Iterator[_File]:
    """Those below the folder, in an order of their own. Plain text, since paths of a thousand files take their time."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, endings, f"{above}{entry.name}/")
        elif entry.name.endswith(endings):
            state = entry.stat()
            yield _File(entry.path, f"{above}{entry.name}", state.st_size, state.st_ctime)
