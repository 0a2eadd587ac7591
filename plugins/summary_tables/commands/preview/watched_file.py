"""Waits until a file is saved."""

import time
from pathlib import Path

_PAUSE = 0.2
_Stamp = tuple[int, int, int]


class WatchedFile:
    """`others` are files whose saving counts, too. A save that comes before `wait` is not missed."""

    def __init__(self, file: Path, *others: Path) -> None:
        self._file = file
        self._paths = (file, *others)
        self._seen = self._stamps()

    def wait(self) -> None:
        """Returns when one of them is another than before, and the file is there: editors remove it for a moment."""
        while (found := self._stamps()) == self._seen or not self._file.exists():
            time.sleep(_PAUSE)
        self._seen = found

    def _stamps(self) -> tuple[_Stamp | None, ...]:
        return tuple(map(_stamp, self._paths))


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
