"""The demo's directory: who uses it, what is in it, and which version of the demo made it."""

import contextlib
import fcntl
import importlib.metadata
import json
import os
import secrets
import shutil
from base64 import urlsafe_b64encode
from dataclasses import asdict
from pathlib import Path

from demo.airflow_environment import Secrets
from demo.postgres_programs import MAJOR_VERSION
from demo.problem import DemoError
from demo.processes import ProcessMark

FORMAT = 1
"""Raised when an older state directory cannot be used any more."""

_OURS = ("postgres", "airflow", "logs", "data", "env.sh", "secrets.json", "running.json")


class State:
    """One demo's directory. `lock` must succeed before anything in it is touched."""

    def __init__(self, home: Path) -> None:
        self.home = home.absolute()
        self.postgres = self.home / "postgres"
        self.airflow = self.home / "airflow"
        self.logs = self.home / "logs"
        self.data = self.home / "data"
        self.env_sh = self.home / "env.sh"
        self._version = self.home / "version"
        self._running = self.home / "running.json"
        self._lock: int | None = None

    def lock(self) -> None:
        """Takes the directory for this process. Raises DemoError: in use, or it belongs to something else."""
        if self.home.exists() and not self._version.exists() and any(self.home.iterdir()):
            raise DemoError(
                f"{self.home} holds files that are not the demo's. Name a new or empty folder in DEMO_HOME."
            )
        self.home.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise DemoError(self._already_running()) from None
        self._lock = lock
        self._version.touch()

    def unlock(self) -> None:
        """Gives the directory back; the end of the process does, too."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def prepare(self) -> bool:
        """Makes the folders; state of another version is deleted first, and then the answer is True."""
        version = f"{FORMAT} postgresql-{MAJOR_VERSION} airflow-{importlib.metadata.version('apache-airflow-core')}"
        found = self._version.read_text()
        outdated = found not in ("", version)
        if outdated:
            self.clear()
        self._version.write_text(version)
        for folder in (self.airflow, self.logs, self.data):
            folder.mkdir(exist_ok=True)
        for log in self.logs.glob("*.log"):
            log.unlink()
        return outdated

    def clear(self) -> None:
        """Deletes what the demo made here."""
        for name in _OURS:
            path = self.home / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def secrets(self) -> Secrets:
        """Keys and passwords, made at the first start."""
        path = self.home / "secrets.json"
        if not path.exists():
            made = Secrets(
                fernet_key=urlsafe_b64encode(secrets.token_bytes(32)).decode(),
                jwt_secret=secrets.token_urlsafe(64),
                api_secret=secrets.token_urlsafe(32),
                admin_password=secrets.token_urlsafe(12),
            )
            write_private(path, json.dumps(asdict(made)))
        return Secrets(**json.loads(path.read_text()))

    def write_running(self, launcher: ProcessMark, address: str) -> None:
        """Leaves word for a second demo, and for the next one if this one is killed."""
        running = {"demo": os.getpid(), "address": address, "launcher": asdict(launcher)}
        write_private(self._running, json.dumps(running))

    def forget_running(self) -> None:
        """To be called when nothing runs any more."""
        self._running.unlink(missing_ok=True)

    def leftover(self) -> ProcessMark | None:
        """The launcher of a demo that did not end by itself; its processes form a session of that id."""
        with contextlib.suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            return ProcessMark(**json.loads(self._running.read_text())["launcher"])
        return None

    def _already_running(self) -> str:
        text = f"A demo already runs in {self.home}"
        stop = "stop it with Ctrl-C in its terminal"
        with contextlib.suppress(FileNotFoundError, ValueError, KeyError):
            running = json.loads(self._running.read_text())
            text += f": {running['address']}"
            stop += f" (or: kill {running['demo']})"
        return f"{text}\nUse that one, {stop}, or start another one beside it: DEMO_HOME=<another folder> make demo"


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
