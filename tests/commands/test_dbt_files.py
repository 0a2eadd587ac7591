"""A folder may hold the file of a dbt project: each command does its work on the tables beside it."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from summary_tables import cli
from tests.conftest import REPOSITORY

TABLE = "table: one\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(REPOSITORY / "tests" / "cases" / "dbt" / "shop", tmp_path / "dbt" / "shop")
    (tmp_path / "dag_configs").mkdir()
    (tmp_path / "dag_configs" / "one.yaml").write_text(TABLE)
    (tmp_path / "dag_configs" / "shop.yaml").write_text("dbt: {project: dbt/shop}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint",),
        ("lint", "--fix"),
        ("test",),
        ("export", "dbt", "--output", "out"),
        ("catalog", "build", "--output", "site"),
    ],
    ids=" ".join,
)
def test_commands_go_on_with_the_tables(repository: Path, arguments: Sequence[str]) -> None:
    assert cli.main(arguments) == 0
    assert (repository / "dag_configs" / "shop.yaml").read_text() == "dbt: {project: dbt/shop}\n"


@pytest.mark.usefixtures("repository")
def test_preview_is_of_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["preview", "dag_configs/shop.yaml"]) == 2
    assert "shop.yaml is about a dbt project, which `dbt build` previews" in capsys.readouterr().err


def test_manifest_without_a_project_to_ask(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "dag_configs" / "shop.yaml").unlink()
    assert cli.main(["dbt", "manifest"]) == 2
    assert "no file of a dbt project was found: such a file has the key `dbt`" in capsys.readouterr().err
