"""The one place that opens files which others wrote: configs, `defaults.yaml`, files that somebody names.

They come from pull requests, where a link to `/dev/zero` or to a secret is as easily put as a file. Only regular files
are opened. A link is followed where it leads to a file below the folder in which it stands: Kubernetes puts each file
of a ConfigMap there as a link. The folder itself may be a link, as that of git-sync is. A hard link cannot be told from
a file; git stores none.
"""

import errno
import os
import stat
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

MOST_BYTES = 1_000_000
"""Of a config."""

_ITSELF = "put the file itself here"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoContent:
    """Why nothing was read, as the end of a sentence, and what to do; nothing of the file is in it."""

    why: str
    fix: str = ""


def read_content(path: Path, most: int = MOST_BYTES) -> bytes | NoContent:
    """The content of the file at `path`; of a longer one the first `most` bytes and one more. Never raises OSError."""
    try:
        with closing(_opened(path)) as file:
            return _read(file, most + 1)
    except _RefusedError as refused:
        return refused.reason
    except OSError as error:
        return _in_words(error)


def is_there(path: Path) -> bool:
    """There is something of that name: a link that leads nowhere, too, which is a mistake and not nothing."""
    return os.path.lexists(path)


class _RefusedError(Exception):
    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.reason = NoContent(why=why, fix=fix)


# Without O_NONBLOCK a named pipe would wait for somebody who writes to it.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_FOLDER_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC


def _opened(path: Path) -> FileIO:
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        return _opened_below(*_followed(path))
    _require_regular(found)
    return _regular(os.open(path, _FLAGS))


def _followed(link: Path) -> tuple[str, Sequence[str]]:
    """The real folder in which `link` stands, and the way from there to the file to which it leads.

    A link that leads out of the folder is refused whether there is something at its end or not.
    """
    folder = os.path.realpath(link.parent)
    beginning = str(Path(folder, link.name))
    end = os.path.realpath(beginning)
    if end == beginning or Path(end).is_symlink():
        raise OSError(errno.ELOOP, "a link in a circle")
    if not end.startswith(folder.rstrip(os.sep) + os.sep):
        raise _RefusedError("it is a link that leads out of its folder", _ITSELF)
    try:
        found = Path(end).lstat()
    except FileNotFoundError:
        raise _RefusedError("it is a link to a file that does not exist", _ITSELF) from None
    _require_regular(found, "a link to ")
    return folder, Path(end).relative_to(folder).parts


def _opened_below(folder: str, way: Sequence[str]) -> FileIO:
    """Step by step, and none of them through a link: what was looked at may have been replaced by one since."""
    place = os.open(folder, _FOLDER_FLAGS)
    try:
        for name in way[:-1]:
            inner = os.open(name, _FOLDER_FLAGS, dir_fd=place)
            os.close(place)
            place = inner
        return _regular(os.open(way[-1], _FLAGS, dir_fd=place))
    finally:
        os.close(place)


def _regular(descriptor: int) -> FileIO:
    """What was opened is what is asked: between the first look and the opening it may have become another thing."""
    file = FileIO(descriptor)
    try:
        _require_regular(os.fstat(descriptor))
    except BaseException:
        file.close()
        raise
    return file


def _require_regular(found: os.stat_result, before: str = "") -> None:
    if stat.S_ISREG(found.st_mode):
        return
    if stat.S_ISDIR(found.st_mode):
        fix = "give it a name that does not end in .yaml, or delete it"
        raise _RefusedError(f"it is {before}a folder", fix)
    kind = next((words for is_kind, words in _KINDS if is_kind(found.st_mode)), "no regular file")
    raise _RefusedError(f"it is {before}{kind}", _ITSELF)


_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def _read(file: FileIO, most: int) -> bytes:
    """A file may grow while it is read: the size that it had says nothing."""
    pieces, left = list[bytes](), most
    while left and (piece := file.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _in_words(error: OSError) -> NoContent:
    why, fix = _REASONS.get(error.errno or 0, (error.strerror or "the reason is unknown", ""))
    return NoContent(why=why, fix=fix)


_REASONS = {
    errno.ELOOP: ("it is a link that leads in a circle", _ITSELF),
    errno.EACCES: ("this user may not read it", "let its owner allow it, e.g. with `chmod a+r`"),
}
