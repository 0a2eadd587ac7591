"""`docker compose up` with local processes: the services in the order of their dependencies, until all are healthy."""

import os
import secrets
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.compose.compose_file import REPOSITORY, Service, render
from tests.compose.container import Container, processes_of
from tests.compose.image_packages import absent_modules
from tests.compose.network import PORTS, reserved_ports

START_SECONDS = 900
# Most health checks here are a start of Python.
ASKED_EVERY_SECONDS = 1
PROJECT_FOLDERS = ("dags", "schemas", "plugins", "demo")
CONFIGS = ("defaults.yaml", "nps_summary.yaml")
"""One table: each step of another is a start of Python more."""


class StackError(Exception):
    """A container ended or did not become healthy; the text holds the end of its log."""

    def __init__(self, problem: str, container: Container) -> None:
        tail = "\n".join(container.log().splitlines()[-60:])
        super().__init__(f"{container.name} {problem}.\nLog:\n{tail}\nHealth check:\n{container.health}")


class Stack:
    """The services without a profile and those of `profiles`.

    `home` is a new folder for everything that is written; `environment` is what stands in .env.
    """

    def __init__(self, home: Path, environment: dict[str, str], profiles: frozenset[str]) -> None:
        self._reservations = ExitStack()
        self.ports = reserved_ports(PORTS, self._reservations)
        self.project = home / "project"
        self.environment = environment | self._settings()
        self._home = home
        self._mark = secrets.token_hex(8)
        self._absent = " ".join(absent_modules())
        self._services = render(self.environment)
        self.containers = {
            name: self._containers(service)
            for name, service in self._services.items()
            if not service.profiles or profiles & set(service.profiles)
        }

    def up(self) -> Self:
        """Starts everything. Raises StackError."""
        self._make_project()
        for name in start_order({name: self._services[name].depends_on for name in self.containers}):
            for other, condition in self._services[name].depends_on.items():
                self._wait(other, condition)
            for container in self.containers[name]:
                container.lay_out()
                container.start()
        for name in self.containers:
            self._wait(name, self._services[name].is_up_when)
        return self

    def run(self, name: str, *command: str, suffix: str = "run") -> subprocess.CompletedProcess[str]:
        """`docker compose run`: a service that is not up, with another command; each time with another `suffix`."""
        container = self._containers(self._services[name], suffix)[0]
        container.lay_out()
        return container.run(*command)

    def down(self) -> None:
        """Stops the containers in reverse order. Raises AssertionError if a process has survived its container."""
        self._reservations.close()
        for name in reversed(start_order({name: self._services[name].depends_on for name in self.containers})):
            for container in self.containers[name]:
                container.stop()
        left = processes_of(self._mark, (container for group in self.containers.values() for container in group))
        descriptions = [" ".join(process.cmdline()) for process in left]
        for process in left:
            process.kill()
        assert not descriptions, f"still running after their containers: {descriptions}"

    def __enter__(self) -> Self:
        try:
            return self.up()
        except BaseException:
            self.down()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.down()

    def _settings(self) -> dict[str, str]:
        port = self.ports["airflow-apiserver"]
        return {
            "AIRFLOW_PROJ_DIR": str(self.project),
            "AIRFLOW_UID": str(os.getuid()),
            "AIRFLOW_PORT": str(port),
            "AIRFLOW_BASE_URL": f"http://127.0.0.1:{port}",
            # A second one is a start of Airflow more.
            "AIRFLOW_WORKERS": "1",
            "AIRFLOW_WORKER_CONCURRENCY": "2",
            "WAREHOUSE_HOST": "127.0.0.1",
            "WAREHOUSE_PORT": str(self.ports["warehouse"]),
        }

    def _make_project(self) -> None:
        self.project.mkdir(parents=True)
        for folder in PROJECT_FOLDERS:
            (self.project / folder).symlink_to(REPOSITORY / folder)
        (self.project / "dag_configs").mkdir()
        for name in CONFIGS:
            shutil.copy(REPOSITORY / "dag_configs" / name, self.project / "dag_configs")

    def _containers(self, service: Service, suffix: str = "") -> tuple[Container, ...]:
        names = [f"{service.name}-{suffix or number + 1}" for number in range(service.replicas)]
        own_ports = reserved_ports(names, self._reservations)
        return tuple(
            Container(
                name=name,
                service=service,
                root=self._home / name,
                ports=self.ports,
                port=self.ports.get(service.name, own_ports[name]),
                mark=self._mark,
                absent_modules=self._absent,
            )
            for name in names
        )

    def _wait(self, name: str, condition: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        for container in self.containers[name]:
            while not reached(container, condition):
                if time.monotonic() > deadline:
                    raise StackError(f"did not become {condition.removeprefix('service_')}", container)
                time.sleep(ASKED_EVERY_SECONDS)


def reached(container: Container, condition: str) -> bool:
    """True once the container meets a condition of `depends_on`. Raises StackError when it never will."""
    code = container.exit_code()
    if condition == "service_completed_successfully":
        if code:
            raise StackError(f"failed with exit code {code}", container)
        return code == 0
    if code is not None:
        raise StackError(f"ended with exit code {code}", container)
    return condition == "service_started" or container.is_healthy()


def start_order(depends_on: dict[str, dict[str, str]]) -> list[str]:
    """The services, each after those it depends on."""
    order: list[str] = []
    while len(order) < len(depends_on):
        ready = [name for name, others in depends_on.items() if name not in order and others.keys() <= set(order)]
        assert ready, "the services depend on each other in a circle"
        order.extend(ready)
    return order
