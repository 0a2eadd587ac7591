"""What others install: the package with its schemas, away from this repository."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

from tests.conftest import REPOSITORY
from tests.wheels import copy_of_sources, wheel


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel installs."""
    home = tmp_path_factory.mktemp("wheel")
    with ZipFile(wheel(copy_of_sources(home / "sources"))) as archive:
        archive.extractall(home / "library")
    return home / "library"


def test_installed_package_lints_without_the_repository(tmp_path: Path, library: Path) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / "sales.yaml").write_text("table: sales\nschema: analytics\nmain_sql: SELECT 1 AS one\nownr: growth\n")
    # -P: the folder of the call is no place to import from; PYTHONPATH comes before the editable installation.
    code = "import summary_tables, sys; from summary_tables.cli import main; print(summary_tables.__file__); main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "lint", "--format", "concise"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(library)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        str(library / "summary_tables" / "__init__.py"),
        "dag_configs/sales.yaml:4:1: error[unknown-key] `ownr` is not a key of this file; fix: rename it to `owner`",
    ]


def test_wheel_brings_the_plugin_and_what_init_writes(tmp_path: Path, library: Path) -> None:
    (entry_points,) = library.glob("*.dist-info/entry_points.txt")
    assert "[airflow.plugins]\nsummary_tables = summary_tables.airflow.plugin:SummaryTablesPlugin\n" in (
        entry_points.read_text()
    )
    assert not list(library.rglob("tests"))
    root = tmp_path / "tables"
    done = subprocess.run(
        [sys.executable, "-P", "-m", "summary_tables", "init", str(root)],
        env={**os.environ, "PYTHONPATH": str(library)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Wrote 19 files:\n")
    assert (root / "dags/config_problems.py").read_bytes() == (REPOSITORY / "dags/config_problems.py").read_bytes()
    subprocess.run(
        [sys.executable, "-P", "-m", "summary_tables", "catalog", "build", "--output", str(tmp_path / "site")],
        env={**os.environ, "PYTHONPATH": str(library)},
        cwd=root,
        capture_output=True,
        check=True,
    )
    # Templates and what pages load come with it.
    assert "first_table" in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert (tmp_path / "site" / "style.css").stat().st_size > 1_000


OF_DBT = """\
pip install --quiet uv && uv sync --quiet --locked --project dbt_environment
for project in dbt dbt/*; do
  if [ -f "$project/packages.yml" ] || [ -f "$project/dependencies.yml" ]; then
    DO_NOT_TRACK=1 dbt_environment/.venv/bin/dbt --quiet deps --project-dir "$project"
  fi
done
summary-tables dbt manifest
"""


def test_workflow_is_one_and_runs_lint_and_tests_of_queries() -> None:
    path = REPOSITORY / ".github" / "workflows" / "lint.yaml"
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    subprocess.run(check, check=True, capture_output=True)
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert [step["run"] for step in workflow["jobs"]["lint"]["steps"] if "run" in step] == [
        'pip install --quiet ".[postgres]"',
        OF_DBT,
        "summary-tables lint dag_configs",
        "summary-tables test dag_configs",
    ]


def test_hook_for_the_repositories_of_others() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
