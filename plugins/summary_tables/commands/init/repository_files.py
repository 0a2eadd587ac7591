"""The files that a repository of summary tables has: those of this library's own repository, which is one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summary_tables.configs.config import DEFAULTS_FILE, FOLDER_NAME
from summary_tables.configs.schema_files import SCHEMAS
from summary_tables.model.checkout import CARRIED, REPOSITORY

HOSTS: Final = ("github", "gitlab")
"""What runs the checks of a pull request, and shows what it would do."""

REQUIREMENTS: Final = {host: f".{host}/requirements.txt" for host in HOSTS}
GITLAB_JOBS: Final = ".gitlab/summary_tables.yml"
ROOT_IGNORE: Final = ".airflowignore"
CATALOG_WORKFLOW: Final = ".github/workflows/catalog.yaml"
DBT_ENVIRONMENT: Final = ("dbt_environment/pyproject.toml", "dbt_environment/uv.lock")
"""With which versions dbt runs, in an environment of its own."""
DAG_FILES: Final = ("dags/config_problems.py", "dags/summary_table_dags.py", "dags/summary_tables_watch.py")

_AS_IN_OURS: Final = (
    ROOT_IGNORE,
    "dags/.airflowignore",
    *DAG_FILES,
    ".vscode/extensions.json",
    ".vscode/settings.json",
)
_SCRIPTS: Final = (".github/fetch_pull_request.py", ".github/post_preview.py")
_WORKFLOWS: Final = (
    ".github/workflows/lint.yaml",
    ".github/workflows/preview.yaml",
    ".github/workflows/preview_comment.yaml",
)
_SCHEMAS: Final = (
    "dbt_project.schema.json",
    "defaults.schema.json",
    "sources.schema.json",
    "summary_table.schema.json",
)

_OWN_INSTALL: Final = re.compile(r'(?m)^( *- run: pip install --quiet) (?:\.|"\.\[\w+\]")$')
_OWN_SOURCES: Final = '"schemas/**", "plugins/summary_tables/**"'


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryFile:
    """`path` is its way from the root of the repository, with `/`."""

    path: str
    text: str


def files_of_version(
    version: str, host: str, *, with_pages: bool = False, with_dbt: bool = False
) -> Iterator[RepositoryFile]:
    """What belongs to a version of the library: it changes with it, and people have no need to change it.

    `host` is one of `HOSTS`. `with_pages`: also what publishes the catalogue there, which only GitHub's have.
    `with_dbt`: also what makes dbt's environment.

    Raises OSError where the library is in no place that has them, such as a folder of plugins.
    """
    source = _source()
    for path in _AS_IN_OURS:
        yield RepositoryFile(path=path, text=_text(source / path))
    yield from _of_gitlab(source) if host == "gitlab" else _of_github(source)
    if with_pages:
        workflow = _text(Path(__file__).with_name("catalog_workflow.yaml"))
        yield RepositoryFile(path=CATALOG_WORKFLOW, text=_with_package(workflow))
    for path in DBT_ENVIRONMENT if with_dbt else ():
        yield RepositoryFile(path=path, text=_text(source / path))
    for name in _SCHEMAS:
        yield RepositoryFile(path=f"schemas/{name}", text=_text(SCHEMAS / name))
    yield RepositoryFile(path=REQUIREMENTS[host], text=_requirements(version))


def _of_github(source: Path) -> Iterator[RepositoryFile]:
    for path in _SCRIPTS:
        yield RepositoryFile(path=path, text=_text(source / path))
    for path in _WORKFLOWS:
        yield RepositoryFile(path=path, text=_with_package(_text(source / path)))


def _of_gitlab(source: Path) -> Iterator[RepositoryFile]:
    yield RepositoryFile(path=".gitlab/post_preview.py", text=_text(source / ".github" / "post_preview.py"))
    yield RepositoryFile(path=GITLAB_JOBS, text=_text(Path(__file__).with_name("gitlab_ci.yaml")))


def first_configs() -> Iterator[RepositoryFile]:
    """What `dag_configs/` begins with; from then on it is the people's."""
    defaults = f"{FOLDER_NAME}/{DEFAULTS_FILE}"
    yield RepositoryFile(path=defaults, text=_text(_source() / defaults))
    yield RepositoryFile(
        path=f"{FOLDER_NAME}/first_table.yaml", text=_text(Path(__file__).with_name("first_table.yaml"))
    )


def _source() -> Path:
    return CARRIED if CARRIED.is_dir() else REPOSITORY


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def _with_package(workflow: str) -> str:
    """A workflow of ours that installs the package in place of the checkout."""
    installed, count = _OWN_INSTALL.subn(rf"\1 --requirement {REQUIREMENTS['github']}", workflow)
    assert count, "a workflow installs this library"
    return installed.replace(_OWN_SOURCES, f'"{REQUIREMENTS["github"]}"')


def _requirements(version: str) -> str:
    return (
        "# What the workflows install. Raise it together with Airflow's, then run `summary-tables init`.\n"
        f"summary-tables[postgres]=={version}\n"
    )
