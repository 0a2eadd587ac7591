"""The file of a dbt project: the schema, the records, and that a folder may hold both kinds of files."""

from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import yaml

from summary_tables.configs import config as config_files
from summary_tables.configs.config import Config
from summary_tables.configs.dbt_config import DbtConfig, read_either
from summary_tables.configs.folder import read_folder
from summary_tables.configs.schema_files import whole_schema
from summary_tables.model.dbt_project import DbtProject, DbtSelection
from summary_tables.model.table import Schedule

FILE = """\
dbt:
  project: dbt/shop
  select: ["tag:daily"]
  vars: {days: 3, rate: 1.10}
schedule:
  after: [analytics.nps_summary]
owner: growth
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def test_schema_and_records_have_the_same_keys_and_defaults() -> None:
    schema = whole_schema("dbt_project")["properties"]
    same(schema, {each.name: each for each in fields(DbtProject)}, without={"name", "alerts", "schedule"})
    assert schema.keys() == {each.name for each in fields(DbtProject)} - {"name"}
    same(schema["dbt"]["properties"], {each.name: each for each in fields(DbtSelection)}, without=set())


def same(schema: dict[str, Any], known: dict[str, Any], without: set[str]) -> None:
    for key, of_key in schema.items():
        default = known[key].default if key in known else MISSING
        if "default" in of_key and key not in without:
            assert default == of_key["default"], key


def test_file_becomes_records(tmp_path: Path) -> None:
    folder = write(tmp_path / "dag_configs", shop=FILE, defaults="retries: 3\nowner: data\nmax_rows: 5\n")
    found = read_either("shop", folder)
    assert isinstance(found, DbtConfig)
    assert found.project == DbtProject(
        name="shop",
        dbt=DbtSelection(project="dbt/shop", select=("tag:daily",), vars={"days": 3, "rate": 1.1}),
        schedule=Schedule(after=("analytics.nps_summary",)),
        owner="growth",
        retries=3,
    )
    assert found.folder == tmp_path / "dbt" / "shop"
    assert (found.as_table.table.full_name, found.as_table.table.owner) == ("dbt project shop", "growth")


def test_a_folder_holds_both_kinds_of_files(tmp_path: Path) -> None:
    table = "table: one\nschema: analytics\nmain_sql: SELECT 1 AS one\n"
    folder = read_folder(write(tmp_path / "dag_configs", shop=FILE, one=table, broken="dbt: {projekt: x}\n"))
    assert [file.full_name for file in folder.files] == ["analytics.one"]
    assert [file.config.project.name for file in folder.projects] == ["shop"]
    assert [problem.message for problem in folder.problems] == ["`projekt` is not a key of `dbt`"]
    assert isinstance(read_either("one", folder.path), Config)


def test_every_file_that_is_allowed_can_be_written_back(tmp_path: Path) -> None:
    folder = write(tmp_path / "dag_configs", shop=FILE)
    data = yaml.safe_load((folder / "shop.yaml").read_text("utf-8"))
    assert config_files.read_data("shop", folder)[0] == data
