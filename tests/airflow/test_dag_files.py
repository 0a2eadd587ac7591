"""Where the DAG files of a repository find its configs, and what they do with them."""

import shutil
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag

from summary_tables.airflow.dag_files import configs_beside
from tests.conftest import REPOSITORY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one good file and one that is wrong."""
    found = tmp_path / "repository"
    shutil.copytree(REPOSITORY / "dags", found / "dags", ignore=shutil.ignore_patterns("__pycache__"))
    (found / "dag_configs").mkdir()
    (found / "dag_configs/good.yaml").write_text("table: good\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    (found / "dag_configs/bad.yaml").write_text("table: bad\nschema: analytics\n")
    return found


def test_configs_beside_the_folder_of_the_dag_file(root: Path) -> None:
    assert configs_beside(str(root / "dags/summary_table_dags.py")) == root / "dag_configs"


def test_dags_folder_that_is_a_link_into_the_repository(root: Path, tmp_path: Path) -> None:
    (tmp_path / "airflow").mkdir()
    (tmp_path / "airflow/dags").symlink_to(root / "dags")
    assert configs_beside(str(tmp_path / "airflow/dags/summary_table_dags.py")) == root / "dag_configs"


def test_configs_that_are_mounted_beside_a_linked_folder_win(root: Path, tmp_path: Path) -> None:
    (tmp_path / "airflow/dag_configs").mkdir(parents=True)
    (tmp_path / "airflow/dags").symlink_to(root / "dags")
    assert configs_beside(str(tmp_path / "airflow/dags/config_problems.py")) == tmp_path / "airflow/dag_configs"


@pytest.mark.parametrize("bundle", [".", "dags"])
def test_airflow_reads_the_tables_and_says_what_is_wrong(bundle: str, root: Path) -> None:
    bag = DagBag(root / bundle, bundle_path=root / bundle, collect_dags=False)
    bag.collect_dags(root / bundle)
    assert sorted(bag.dags) == ["good", "summary_tables_watch"]
    ((file, words),) = bag.import_errors.items()
    assert Path(file).name == "config_problems.py"
    assert "dag_configs/bad.yaml" in words


def test_file_that_looks_for_problems_has_no_dag(root: Path) -> None:
    """A task looks for its DAG in the file that had it last: there, it would look in vain, again and again."""
    (root / "dag_configs/bad.yaml").unlink()
    (root / "dag_configs/shop.yaml").write_text("dbt: {project: dbt/shop}\n")
    (root / "dbt/shop").mkdir(parents=True)
    (root / "dbt/shop/dbt_project.yml").write_text("name: shop\n")
    for file, dags in {"config_problems.py": [], "summary_table_dags.py": ["good", "shop"]}.items():
        bag = DagBag(root / "dags" / file, bundle_path=root / "dags")
        assert (sorted(bag.dags), bag.import_errors) == (dags, {})


def test_repository_without_configs_has_no_dag(root: Path) -> None:
    shutil.rmtree(root / "dag_configs")
    bag = DagBag(root / "dags", bundle_path=root / "dags", collect_dags=False)
    bag.collect_dags(root / "dags")
    assert list(bag.dags) == ["summary_tables_watch"]
    assert list(bag.import_errors.values()) == [
        "repository/dag_configs: error[file] the folder cannot be read: no such file or directory; fix: see that it is "
        "there and that the user who runs Airflow may read it"
    ]


def test_folder_for_each_team_below_one_dags_folder(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As docs/teams.md says: each sees its own configs, and `init` of one hides nothing of another."""
    for team in ("growth", "finance"):
        shutil.copytree(root / "dags", tmp_path / "teams" / team / "dags")
        shutil.copy(REPOSITORY / ".airflowignore", tmp_path / "teams" / team)
        configs = tmp_path / "teams" / team / "dag_configs"
        configs.mkdir()
        (configs / f"{team}.yaml").write_text(f"table: {team}\nschema: {team}\nmain_sql: SELECT 1 AS one\n")
    monkeypatch.syspath_prepend(str(tmp_path / "teams"))
    bag = DagBag(tmp_path / "teams", bundle_path=tmp_path / "teams", collect_dags=False)
    bag.collect_dags(tmp_path / "teams")
    watches = ["summary_tables_watch.finance", "summary_tables_watch.growth"]
    assert (sorted(bag.dags), bag.import_errors) == (["finance", "growth", *watches], {})
