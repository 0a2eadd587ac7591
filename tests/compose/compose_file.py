"""docker-compose.yaml as Compose sees it: merged, interpolated, and in long form."""

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.compose.interpolation import Environment, interpolate

REPOSITORY = Path(__file__).parents[2]
COMPOSE_FILE = REPOSITORY / "docker-compose.yaml"
SECRETS = {
    "POSTGRES_PASSWORD",
    "REDIS_PASSWORD",
    "FERNET_KEY",
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
    "_AIRFLOW_WWW_USER_PASSWORD",
    "WAREHOUSE_PASSWORD",
    "WAREHOUSE_ADMIN_PASSWORD",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A folder of the host, or a named volume, in a container."""

    source: str
    target: str
    read_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A container's port, published on the host."""

    host_ip: str
    published: str
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service. `healthcheck` is the test as it is written, `depends_on` maps a service to its condition."""

    name: str
    image: str
    profiles: tuple[str, ...]
    entrypoint: tuple[str, ...]
    command: tuple[str, ...]
    environment: dict[str, str] = field(repr=False)
    mounts: tuple[Mount, ...]
    ports: tuple[Port, ...]
    depends_on: dict[str, str]
    healthcheck: tuple[str, ...]
    restart: str
    replicas: int

    @property
    def is_up_when(self) -> str:
        """The condition, as in `depends_on`, that a start of everything waits for."""
        if self.healthcheck:
            return "service_healthy"
        return "service_started" if self.restart else "service_completed_successfully"


def read(path: Path = COMPOSE_FILE) -> dict[str, Any]:
    """The file with its anchors and merge keys resolved, before interpolation."""
    document: dict[str, Any] = yaml.safe_load(path.read_text())
    return document


def render(environment: Environment, path: Path = COMPOSE_FILE) -> dict[str, Service]:
    """All services of all profiles by name.

    Raises MissingVariableError for the first variable that has to have a value and has none.
    """
    document: Any = interpolate(read(path), environment)
    return {name: _service(name, raw, environment) for name, raw in document["services"].items()}


def _service(name: str, raw: dict[str, Any], environment: Environment) -> Service:
    return Service(
        name=name,
        image=raw["image"],
        profiles=tuple(raw.get("profiles", ())),
        entrypoint=_words(raw.get("entrypoint")),
        command=_words(raw.get("command")),
        environment=_environment(raw.get("environment", {}), environment),
        mounts=tuple(map(_mount, raw.get("volumes", ()))),
        ports=tuple(map(_port, raw.get("ports", ()))),
        depends_on={other: rule["condition"] for other, rule in raw.get("depends_on", {}).items()},
        healthcheck=tuple(raw.get("healthcheck", {}).get("test", ())),
        restart=raw.get("restart", ""),
        replicas=int(raw.get("deploy", {}).get("replicas", 1)),
    )


def _words(value: str | list[str] | None) -> tuple[str, ...]:
    return tuple(shlex.split(value)) if isinstance(value, str) else tuple(value or ())


def _environment(raw: dict[str, str | None], environment: Environment) -> dict[str, str]:
    """A key without a value is handed on from the environment, if it is there."""
    values = {key: environment.get(key) if value is None else value for key, value in raw.items()}
    return {key: value for key, value in values.items() if value is not None}


def _mount(text: str) -> Mount:
    source, target, *options = text.split(":")
    return Mount(source=source, target=target, read_only="ro" in options)


def _port(text: str) -> Port:
    host_ip, published, target = text.rsplit(":", 2)
    return Port(host_ip=host_ip, published=published, target=int(target))
