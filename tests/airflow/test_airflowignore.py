"""Which files Airflow runs: the DAG files and nothing else, whichever folder the deployment names."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from airflow._shared.module_loading import find_path_from_directory
from airflow.dag_processing.dagbag import DagBag

from tests.conftest import REPOSITORY

DAG_FILES = ["dags/config_problems.py", "dags/summary_table_dags.py", "dags/summary_tables_watch.py"]
MARKER = "import airflow, pathlib\nfrom airflow.sdk import DAG\npathlib.Path({marker!r}).write_text('executed')\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of what is deployed, with a trap in every folder that holds no DAG files."""
    copy = tmp_path / "repository"
    for name in ("dags", "dag_configs", "schemas", "plugins"):
        shutil.copytree(REPOSITORY / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / ".airflowignore", copy)
    for name in (
        *(
            ".",
            "dag_configs",
            "schemas",
            "tests",
            "demo",
            "benchmarks",
            "docs",
            "docs/more",
            "data",
            "logs",
            ".venv/lib",
        ),
        *("plugins", "plugins/summary_tables", "a folder of tomorrow", "dags2", "more/dags"),
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


@pytest.mark.parametrize("syntax", ["glob", "regexp"])
def test_only_the_dags_folder_is_listed_in_either_syntax(syntax: str, repository: Path) -> None:
    found = find_path_from_directory(str(repository), ".airflowignore", syntax)
    assert sorted(str(Path(path).relative_to(repository)) for path in found if path.endswith(".py")) == DAG_FILES


@pytest.mark.parametrize("syntax", ["glob", "regexp"])
def test_library_is_not_loaded_where_the_hidden_file_was_left_behind(syntax: str, tmp_path: Path) -> None:
    """`cp -r plugins/* PLUGINS` takes only what is inside the library's folder."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "plugins" / "summary_tables", tmp_path / "summary_tables", ignore=ignored)
    found = find_path_from_directory(str(tmp_path), ".airflowignore", syntax)
    assert [path for path in found if path.endswith(".py")] == []


@pytest.fixture(scope="module")
def bare_plugins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file of the library and of dags/, without any .airflowignore: Airflow runs each under its bare name."""
    plugins = tmp_path_factory.mktemp("bare") / "plugins"
    for name in ("plugins/summary_tables", "dags"):
        # What is compiled comes along: there are a thousand files.
        ignored = shutil.ignore_patterns(".airflowignore")
        shutil.copytree(REPOSITORY / name, plugins / Path(name).name, ignore=ignored)
    # The DAG files look for it beside their folder.
    (plugins / "dag_configs").mkdir()
    shutil.copytree(REPOSITORY / "schemas", plugins.parent / "schemas")
    return plugins


LOAD_EVERY_FILE = """
import sys
sys.argv = ["airflow", "scheduler"]
from airflow._shared.plugins_manager.plugins_manager import _load_plugins_from_plugin_directory
before = dict(sys.modules)
plugins, errors = _load_plugins_from_plugin_directory(sys.path[0])
replaced = {name for name, module in before.items() if sys.modules.get(name) is not module}
bare = {name for name, module in sys.modules.items() if name not in before and "." not in name}
print(len(bare), plugins, errors, replaced)
"""


def test_every_file_may_be_run_as_a_plugin(bare_plugins: Path) -> None:
    environment = {**os.environ, "AIRFLOW__CORE__PLUGINS_FOLDER": str(bare_plugins)}
    code = LOAD_EVERY_FILE.replace("sys.path[0]", repr(str(bare_plugins)))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    count, _, words = done.stdout.splitlines()[-1].partition(" ")
    assert int(count) > 300
    # `python -m summary_tables` needs a file of this name; run by Airflow it does nothing.
    assert re.fullmatch(r"\[<plugin\.SummaryTablesPlugin object at \w+>\] {} {'__main__'}", words)


def test_airflow_commands_work_after_every_file_was_run(bare_plugins: Path) -> None:
    environment = {**os.environ, "AIRFLOW__CORE__PLUGINS_FOLDER": str(bare_plugins)}
    command = [str(Path(sys.executable).with_name("airflow")), "plugins", "--output", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert "summary-tables==" not in done.stdout + done.stderr
    assert "Failed to import plugin" not in done.stdout + done.stderr


def test_no_file_is_called_after_a_module_of_others() -> None:
    """Airflow would put it in the place of that module."""
    files = {path.stem for path in (REPOSITORY / "plugins").rglob("*.py")} - {"__init__", "__main__"}
    others = sys.stdlib_module_names | (set(packages_distributions()) - {"summary_tables"})
    assert files & others == set()
