"""What the watch knows of the models of dbt projects: as much as their manifests say."""

import json
from pathlib import Path

from summary_tables.alerts.watch.project_models import models_of

MODEL = {
    "unique_id": "model.shop.orders",
    "name": "orders",
    "alias": "orders",
    "package_name": "shop",
    "resource_type": "model",
    "schema": "shop",
    "config": {"materialized": "table"},
}
METADATA = {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "project_name": "shop"}


def test_models_of_the_projects_of_which_there_is_a_manifest(tmp_path: Path) -> None:
    configs = tmp_path / "dag_configs"
    for name in ("shop", "bare"):
        (tmp_path / "dbt" / name / "target").mkdir(parents=True)
        (tmp_path / "dbt" / name / "dbt_project.yml").write_text(f"name: {name}\n")
    configs.mkdir()
    (configs / "daily_shop.yaml").write_text("dbt: {project: dbt/shop}\n")
    (configs / "bare.yaml").write_text("dbt: {project: dbt/bare}\n")
    (configs / "broken.yaml").write_text("dbt: [\n")
    manifest = {"metadata": METADATA, "nodes": {MODEL["unique_id"]: MODEL}}
    (tmp_path / "dbt/shop/target/manifest.json").write_text(json.dumps(manifest))
    assert models_of(configs, ["daily_shop", "bare", "broken", "gone"]) == {"shop.orders": "daily_shop"}
