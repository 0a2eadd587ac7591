"""What the two files of a dbt project say, and what is taken for said where they do not."""

from pathlib import Path

import pytest

from summary_tables.dbt.project_folder import project_folder, read_project_folder, schema_of
from summary_tables.model.dbt_project import DbtProject, DbtSelection

OUTPUTS = "{prod: {schema: live}, dev: {schema: \"{{ env_var('ME') }}\"}, ci: {schema: 3}, odd: 1}"


@pytest.mark.parametrize("text", ["", "- a", "name: 3", "name: ''", "{", "profile: shop"])
def test_what_is_no_project(text: str, tmp_path: Path) -> None:
    assert project_folder(tmp_path, text, "") is None
    (tmp_path / "dbt_project.yml").write_text(text)
    assert read_project_folder(tmp_path) is None
    assert read_project_folder(tmp_path / "nowhere") is None


def test_what_is_not_said_is_as_dbt_has_it(tmp_path: Path) -> None:
    found = project_folder(
        tmp_path, "name: shop\nprofile: ''\nmodel-paths: []\nseed-paths: x", "other: {outputs: {prod: {}}}"
    )
    assert found is not None
    assert (found.name, found.profile, found.targets) == ("shop", "shop", {})
    folders = (found.model_folders, found.seed_folders, found.snapshot_folders, found.macro_folders)
    assert folders == (("models",), ("seeds",), ("snapshots",), ("macros",))
    assert found.manifest == tmp_path / "target" / "manifest.json"


def test_what_is_said(tmp_path: Path) -> None:
    said = "name: shop\nprofile: mine\nmodel-paths: [a, b]\nseed-paths: [c]\nsnapshot-paths: [d]\nmacro-paths: [e]"
    found = project_folder(tmp_path, said, f"shop: {{outputs: {{x: {{}}}}}}\nmine: {{outputs: {OUTPUTS}}}")
    assert found is not None
    assert found.profile == "mine"
    folders = (found.model_folders, found.seed_folders, found.snapshot_folders, found.macro_folders)
    assert folders == (("a", "b"), ("c",), ("d",), ("e",))
    assert found.targets == {"prod": "live", "dev": "", "ci": ""}
    assert found.settings["macro-paths"] == ["e"]


def test_folders_that_lead_out_of_the_project_are_none_of_it(tmp_path: Path) -> None:
    (tmp_path / "others" / "models").mkdir(parents=True)
    (tmp_path / "others" / "models" / "secret.sql").touch()
    (tmp_path / "shop" / "models").mkdir(parents=True)
    (tmp_path / "shop" / "models" / "orders.sql").touch()
    paths = f'[models, ../others, models/../../others, {tmp_path}/others, "a\\0b"]'
    (tmp_path / "shop" / "dbt_project.yml").write_text(f"name: shop\nmodel-paths: {paths}\nmacro-paths: [..]\n")
    found = read_project_folder(tmp_path / "shop")
    assert found is not None
    assert (found.model_folders, found.macro_folders) == (("models",), ())
    assert list(found.files()) == ["models/orders.sql"]


@pytest.mark.parametrize(
    ("schema", "target", "expected"),
    [("own", "prod", "own"), ("", "prod", "live"), ("", "dev", "file"), ("", "x", "file")],
)
def test_the_schema_of_models_that_name_none(schema: str, target: str, expected: str, tmp_path: Path) -> None:
    folder = project_folder(tmp_path, "name: shop", f"shop: {{outputs: {OUTPUTS}}}")
    assert folder is not None
    project = DbtProject(name="file", dbt=DbtSelection(project="dbt/shop", schema=schema, target=target))
    assert schema_of(folder, project) == expected


def test_files_of_models_and_seeds(tmp_path: Path) -> None:
    for name in (
        "models/a/orders.sql",
        "models/b.py",
        "models/s.yml",
        "seeds/orders.csv",
        "seeds/x.sql",
        "tests/t.sql",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = project_folder(tmp_path, "name: shop", "")
    assert found is not None
    assert sorted(found.files()) == ["models/a/orders.sql", "models/b.py", "seeds/orders.csv"]
    assert sorted(found.files_called("orders")) == ["models/a/orders.sql", "seeds/orders.csv"]


@pytest.mark.parametrize("file", ["packages.yml", "dependencies.yml"])
def test_packages_that_nobody_has_brought(file: str, tmp_path: Path) -> None:
    found = project_folder(tmp_path, "name: shop", "")
    assert found is not None
    assert not found.wants_packages
    (tmp_path / file).touch()
    assert found.wants_packages
    (tmp_path / "dbt_packages").mkdir()
    assert not found.wants_packages


@pytest.mark.parametrize(("place", "expected"), [("others", True), ("dbt", False), ("\"{{ env_var('P') }}\"", False)])
def test_packages_that_stand_elsewhere(place: str, *, expected: bool, tmp_path: Path) -> None:
    (tmp_path / "packages.yml").touch()
    (tmp_path / "dbt").mkdir()
    found = project_folder(tmp_path, f"name: shop\npackages-install-path: {place}", "")
    assert found is not None
    assert found.wants_packages is expected
