"""What is said of a snapshot is done, and nothing is left to say."""

import json
import re
import shutil
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.lint.engine import lint
from tests.commands.import_dbt.made_model import model
from tests.conftest import REPOSITORY

SNAPSHOT = {
    **model("customers_history", "select 1 as id", config={"materialized": "snapshot"}, schema="shop"),
    "unique_id": "snapshot.shop.customers_history",
    "resource_type": "snapshot",
    "original_file_path": "snapshots/customers_history.yml",
    "depends_on": {"nodes": ["model.shop.stg_customers"]},
}
VIEW = model("stg_customers", "select 1 as id", config={"materialized": "view"}, schema="shop")
READER = model(
    "customers_then",
    "select id from {{ ref('customers_history') }}",
    ("snapshot.shop.customers_history",),
    schema="shop",
)


def test_airflow_takes_it_by_dbt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = shutil.copytree(REPOSITORY / "tests" / "cases" / "dbt" / "shop", tmp_path / "dbt" / "shop")
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    version = "https://schemas.getdbt.com/dbt/manifest/v12.json"
    nodes = dict(enumerate((SNAPSHOT, VIEW, READER)))
    manifest = {"metadata": {"dbt_schema_version": version, "project_name": "shop"}, "nodes": nodes}
    (project / "target").mkdir()
    (project / "target" / "manifest.json").write_text(json.dumps(manifest))
    assert cli.main(["import", "dbt/shop/target/manifest.json"]) == 0
    fix = capsys.readouterr().out.partition("customers_history.yml: warning[import]")[2].partition("\n")[0]
    file, schedule, after = re.findall(r"`((?:dbt|schedule|after): [^`]*)`", fix)
    assert "select: [stg_customers, customers_history]" in file
    (folder / "snapshots.yaml").write_text(f"{file}\n{schedule}\n")
    reader = folder / "customers_then.yaml"
    reader.write_text(reader.read_text().replace('schedule: "@daily"', f"schedule:\n  {after}"))
    assert after in reader.read_text()
    assert [problem for problem in lint([folder]).problems if problem.level == "error"] == []
