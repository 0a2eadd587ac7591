"""The folder of configs, as the api-server reads it: anew only where a file changed."""

from pathlib import Path

import pytest

from summary_tables.airflow.pages import folder_reading
from summary_tables.airflow.pages.configs_folder import VARIABLE, configs_folder
from summary_tables.airflow.pages.folder_reading import FolderReader
from tests.airflow.pages.deployment import OPEN, READER, SECRET, write_configs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    configs = tmp_path / "configs"
    write_configs(configs)
    monkeypatch.setenv(VARIABLE, str(configs))
    return configs


@pytest.mark.usefixtures("folder")
def test_read_once_while_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = FolderReader()
    first = reader.get()
    assert list(first.declarations) == [OPEN, READER, SECRET, "secret_broken"]
    monkeypatch.setattr(folder_reading, "_reading", None)
    assert reader.get() is first


@pytest.mark.parametrize("change", ["edited", "same size", "added", "gone", "defaults", "source", "manifest"])
def test_read_anew_after_any_change(change: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(folder))
    reader = FolderReader()
    before = reader.get()
    file = folder / "secret_table.yaml"
    text = file.read_text()
    match change:
        case "edited":
            file.write_text(text + "description: new\n")
        case "same size":
            file.write_text(text.replace("secret_owner", "public_owner"))
        case "added":
            (folder / "more.yaml").write_text("table: more\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
        case "manifest":
            (folder.parent / "dbt" / "shop" / "target" / "manifest.json").unlink()
        case "gone":
            file.unlink()
        case "defaults":
            (folder / "defaults.yaml").write_text("retries: 1\n")
        case _:
            (folder / "sources").mkdir()
            (folder / "sources" / "raw.yaml").write_text("sources: []\n")
    assert reader.get() is not before


def test_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    found = FolderReader().get()
    assert found.declarations == {}
    assert [(problem.message, problem.fix) for problem in found.problems] == [
        (
            f"the api-server finds no folder of configs at {tmp_path / 'nowhere'}, so that it knows of no table",
            "see that it is there and can be read, or set SUMMARY_TABLES_CONFIGS to where it is, and start the "
            "api-server again",
        )
    ]


def test_beside_or_inside_the_folder_of_dags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    dags = tmp_path / "dags"
    dags.mkdir()
    monkeypatch.setenv("AIRFLOW__CORE__DAGS_FOLDER", str(dags))
    assert configs_folder() == tmp_path / "dag_configs"
    (dags / "dag_configs").mkdir()
    assert configs_folder() == dags / "dag_configs"
