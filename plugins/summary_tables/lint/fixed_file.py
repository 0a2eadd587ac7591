"""A file before and after its fix: how they differ, and how the new one takes the place of the old."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from shutil import copymode
from tempfile import NamedTemporaryFile

from summary_tables.configs.file_content import read_content
from summary_tables.model.problem import Edit

_BOM = b"\xef\xbb\xbf"


class FileChangedError(Exception):
    """Somebody else wrote the file in between; it was left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedFile:
    """`name` is what messages call the file at `path`."""

    path: Path
    name: str
    before: bytes
    after: bytes

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff, without their ends."""
        old, new = _lines(self.before), _lines(self.after)
        for line in unified_diff(old, new, self.name, self.name, n=2):
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"

    def write(self) -> None:
        """Puts the new file in the place of the old one, at once and with its mode; a link stays a link.

        Raises FileChangedError, or OSError where the folder cannot be written.
        """
        if read_content(self.path) != self.before:
            raise FileChangedError(self.name)
        path = self.path.resolve()
        # A name that nobody takes for a config, should it be left behind.
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp", delete=False) as new:
            try:
                new.write(self.after)
                new.flush()
                copymode(path, new.name)
                Path(new.name).replace(path)
            finally:
                Path(new.name).unlink(missing_ok=True)


def _lines(raw: bytes) -> list[str]:
    """As diff and patch count them: only a line feed ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", raw.decode("utf-8", errors="replace"))


def with_edits(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """The file's bytes with `edits`, which do not overlap, applied to its text; line ends and BOM stay what they are.

    Bytes that are no UTF-8 come back unchanged.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw
    line_end = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text.replace("\n", line_end) + text[edit.end :]
    return (_BOM if raw.startswith(_BOM) else b"") + text.encode()
