"""One container as a local process: its folders, its environment, its command, its health check."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

import summary_tables
from tests.compose.compose_file import Mount, Service
from tests.compose.network import OWN_PORT_VARIABLES, with_addresses, with_own_port
from tests.compose.postgres_image import prepare
from tests.compose.programs import IMAGES, search_path

AIRFLOW_HOME = "/opt/airflow"
MARK = "CONTAINER_STACK"
"""The environment variable by which the processes of a stack can be found."""

_IGNORED = shutil.ignore_patterns("*.egg-info")


@dataclass(slots=True, kw_only=True)
class Container:
    """`root` stands for the container's `/`; `ports` says where the services listen, `port` where this one does."""

    name: str
    service: Service
    root: Path
    ports: dict[str, int]
    port: int
    mark: str
    absent_modules: str
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    health: str = field(default="", init=False)
    """What the last health check printed."""

    def start(self) -> None:
        """Runs the service's own command in the background."""
        self.process = self._popen(self._arguments(self.service.entrypoint, self.service.command))

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """`docker compose run`: the service with another command, to its end."""
        arguments = self._arguments(self.service.entrypoint, command)
        return subprocess.run(arguments, check=False, capture_output=True, text=True, **self._options())

    def is_healthy(self) -> bool:
        """Runs the service's health check once."""
        kind, *words = self.service.healthcheck
        command = ["/bin/sh", "-c", *words] if kind == "CMD-SHELL" else words
        command = [self._local(word) for word in command]
        done = subprocess.run(command, check=False, capture_output=True, text=True, **self._options())
        self.health = f"{done.stdout}{done.stderr}"
        return done.returncode == 0

    def exit_code(self) -> int | None:
        """None while the command runs."""
        assert self.process is not None
        return self.process.poll()

    def log(self) -> str:
        """What the command has printed."""
        return (self.root / "log").read_text(errors="replace") if (self.root / "log").exists() else ""

    def stop(self) -> None:
        """As Docker does it: the stop signal, time, then a kill."""
        if self.process is None or self.process.poll() is not None:
            return
        if self._takes_signals_alone:
            self.process.send_signal(signal.SIGINT if self.service.image.startswith("postgres:") else signal.SIGTERM)
        else:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def lay_out(self) -> None:
        """The mounts: a writable folder of the project is shared, a read-only one is this container's own copy."""
        (self.root / AIRFLOW_HOME[1:]).mkdir(parents=True)
        for mount in self.service.mounts:
            if mount.source.startswith("/"):
                self._mount(mount)

    def _mount(self, mount: Mount) -> None:
        target = self.root / mount.target[1:]
        if mount.read_only:
            shutil.copytree(mount.source, target, ignore=_IGNORED)
        else:
            Path(mount.source).mkdir(exist_ok=True)
            target.symlink_to(mount.source)

    @property
    def _is_airflow(self) -> bool:
        return not self.service.image.startswith(("postgres:", "redis:"))

    @property
    def _takes_signals_alone(self) -> bool:
        """Airflow's image hands the stop signal to all processes of a container, unless it is told not to."""
        return not self._is_airflow or self.service.environment.get("DUMB_INIT_SETSID") == "0"

    def _arguments(self, entrypoint: tuple[str, ...], command: tuple[str, ...]) -> list[str]:
        words = [*(entrypoint or (("/entrypoint",) if self._is_airflow else ())), *command]
        return [self._local(word) for word in words]

    def _popen(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        options = self._options() | {"start_new_session": True, "stdin": subprocess.DEVNULL}
        if self.service.image.startswith("postgres:"):
            arguments, as_account = prepare(self.root, self.service.image, self.service.environment)
            options |= as_account
        with (self.root / "log").open("wb") as log:
            return subprocess.Popen(arguments, stdout=log, stderr=subprocess.STDOUT, **options)

    def _options(self) -> dict[str, Any]:
        return {"env": self._environment(), "cwd": self.root / AIRFLOW_HOME[1:]}

    def _environment(self) -> dict[str, str]:
        given = {name: self._local(value) for name, value in self.service.environment.items()}
        path = ":".join(filter(None, (str(IMAGES / "site"), given.get("PYTHONPATH"))))
        return {
            "PATH": search_path(self.service.image),
            "HOME": str(self.root),
            "HOSTNAME": self.name,
            "LANG": "C.UTF-8",
            "AIRFLOW_HOME": str(self.root / AIRFLOW_HOME[1:]),
            **given,
            **({variable: str(self.port)} if (variable := OWN_PORT_VARIABLES.get(self.service.name)) else {}),
            "PYTHONPATH": path,
            # Nothing of the stack can be reached from other machines.
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__CELERY__FLOWER_HOST": "127.0.0.1",
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_HOST": "127.0.0.1",
            "CONTAINER_ABSENT_PACKAGES": self.absent_modules,
            "CONTAINER_HIDDEN_FOLDER": str(Path(summary_tables.__file__).parents[1]),
            MARK: self.mark,
        }

    def _local(self, text: str) -> str:
        """Container paths and service addresses as they are on this machine."""
        text = with_own_port(with_addresses(text, self.ports), self.service.name, self.port)
        text = text.replace(AIRFLOW_HOME, str(self.root / AIRFLOW_HOME[1:]))
        return text.replace("/entrypoint", str(IMAGES / "entrypoint"))


def processes_of(mark: str, containers: Iterable[Container]) -> list[psutil.Process]:
    """Every process on this machine that belongs to the stack with this mark.

    A server can overwrite its environment (Redis and PostgreSQL do), a process can leave its session: not both here.
    """
    sessions = {container.process.pid for container in containers if container.process}
    return [process for process in psutil.process_iter() if _belongs(process, mark, sessions)]


def _belongs(process: psutil.Process, mark: str, sessions: set[int]) -> bool:
    with contextlib.suppress(psutil.Error, OSError):
        if process.status() != psutil.STATUS_ZOMBIE:
            return os.getsid(process.pid) in sessions or process.environ().get(MARK) == mark
    return False
