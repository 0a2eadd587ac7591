"""`.summary-tables.json`: which version wrote what. A file that nobody changed is told from a person's by it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from summary_tables.commands import whole_file

NAME: Final = ".summary-tables.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`digests` are those of the files as they were written, by path; `version` is that of the library."""

    version: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_record(root: Path) -> Record:
    """An empty one where there is none, or none that can be read: each file that differs is then a person's."""
    try:
        found: Any = json.loads((root / NAME).read_text("utf-8"))
        return Record(
            version=str(found["version"]),
            digests={str(path): str(digest_) for path, digest_ in found["files"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Record()


def write_record(root: Path, record: Record) -> None:
    """Raises OSError."""
    said = {"version": record.version, "files": dict(sorted(record.digests.items()))}
    text = f"{json.dumps(said, indent=2)}\n"
    if not (root / NAME).is_file() or (root / NAME).read_bytes() != text.encode():
        whole_file.write(root / NAME, text, replace_existing=True)
