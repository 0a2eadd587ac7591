"""Which files Airflow runs: the DAG files and nothing else, whichever folder the deployment names."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from airflow._shared.module_loading import find_path_from_directory
from airflow.dag_processing.dagbag import DagBag

from tests.conftest import REPOSITORY

DAG_FILES = ["dags/config_problems.py", "dags/summary_table_dags.py"]
MARKER = "import airflow, pathlib\nfrom airflow.sdk import DAG\npathlib.Path({marker!r}).write_text('executed')\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of what is deployed, with a trap in every folder that holds no DAG files."""
    copy = tmp_path / "repository"
    for name in ("dags", "dag_configs", "schemas", "plugins"):
        shutil.copytree(REPOSITORY / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / ".airflowignore", copy)
    for name in (
        "dag_configs",
        "schemas",
        "tests",
        "demo",
        "benchmarks",
        "data",
        "logs",
        ".venv/lib",
        "plugins/summary_tables",
    ):
        (copy / name).mkdir(parents=True, exist_ok=True)
        (copy / name / "trap.py").write_text(MARKER.format(marker=str(copy / "executed")))
    return copy


def files_run(bundle: Path) -> list[str]:
    bag = DagBag(bundle, bundle_path=bundle, collect_dags=False)
    bag.collect_dags(bundle)
    return sorted(str(Path(stat.file).as_posix()).lstrip("/") for stat in bag.dagbag_stats)


def test_bundle_that_is_the_whole_repository(repository: Path) -> None:
    assert files_run(repository) == DAG_FILES
    assert not (repository / "executed").exists()


def test_bundle_that_is_the_dags_folder(repository: Path) -> None:
    assert [f"dags/{name}" for name in files_run(repository / "dags")] == DAG_FILES
    assert not (repository / "executed").exists()


def test_yaml_beside_the_dag_files_is_not_even_looked_at(repository: Path) -> None:
    (repository / "dags" / "stray.yaml").write_text("a: 1\n")
    found = find_path_from_directory(str(repository / "dags"), ".airflowignore", "glob")
    assert [Path(path).name for path in found if path.endswith("yaml")] == []


def test_top_level_file_names_every_folder_without_dag_files() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    folders = {line.split("/")[0] for line in tracked.splitlines() if line.endswith(".py") and "/" in line} - {"dags"}
    ignored = {line.strip("/") for line in (REPOSITORY / ".airflowignore").read_text().splitlines()}
    assert folders - ignored == set()


LOAD_PLUGINS = """
import sys
from airflow import plugins_manager
plugins_manager.ensure_plugins_loaded() if hasattr(plugins_manager, "ensure_plugins_loaded") else None
from airflow.sdk.plugins_manager import _get_plugins
_get_plugins()
bare = {"config", "model", "problem", "cli", "failure", "publish", "warehouse", "statements"}
print(sorted(bare & set(sys.modules)), sorted(name for name in sys.modules if name.startswith("summary_tables.")))
"""


def test_library_is_not_loaded_as_plugins() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD_PLUGINS], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[] []"
