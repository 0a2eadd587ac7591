"""What was found good before, so that what has not changed need not be checked again.

Kept are digests alone, each of one statement, such as "this library allows this content under this name". Nothing is
read back but whether a statement is there: a damaged file forgets, and cannot mislead. Who may write to it could have a
file pass unchecked, so it stands in a folder of this user's own in which nobody else may write, or there is none.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from summary_tables.configs.library_version import library_version

_MOST_BYTES = 50_000_000
_FOLDER_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class KnownGood:
    """The statements about one folder of configs that hold. One process writes them: `save` replaces them all."""

    def __init__(self, place: Path, version: bytes, name: str) -> None:
        self._place = place
        self._version = version
        self._name = name
        self._known = frozenset(_read(place, name).split(b"\n"))
        self._kept = set[bytes]()

    def file(self, name: str, content: bytes, defaults: bytes | None) -> bytes:
        """That the file of this name and content is in order by itself, with this content of `defaults.yaml`."""
        return self._statement(b"file", os.fsencode(name), content, *(() if defaults is None else (defaults,)))

    def accepted(self, file: bytes) -> bytes:
        """That Airflow accepts the DAG of the file of which `file` is the statement."""
        return self._statement(b"accepted", file)

    def folder(self, files: Iterable[bytes]) -> bytes:
        """That nothing is wrong with a folder of exactly the files of which `files` are the statements."""
        return self._statement(b"folder", *sorted(files))

    def _statement(self, *parts: bytes) -> bytes:
        digest = hashlib.sha256(self._version)
        for part in parts:
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.hexdigest().encode()

    def knows(self, statement: bytes) -> bool:
        """It was kept by the last process that saved."""
        return statement in self._known

    def keep(self, statement: bytes) -> None:
        """It holds; others will know once this is saved."""
        self._kept.add(statement)

    def save(self) -> None:
        """Others know from now on what was kept here, and nothing else; where that cannot be written, they do not."""
        if self._kept and self._kept != self._known:
            self.write_note("", b"\n".join(sorted(self._kept)))

    def save_new(self) -> None:
        """Others know what was kept here so far, too, even should this process be killed before it saves."""
        if not self._kept <= self._known:
            self.write_note("", b"\n".join(sorted(self._kept | self._known)))

    def write_note(self, kind: str, content: bytes) -> None:
        """Something else about the folder, for others to read; it is not told where that cannot be written."""
        with suppress(OSError), _own_folder(self._place) as folder:
            _write(folder, f"{self._name}{kind}", content)

    def note(self, kind: str) -> bytes:
        """What was written last as a note of this kind; empty where nothing was."""
        return _read(self._place, f"{self._name}{kind}")


def known_good(place: Path | None, configs: Path) -> KnownGood | None:
    """What is known of the folder `configs`, kept in the folder `place`, which is made.

    None, so that everything is checked each time: where there is no `place`, where it is not this user's own, and where
    the library was changed under a process that runs.
    """
    version = library_version() if place else None
    if place is None or version is None:
        return None
    name = hashlib.sha256(os.fsencode(configs.absolute())).hexdigest()[:32]
    try:
        with suppress(FileExistsError):
            place.mkdir(mode=0o700)
        with _own_folder(place):
            return KnownGood(place, version, name)
    except OSError:
        return None


@contextmanager
def _own_folder(place: Path) -> Iterator[int]:
    """Its descriptor. Raises PermissionError unless it is this user's, and closed to all others."""
    folder = os.open(place, _FOLDER_FLAGS)
    try:
        _refuse_others(os.fstat(folder))
        yield folder
    finally:
        os.close(folder)


def _refuse_others(found: os.stat_result) -> None:
    if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise PermissionError("others may write there")


def _read(place: Path, name: str) -> bytes:
    try:
        with _own_folder(place) as folder, os.fdopen(os.open(name, _READ_FLAGS, dir_fd=folder), "rb") as file:
            found = os.fstat(file.fileno())
            _refuse_others(found)
            return file.read(_MOST_BYTES) if stat.S_ISREG(found.st_mode) else b""
    except OSError:
        return b""


def _write(folder: int, name: str, content: bytes) -> None:
    """All of it or nothing: a process that reads sees the old content or the new."""
    draft = f"{name}.{os.getpid()}"
    with suppress(FileNotFoundError):
        os.unlink(draft, dir_fd=folder)
    with os.fdopen(os.open(draft, _WRITE_FLAGS, 0o600, dir_fd=folder), "wb") as file:
        file.write(content)
    os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
