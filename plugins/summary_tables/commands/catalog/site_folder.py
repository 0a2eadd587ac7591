"""Writes the site into a folder of its own, and takes away what an earlier one left there.

What was written stands in a list beside it, so that nothing of others is ever overwritten or removed.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from summary_tables.commands import whole_file
from summary_tables.commands.catalog.site_files import SiteFile
from summary_tables.commands.usage_error import UsageError

LIST_NAME = ".summary-tables-catalog"

_OURS = re.compile(r"(?:(?:tables|projects)/)?[a-z0-9_][a-z0-9_.-]*\.(?:html|css|js)")


def write_site(folder: Path, files: Iterable[SiteFile]) -> int:
    """Returns how many files the site has. Raises UsageError where `folder` is not one for it, or cannot be written."""
    refuse_foreign(folder)
    written: dict[str, None] = {}
    try:
        earlier = _listed(folder)
        for file in files:
            _claim(folder, file.path)
            (folder / file.path).parent.mkdir(exist_ok=True)
            whole_file.write(folder / file.path, file.text, replace_existing=True)
            written[file.path] = None
        for path in earlier:
            if path not in written:
                (folder / path).unlink(missing_ok=True)
        lines = "".join(f"{path}\n" for path in written)
        whole_file.write(folder / LIST_NAME, lines, replace_existing=True)
    except OSError as error:
        raise UsageError(f"{error.filename or folder} cannot be written: {error.strerror}") from None
    return len(written)


def refuse_foreign(folder: Path) -> None:
    """Raise UsageError where something stands in the folder that this command did not write."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--output: {folder} is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / LIST_NAME).is_file():
        raise UsageError(
            f"--output: {folder} holds files that this command did not write, and nothing was changed; "
            "name a new folder or an empty one"
        )


def _listed(folder: Path) -> tuple[str, ...]:
    """The files of the site before; a line that this command never writes is passed over."""
    try:
        lines = (folder / LIST_NAME).read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(line for line in lines if _OURS.fullmatch(line))


def _claim(folder: Path, path: str) -> None:
    """Before it is written, so that an interrupted site is known as one, with all its files."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LIST_NAME).open("a", encoding="utf-8") as file:
        file.write(f"{path}\n")
