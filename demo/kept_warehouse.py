"""A server with what is put into it once, kept between calls and shared by those who use it at the same time.

The contents, such as the demo's warehouse with its sample data, are loaded once; the server runs while anybody uses it.
Whoever comes first owns the server and stops it when the last user has gone. All of that hangs on locks of files, which
end with the process that holds them: killing anybody leaves nothing that the next user does not clear away.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from demo import sample_data, sample_rows, warehouse
from demo.embedded_postgres import EmbeddedPostgres
from demo.postgres_programs import MAJOR_VERSION, START_SECONDS, PostgresError
from demo.state import write_private

_LOAD_SECONDS: Final = 300
_PAUSE: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What `load` puts into a new server; it returns the password of `role`, whose database is `database`.

    `made_by` are the files whose change asks for loading anew; `words` are said before it, if any.
    """

    folder: str
    database: str
    role: str
    load: Callable[[EmbeddedPostgres], str]
    made_by: tuple[str, ...]
    words: str = ""


def _load_sample(server: EmbeddedPostgres) -> str:
    roles = warehouse.set_up(server)
    with server.connect(warehouse.DATABASE, "loader", roles.loader) as session:
        sample_data.load(session)
    return roles.builder


SAMPLE: Final = Contents(
    folder="kept_warehouse",
    database=warehouse.DATABASE,
    role="builder",
    load=_load_sample,
    made_by=(sample_data.__file__, sample_rows.__file__, warehouse.__file__),
    words="Loading the sample data, once: this takes some ten seconds ...",
)
"""The warehouse of the demo, as the role that builds summaries."""


def home(contents: Contents = SAMPLE) -> Path:
    """Where it is kept: in the folder for everything that the demo writes; of an installed library, the user's cache.

    Raises PostgresError where that folder holds somebody else's files.
    """
    folder = Path(os.environ.get("DEMO_HOME") or _default_home()).absolute()
    if folder.exists() and not (folder / "version").exists() and any(folder.iterdir()):
        raise PostgresError(f"{folder} holds files that are not the demo's. Name a new or empty folder in DEMO_HOME.")
    folder.mkdir(parents=True, exist_ok=True)
    # By this the demo knows the folder as its own; empty: it has not run there yet.
    (folder / "version").touch()
    return folder / contents.folder


def _default_home() -> Path:
    repository = Path(__file__).parents[1]
    if (repository / "pyproject.toml").exists():
        return repository / ".demo"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "summary-tables"


@contextmanager
def kept_warehouse(
    folder: Path, say: Callable[[str], None] = lambda _: None, contents: Contents = SAMPLE
) -> Iterator[str]:
    """Its address for the role of `contents`.

    The end may have to wait for others who use it. `say` is told what takes long. Raises PostgresError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _used(folder) as users:
        owner = _Owner(folder, contents)
        try:
            yield owner.start(say) or _running_address(folder, owner, say)
        finally:
            owner.stop(users)


class _Owner:
    """The one process that started the server and that will stop it."""

    def __init__(self, folder: Path, contents: Contents) -> None:
        self._folder = folder
        self._contents = contents
        self._server = EmbeddedPostgres(folder)
        self._lock: int | None = None

    def start(self, say: Callable[[str], None]) -> str:
        """Its address; empty if another process is the owner."""
        self._lock = _locked(self._folder / "owner", fcntl.LOCK_EX | fcntl.LOCK_NB)
        if self._lock is None:
            return ""
        _address_file(self._folder).unlink(missing_ok=True)
        password_file = self._folder / f"{self._contents.role}_password"
        marker, fingerprint = self._folder / "loaded", _fingerprint(self._contents)
        if not marker.exists() or marker.read_text() != fingerprint:
            self._server.clear_leftovers()
            marker.unlink(missing_ok=True)
            shutil.rmtree(self._folder / "data", ignore_errors=True)
        self._server.start()
        if not marker.exists():
            if self._contents.words:
                say(self._contents.words)
            write_private(password_file, self._contents.load(self._server))
            marker.write_text(fingerprint)
        address = self._server.uri(self._contents.database, self._contents.role, password_file.read_text())
        unfinished = self._folder / "address.unfinished"
        write_private(unfinished, address)
        unfinished.rename(_address_file(self._folder))
        return address

    def stop(self, users: int) -> None:
        """Waits until `users` is held by nobody else, and stops the server if this process is its owner."""
        if self._lock is None:
            return
        fcntl.flock(users, fcntl.LOCK_EX)
        _address_file(self._folder).unlink(missing_ok=True)
        self._server.stop()
        os.close(self._lock)
        self._lock = None


def _running_address(folder: Path, owner: _Owner, say: Callable[[str], None]) -> str:
    """Waits for the owner, who may be loading; becomes the owner if that one has died."""
    deadline = time.monotonic() + START_SECONDS + _LOAD_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError, psycopg.OperationalError):
            address = _address_file(folder).read_text()
            psycopg.connect(address).close()
            return address
        if address := owner.start(say):
            return address
        time.sleep(_PAUSE)
    raise PostgresError(f"Another process has not got the server in {folder} to run.")


@contextmanager
def _used(folder: Path) -> Iterator[int]:
    """While this lasts the server is not stopped."""
    users: int | None = None
    while users is None:
        # Refused while an owner is just stopping the server.
        users = _locked(folder / "users", fcntl.LOCK_SH | fcntl.LOCK_NB)
        if users is None:
            time.sleep(_PAUSE)
    try:
        yield users
    finally:
        os.close(users)


def _locked(path: Path, kind: int) -> int | None:
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, kind)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def _address_file(folder: Path) -> Path:
    return folder / "address"


def _fingerprint(contents: Contents) -> str:
    """Changes with what would be loaded."""
    made_by = hashlib.sha256(b"\0".join(Path(path).read_bytes() for path in contents.made_by))
    return f"postgresql-{MAJOR_VERSION} {made_by.hexdigest()}"
