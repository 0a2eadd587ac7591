"""Which library this process runs, down to the last character: what it found good, another one may refuse."""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from summary_tables import LOADED_AT
from summary_tables.configs.schema_files import SCHEMAS
from summary_tables.model.checkout import PACKAGE


def library_version() -> bytes | None:
    """A digest of this library, of the schemas, of Python and of the names of all installed packages.

    None where it cannot be told: what this process has loaded may have been replaced on the disk since.
    """
    digest = hashlib.sha256(sys.version.encode())
    for folder, endings in ((PACKAGE, (".py", ".json")), (SCHEMAS, (".json",))):
        for path in _files(folder, endings):
            if path.stat().st_ctime >= LOADED_AT:
                return None
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode())
            digest.update(content)
    packages = set[str]()
    for place in filter(Path.is_dir, map(Path, sys.path)):
        found = {path.name for path in place.iterdir() if path.name.endswith((".dist-info", ".egg-info"))}
        if found and place.stat().st_mtime >= LOADED_AT:
            return None
        packages |= found
    digest.update("\0".join(sorted(packages)).encode())
    return digest.digest()


def _files(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names) if name.endswith(endings))
