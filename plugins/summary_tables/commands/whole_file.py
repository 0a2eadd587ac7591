"""Writes a file whole or not at all."""

import os
from pathlib import Path


def write(path: Path, text: str, *, replace_existing: bool) -> None:
    """Writes `text` as UTF-8. Raises FileExistsError where `path` exists and is not to be replaced, OSError otherwise.

    Whatever interrupts it, `path` is then what it was before.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}") if replace_existing else path
    with draft.open("xb") as file:
        try:
            file.write(text.encode())
            file.flush()
            if replace_existing:
                draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
