"""What docker-compose.yaml promises, read from the file."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.compose.compose_file import COMPOSE_FILE, SECRETS, Mount, Port, Service, read, render
from tests.compose.env_example import new_environment, secrets
from tests.compose.interpolation import MissingVariableError, interpolate, variables

AIRFLOW_SERVICES = {
    "airflow-apiserver",
    "airflow-scheduler",
    "airflow-dag-processor",
    "airflow-triggerer",
    "airflow-worker",
    "airflow-init",
    "airflow-db-cleaner",
    "airflow-cli",
    "flower",
}
ONE_SHOT_SERVICES = {"airflow-init", "airflow-cli", "warehouse-init"}
READ_ONLY_FOLDERS = ("dags", "dag_configs", "schemas", "plugins")
WRITABLE_FOLDERS = ("logs", "data")


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return new_environment()


@pytest.fixture(scope="module")
def services(environment: dict[str, str]) -> dict[str, Service]:
    return render(environment)


def specification() -> dict[str, Any]:
    """The JSON Schema of the Compose specification, as check-jsonschema ships it."""
    text = (files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json").read_text()
    schema: dict[str, Any] = json.loads(text)
    return schema


def test_file_follows_the_compose_specification(environment: dict[str, str]) -> None:
    validator = jsonschema.Draft202012Validator(specification())
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(interpolated(environment))] == []


def interpolated(environment: dict[str, str]) -> dict[str, Any]:
    document: Any = interpolate(read(), environment)
    assert isinstance(document, dict)
    return document


def test_specification_refuses_a_misspelt_key(environment: dict[str, str]) -> None:
    document = interpolated(environment)
    document["services"]["redis"]["heathcheck"] = {}
    assert not jsonschema.Draft202012Validator(specification()).is_valid(document)


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("name", sorted(SECRETS))
def test_does_not_start_without_a_secret(name: str, empty: bool, environment: dict[str, str]) -> None:
    incomplete = {key: value for key, value in environment.items() if key != name} | ({name: ""} if empty else {})
    with pytest.raises(MissingVariableError) as caught:
        render(incomplete)
    assert caught.value.name == name
    assert missing_in(caught.value.message) == {name}


@pytest.mark.parametrize("given", [(), ("REDIS_PASSWORD",), ("POSTGRES_PASSWORD", "FERNET_KEY", "WAREHOUSE_PASSWORD")])
def test_all_missing_secrets_are_named_at_once(given: tuple[str, ...], environment: dict[str, str]) -> None:
    with pytest.raises(MissingVariableError) as caught:
        render({name: environment[name] for name in given})
    assert missing_in(caught.value.message) == SECRETS - set(given)
    assert not any(value in caught.value.message for value in environment.values())


def missing_in(message: str) -> set[str]:
    """The names that a message of `x-secrets` says to have no value."""
    start = "as .env.example says, give a value in .env to "
    assert message.startswith(start)
    return {name for name in message.removeprefix(start).split(", ") if not name.endswith(" (has one)")}


def test_secrets_are_asked_for_in_the_order_of_the_example() -> None:
    first = [expression.removeprefix("${").partition(":?")[0] for expression in read()["x-secrets"]]
    assert first == [secret.name for secret in secrets()]


def test_secrets_reach_only_the_services_that_need_them(
    environment: dict[str, str], services: dict[str, Service]
) -> None:
    holders = {
        name: {service.name for service in services.values() if environment[name] in str(service.environment)}
        for name in SECRETS
    }
    assert holders == {
        "POSTGRES_PASSWORD": AIRFLOW_SERVICES | {"postgres"},
        "REDIS_PASSWORD": AIRFLOW_SERVICES | {"redis"},
        "FERNET_KEY": AIRFLOW_SERVICES,
        "AIRFLOW__API__SECRET_KEY": AIRFLOW_SERVICES,
        "AIRFLOW__API_AUTH__JWT_SECRET": AIRFLOW_SERVICES,
        "_AIRFLOW_WWW_USER_PASSWORD": {"airflow-init", "flower"},
        "WAREHOUSE_PASSWORD": AIRFLOW_SERVICES | {"warehouse-init"},
        "WAREHOUSE_ADMIN_PASSWORD": {"warehouse", "warehouse-init"},
    }


def test_no_secret_is_an_argument(environment: dict[str, str], services: dict[str, Service]) -> None:
    arguments = {
        name: str((service.entrypoint, service.command, service.healthcheck)) for name, service in services.items()
    }
    assert [name for name, text in arguments.items() if any(environment[secret] in text for secret in SECRETS)] == []


def test_only_web_pages_are_published_and_only_to_this_machine(services: dict[str, Service]) -> None:
    assert {name: service.ports for name, service in services.items() if service.ports} == {
        "airflow-apiserver": (Port(host_ip="127.0.0.1", published="8080", target=8080),),
        "flower": (Port(host_ip="127.0.0.1", published="5555", target=5555),),
    }


def test_no_service_leaves_the_projects_network() -> None:
    ways_out = {"network_mode", "networks", "expose", "privileged", "pid", "ipc"}
    assert {name: set(raw) & ways_out for name, raw in read()["services"].items() if set(raw) & ways_out} == {}


@pytest.mark.parametrize("name", sorted(AIRFLOW_SERVICES))
def test_airflow_services_see_the_whole_project(name: str, services: dict[str, Service]) -> None:
    mounts = {(mount.source, mount.target, mount.read_only) for mount in services[name].mounts}
    expected = {(f"./{folder}", f"/opt/airflow/{folder}", True) for folder in READ_ONLY_FOLDERS}
    assert mounts == expected | {(f"./{folder}", f"/opt/airflow/{folder}", False) for folder in WRITABLE_FOLDERS}


def test_services_and_profiles(services: dict[str, Service]) -> None:
    assert {name: service.profiles for name, service in services.items()} == {
        "postgres": (),
        "redis": (),
        "airflow-apiserver": (),
        "airflow-scheduler": (),
        "airflow-dag-processor": (),
        "airflow-triggerer": (),
        "airflow-worker": (),
        "airflow-init": (),
        "airflow-log-groomer": (),
        "airflow-db-cleaner": (),
        "airflow-cli": ("debug",),
        "flower": ("flower",),
        "warehouse": ("warehouse",),
        "warehouse-init": ("warehouse",),
    }


def test_two_workers_and_more_on_request(environment: dict[str, str], services: dict[str, Service]) -> None:
    assert services["airflow-worker"].replicas == 2
    assert render(environment | {"AIRFLOW_WORKERS": "5"})["airflow-worker"].replicas == 5
    # A fixed name or a published port would allow one container only.
    assert "container_name" not in read()["services"]["airflow-worker"]


def test_airflow_starts_no_more_tasks_than_the_workers_take(environment: dict[str, str]) -> None:
    chosen = render(environment | {"AIRFLOW_WORKERS": "3", "AIRFLOW_WORKER_CONCURRENCY": "5"})
    assert chosen["airflow-worker"].replicas == 3
    assert chosen["airflow-worker"].environment["AIRFLOW__CELERY__WORKER_CONCURRENCY"] == "5"
    *shell, line = chosen["airflow-scheduler"].command
    limit, _, _ = line.partition(" exec ")
    done = subprocess.run([*shell, f"{limit}; echo ${limit.partition('=')[0]}"], capture_output=True, check=True)
    assert done.stdout == b"15\n"


def test_everything_that_stays_up_is_restarted_and_keeps_no_more_output_than_fits(
    services: dict[str, Service],
) -> None:
    lasting = services.keys() - ONE_SHOT_SERVICES
    assert {name for name, service in services.items() if service.restart == "unless-stopped"} == lasting
    assert {raw["logging"]["driver"] for raw in read()["services"].values()} == {"${DOCKER_LOG_DRIVER:-local}"}


def test_everything_that_serves_has_a_health_check_that_starts_no_airflow(services: dict[str, Service]) -> None:
    checks = {name: " ".join(service.healthcheck) for name, service in services.items() if service.healthcheck}
    assert checks.keys() == services.keys() - ONE_SHOT_SERVICES - {"airflow-log-groomer", "airflow-db-cleaner"}
    programs = {name: check.split()[1] for name, check in checks.items()}
    assert set(programs.values()) == {"curl", "celery", "redis-cli", "pg_isready"}
    assert "--app" not in checks["airflow-worker"]


def test_logs_are_deleted_by_what_sees_nothing_else(environment: dict[str, str]) -> None:
    groomer = render(environment | {"AIRFLOW_LOG_DAYS": "7"})["airflow-log-groomer"]
    assert groomer.mounts == (Mount(source="./logs", target="/opt/airflow/logs", read_only=False),)
    assert not set(environment.values()) & set(groomer.environment.values())
    assert "-type f -mtime +7 -delete" in groomer.command[-1]


def test_old_runs_are_deleted_once_a_day(environment: dict[str, str]) -> None:
    *_, script = render(environment | {"AIRFLOW_RUN_DAYS": "90"})["airflow-db-cleaner"].command
    before = "$(date --utc --date '90 days ago' +%F)"
    assert f'airflow db clean --clean-before-timestamp "{before}"' in script
    assert "sleep 1d" in script


def test_all_airflow_services_run_one_image_that_is_built_once_and_not_pulled(services: dict[str, Service]) -> None:
    others = {"warehouse-init", "airflow-log-groomer"}
    assert {services[name].image for name in AIRFLOW_SERVICES | others} == {"summary-tables:3.3.2"}
    assert [name for name, raw in read()["services"].items() if "build" in raw] == ["airflow-init"]
    policies = {read()["services"][name]["pull_policy"] for name in AIRFLOW_SERVICES | others}
    assert policies == {"${AIRFLOW_PULL_POLICY:-never}"}


def test_queue_is_on_disk(services: dict[str, Service]) -> None:
    assert "--appendonly yes" in services["redis"].command[-1]
    assert services["redis"].mounts == (Mount(source="redis-volume", target="/data", read_only=False),)


def test_settings_that_users_rely_on(services: dict[str, Service]) -> None:
    expected = {
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CORE__DAGBAG_IMPORT_ERROR_TRACEBACKS": "False",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DAG_FACTORY__ENABLE_TELEMETRY": "False",
        "AIRFLOW_VAR_DATA_DIR": "/opt/airflow/data",
    }
    for name in AIRFLOW_SERVICES:
        assert {key: services[name].environment[key] for key in expected} == expected


def test_warehouse_connection(environment: dict[str, str], services: dict[str, Service]) -> None:
    assert json.loads(services["airflow-worker"].environment["AIRFLOW_CONN_WAREHOUSE"]) == {
        "conn_type": "postgres",
        "host": "warehouse",
        "port": 5432,
        "schema": "warehouse",
        "login": "builder",
        "password": environment["WAREHOUSE_PASSWORD"],
        "extra": {"sslmode": "prefer"},
    }


@pytest.mark.parametrize("name", ["AIRFLOW_CONN_SLACK_DEFAULT", "AIRFLOW_VAR_SLACK_URL"])
def test_slack_is_optional(name: str, environment: dict[str, str], services: dict[str, Service]) -> None:
    assert name not in services["airflow-worker"].environment
    assert render(environment | {name: "T/B/x"})["airflow-worker"].environment[name] == "T/B/x"


def test_every_setting_can_be_changed(environment: dict[str, str]) -> None:
    chosen = dict.fromkeys(variables(read()) - SECRETS, "1")
    changed = render(environment | chosen)
    assert changed["airflow-apiserver"].ports == (Port(host_ip="1", published="1", target=8080),)
    assert changed["airflow-worker"].mounts[0].source == "1/dags"
    assert changed["airflow-worker"].image == "1"
    assert changed["airflow-init"].environment["ADMIN_NAME"] == "1"


def has_compose() -> bool:
    docker = shutil.which("docker")
    return docker is not None and subprocess.run([docker, "compose", "version"], capture_output=True).returncode == 0


# Docker Compose is an independent reader of the file, and needs no engine for it. Every promise above is tested without
# it; where it is installed, both readers must see the same.
NEEDS_COMPOSE = pytest.mark.skipif(not has_compose(), reason="there is no `docker compose`")


def run_config(environment: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    env_file = folder / ".env"
    env_file.write_text("".join(f"{name}={value}\n" for name, value in environment.items()))
    files = ["--env-file", str(env_file), "--file", str(COMPOSE_FILE), "--profile", "*"]
    alone = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "DOCKER_CONFIG")}
    return subprocess.run(
        ["docker", "compose", *files, "config"], check=False, capture_output=True, text=True, env=alone
    )


@NEEDS_COMPOSE
def test_docker_compose_reads_the_same(
    environment: dict[str, str], services: dict[str, Service], tmp_path: Path
) -> None:
    done = run_config(environment, tmp_path)
    assert done.returncode == 0, done.stderr
    rendered: dict[str, Any] = yaml.safe_load(done.stdout)["services"]
    assert rendered.keys() == services.keys()
    for name, service in services.items():
        raw = rendered[name]
        given = {key: value for key, value in raw["environment"].items() if value is not None}
        assert {key: value.replace("$$", "$") for key, value in given.items()} == service.environment
        assert {other: rule["condition"] for other, rule in raw.get("depends_on", {}).items()} == service.depends_on
        assert [(port["host_ip"], port["published"], port["target"]) for port in raw.get("ports", [])] == [
            (port.host_ip, port.published, port.target) for port in service.ports
        ]


@NEEDS_COMPOSE
@pytest.mark.parametrize("name", sorted(SECRETS))
def test_docker_compose_refuses_too(name: str, environment: dict[str, str], tmp_path: Path) -> None:
    done = run_config({key: value for key, value in environment.items() if key != name}, tmp_path)
    assert done.returncode != 0
    _, _, message = done.stderr.strip().partition(f"required variable {name} is missing a value: ")
    assert missing_in(message) == {name}
