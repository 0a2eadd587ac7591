"""The PostgreSQL of Debian's package, for promises that an older server must keep, too."""

import secrets
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

import psycopg

from demo.postgres_programs import SUPERUSER, await_ready, environment, stop_server
from demo.server_account import let_pass, server_account

PROGRAMS = Path("/usr/lib/postgresql/15/bin")

_SETTINGS = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "16MB", "jit": "off", "timezone": "UTC"}


class DebianPostgres:
    """One server in the directory `home`, which must not exist yet; on a unix socket only."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.data = home / "data"
        self.log = home / "log"
        self._password = secrets.token_urlsafe(12)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._initialise()
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    def start(self) -> Self:
        """Returns when it takes connections."""
        settings = _SETTINGS | {"listen_addresses": "", "unix_socket_directories": str(self._home)}
        arguments = [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
        with self.log.open("ab") as output:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                [PROGRAMS / "postgres", "-D", str(self.data), *arguments],
                stdout=output,
                stderr=output,
                start_new_session=True,
                **self._options(),
            )
        self._process = process
        await_ready(process, self.data, self.log)
        return self

    def stop(self) -> None:
        """Ends all sessions and the server."""
        if self._process is not None:
            stop_server(self._process)
            self._process = None

    def _initialise(self) -> None:
        account = server_account()
        self._home.mkdir(parents=True)
        account.own(self._home)
        let_pass(self.data)
        password = self._home / "password"
        password.write_text(self._password)
        account.own(password)
        arguments = ["-D", str(self.data), "-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={password}", "--no-sync"]
        locale = ["--encoding=UTF8", "--locale=C"]
        subprocess.run([PROGRAMS / "initdb", *arguments, *locale], check=True, capture_output=True, **self._options())

    def _options(self) -> dict[str, Any]:
        return {"env": environment(), "cwd": self._home, **server_account().popen_arguments()}

    def uri(self, database: str, user: str = SUPERUSER, password: str = "") -> str:
        """The address for psycopg."""
        login = f"{quote(user, safe='')}:{quote(password or self._password, safe='')}"
        return f"postgresql://{login}@/{database}?{urlencode({'host': str(self._home)}, safe='/')}"

    def connect(self, database: str = SUPERUSER) -> psycopg.Connection:
        """A superuser's session, in autocommit mode."""
        return psycopg.connect(self.uri(database), autocommit=True)
