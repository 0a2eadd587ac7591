"""A server of its own, by `docker compose`, and the blows that it is dealt."""

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import yaml

from demo.port_reservation import reserved_port
from tests.compose.airflow_api import AirflowApi
from tests.compose.compose_file import COMPOSE_FILE, REPOSITORY
from tests.compose.env_example import new_environment

PATIENCE_SECONDS = 900
SETTINGS = {
    "COMPOSE_PROFILES": "warehouse",
    "AIRFLOW_WORKERS": "2",
    "AIRFLOW_WORKER_CONCURRENCY": "2",
    # A task that is lost is tried again sooner than people would want it.
    "AIRFLOW_LOST_SECONDS": "30",
}
FOLDERS = ("dags", "schemas", "plugins", "demo")


class Server:
    """All containers of docker-compose.yaml, with a folder of configs of its own. `home` is a new folder."""

    def __init__(self, home: Path, configs: dict[str, dict[str, object]]) -> None:
        self.name = f"summary-tables-{secrets.token_hex(4)}"
        self._project = home / "project"
        self._env_file = home / "env"
        with reserved_port() as port:
            self._url = f"http://127.0.0.1:{port}"
        self._environment = new_environment() | SETTINGS
        self._environment |= {
            "AIRFLOW_PROJ_DIR": str(self._project),
            # What the containers write can then be deleted; as root, the image's own user writes.
            "AIRFLOW_UID": str(os.getuid() or 50000),
            "AIRFLOW_PORT": str(port),
            "AIRFLOW_BASE_URL": self._url,
            "AIRFLOW_IMAGE_NAME": "summary-tables:test",
        }
        self._env_file.write_text("".join(f"{name}={value}\n" for name, value in self._environment.items()))
        for folder in FOLDERS:
            shutil.copytree(REPOSITORY / folder, self._project / folder)
        (self._project / "dag_configs").mkdir()
        for name, keys in configs.items():
            (self._project / "dag_configs" / f"{name}.yaml").write_text(yaml.safe_dump(keys))

    def __enter__(self) -> Self:
        try:
            self.compose("up", "--build", "--detach")
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._remove()

    def compose(self, *words: str) -> str:
        """What `docker compose` prints, on both ways. Raises CalledProcessError, with that as its note."""
        files = ["--project-name", self.name, "--file", str(COMPOSE_FILE), "--env-file", str(self._env_file)]
        return run("docker", "compose", *files, *words)

    def api(self) -> AirflowApi:
        """Logged in as the administrator."""
        return AirflowApi(self._url, "admin", self._environment["_AIRFLOW_WWW_USER_PASSWORD"])

    def sql(self, statement: str) -> str:
        """What psql prints in the warehouse, for its superuser."""
        words = ("psql", "--username", "postgres", "--dbname", "warehouse", "--tuples-only", "--no-align")
        return self.compose("exec", "-T", "warehouse", *words, "--command", statement).strip()

    def containers(self, service: str = "") -> list[str]:
        """Of a service, or of all: the short identifiers, which are the host names, of those that run."""
        words = [service] if service else []
        return [line[:12] for line in self.compose("ps", "--quiet", *words).splitlines()]

    def kill(self, *containers: str) -> None:
        """As the kernel does when memory runs out: all processes at once. Docker's own `kill` counts as a wish."""
        pids = self._pids(containers)
        image = run("docker", "inspect", "--format", "{{.Config.Image}}", *self.containers("redis")).strip()
        killer = ("docker", "run", "--rm", "--pid", "host", "--entrypoint", "bash", image)
        run(*killer, "-c", f"kill -9 {' '.join(pids)}")
        until(lambda: not {*pids, "0"} & {*self._pids(containers)}, "Docker starts again what was killed")

    def _pids(self, containers: tuple[str, ...]) -> list[str]:
        """Of the first process of each, as the host counts; `0` where none runs."""
        return run("docker", "inspect", "--format", "{{.State.Pid}}", *containers).split()

    def cut_off(self, container: str) -> None:
        """Takes the network away from a container."""
        run("docker", "network", "disconnect", f"{self.name}_default", container)

    def connect(self, container: str) -> None:
        """Gives it back."""
        run("docker", "network", "connect", f"{self.name}_default", container)

    def _remove(self) -> None:
        self.compose("down", "--volumes", "--timeout", "0")


def run(*words: str) -> str:
    """What a command prints, on both ways. Raises CalledProcessError, with that as its note."""
    done = subprocess.run(
        words, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        error = subprocess.CalledProcessError(done.returncode, words, done.stdout)
        error.add_note(done.stdout)
        raise error
    return done.stdout


def until(is_so: Callable[[], bool], what: str) -> None:
    """Waits. Raises AssertionError where it never comes to be so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"it did not happen: {what}"
        time.sleep(0.5)
