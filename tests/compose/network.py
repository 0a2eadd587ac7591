"""Ports in place of a network: every container of the harness shares this machine's 127.0.0.1."""

import re
from collections.abc import Iterable
from contextlib import ExitStack

from demo.port_reservation import reserved_port

PORTS = {"postgres": 5432, "warehouse": 5432, "redis": 6379, "airflow-apiserver": 8080, "flower": 5555}
"""What other containers reach under `service:port`."""

PRIVATE_PORTS = {"airflow-scheduler": 8974, "airflow-worker": 8793, "airflow-triggerer": 8794}
"""What a container listens on for itself, or for the logs of running tasks."""

OWN_PORT_VARIABLES = {
    "airflow-apiserver": "AIRFLOW__API__PORT",
    "airflow-scheduler": "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT",
    "airflow-worker": "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT",
    "airflow-triggerer": "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT",
    "flower": "AIRFLOW__CELERY__FLOWER_PORT",
    "postgres": "PGPORT",
    "warehouse": "PGPORT",
    "redis": "CONTAINER_PORT",
}
"""How a service is told the port that stands for its usual one."""


def reserved_ports(names: Iterable[str], reservations: ExitStack) -> dict[str, int]:
    """A free port of 127.0.0.1 for each name, all different; nobody else is given one before `reservations` end."""
    return {name: reservations.enter_context(reserved_port()) for name in names}


def with_addresses(text: str, ports: dict[str, int]) -> str:
    """`text` with `service:port` replaced by where that service listens here."""
    for service, usual in PORTS.items():
        text = re.sub(rf"\b{service}:{usual}\b", f"127.0.0.1:{ports[service]}", text)
    return text


def with_own_port(text: str, service: str, port: int) -> str:
    """`text` with `localhost:port` of a container's own service replaced."""
    usual = (PORTS | PRIVATE_PORTS).get(service)
    return re.sub(rf"\blocalhost:{usual}\b", f"127.0.0.1:{port}", text)
