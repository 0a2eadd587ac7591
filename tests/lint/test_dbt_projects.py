"""What lint says of the file of a dbt project; each remedy is applied, and nothing is left to say."""

import json
import shutil
from pathlib import Path

import pytest

from summary_tables.lint.engine import lint
from tests.conftest import REPOSITORY

SHOP = REPOSITORY / "tests" / "cases" / "dbt" / "shop"
FILE = "dbt:\n  project: dbt/shop\n  target: prod\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    shutil.copytree(SHOP, tmp_path / "dbt" / "shop")
    (tmp_path / "dag_configs").mkdir()
    return tmp_path


def said(repository: Path, text: str = FILE) -> list[str]:
    path = repository / "dag_configs" / "shop.yaml"
    path.write_text(text, "utf-8")
    return [str(problem).partition("dag_configs/")[2] for problem in lint([path.parent]).problems]


def give_manifest(repository: Path) -> None:
    """As `summary-tables dbt manifest` does, but of two models, and without dbt."""
    nodes = {
        f"model.shop.{name}": {
            "unique_id": f"model.shop.{name}",
            "name": name,
            "package_name": "shop",
            "resource_type": "model",
            "schema": "shop",
            "alias": name,
            "original_file_path": path,
            "path": path,
            "raw_code": (repository / "dbt" / "shop" / path).read_text("utf-8").strip(),
            "config": {"materialized": "table"},
            "tags": ["marts"] if "marts" in path else [],
        }
        for path in (
            file.relative_to(repository / "dbt" / "shop").as_posix()
            for file in (repository / "dbt" / "shop" / "models").rglob("*.sql")
        )
        for name in (Path(path).stem,)
    }
    metadata = {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
        "project_name": "shop",
        "adapter_type": "postgres",
    }
    target = repository / "dbt" / "shop" / "target"
    target.mkdir(exist_ok=True)
    (target / "manifest.json").write_text(json.dumps({"metadata": metadata, "nodes": nodes}), "utf-8")


def test_project_whose_manifest_is_there_is_in_order(repository: Path) -> None:
    give_manifest(repository)
    assert said(repository) == []
    assert said(repository, FILE + '  select: ["tag:marts", "+orders"]\n') == []


def test_manifest_that_is_missing_or_older_than_the_project(repository: Path) -> None:
    command = "run `summary-tables dbt manifest dag_configs/shop.yaml`"
    assert said(repository) == [
        "shop.yaml:2:12: warning[dbt-manifest] what the project builds is not known yet: target/manifest.json is "
        f"missing; fix: {command}, where lint runs and where Airflow reads the files"
    ]
    give_manifest(repository)
    changed = repository / "dbt" / "shop" / "models" / "marts" / "orders.sql"
    changed.write_text(changed.read_text("utf-8") + "\n-- another line\n", "utf-8")
    assert said(repository) == [
        "shop.yaml:2:12: warning[dbt-manifest] target/manifest.json is older than the project: "
        f"models/marts/orders.sql changed since; fix: {command}"
    ]
    give_manifest(repository)
    assert said(repository) == []


@pytest.mark.parametrize(
    ("text", "message", "mended"),
    [
        (
            "dbt: {project: dbt/shp}\n",
            "shop.yaml:1:16: error[dbt-project] there is no folder dbt/shp beside dag_configs/; fix: write `dbt/shop`",
            "dbt: {project: dbt/shop}\n",
        ),
        (
            "dbt: {project: dbt}\n",
            "shop.yaml:1:16: error[dbt-project] dbt holds no dbt_project.yml, so it is no dbt project; "
            "fix: write `dbt/shop`",
            "dbt: {project: dbt/shop}\n",
        ),
        (
            "dbt: {project: dbt/shop, target: prd}\n",
            "shop.yaml:1:34: error[dbt-project] the project has no target prd: its profiles.yml has dev and prod; "
            "fix: write `target: prod`",
            "dbt: {project: dbt/shop, target: prod}\n",
        ),
        (
            "dbt: {project: dbt/shop, select: [ordrs]}\n",
            "shop.yaml:1:35: warning[dbt-manifest] `ordrs` selects nothing of the project; fix: write `orders`",
            "dbt: {project: dbt/shop, select: [orders]}\n",
        ),
        (
            'dbt: {project: dbt/shop, select: [orders], exclude: ["+orders"]}\n',
            "shop.yaml:1:53: warning[dbt-manifest] nothing is left to build: `exclude` takes away all that is "
            "selected; fix: take words out of `exclude`",
            "dbt: {project: dbt/shop, select: [orders]}\n",
        ),
        (
            "dbt: {project: dbt/shop}\nschedule: {after: [shop.ordrs]}\n",
            "shop.yaml:2:19: error[after] `after` names shop.ordrs, which nothing here builds, so this project would "
            "never start; fix: write `shop.orders`",
            "dbt: {project: dbt/shop}\nschedule: {after: [shop.orders]}\n",
        ),
    ],
    ids=["folder", "no-project", "target", "select", "exclude", "after"],
)
def test_mistake_is_said_once_and_its_remedy_mends_it(repository: Path, text: str, message: str, mended: str) -> None:
    give_manifest(repository)
    assert said(repository, text) == [message]
    assert said(repository, mended) == []


def test_packages_that_were_not_brought(repository: Path) -> None:
    give_manifest(repository)
    (repository / "dbt" / "shop" / "packages.yml").write_text("packages: []\n", "utf-8")
    assert said(repository) == [
        "shop.yaml:2:12: error[dbt-project] the project uses packages that are not there; "
        "fix: run `dbt deps` in dbt/shop where the deployment is made"
    ]
    (repository / "dbt" / "shop" / "dbt_packages").mkdir()
    assert said(repository) == []


def test_wrong_keys_and_values_are_told_as_in_a_tables_file(repository: Path) -> None:
    assert said(repository, "dbt: {projet: dbt/shop}\n") == [
        "shop.yaml:1:7: error[unknown-key] `projet` is not a key of `dbt`; fix: rename it to `project`"
    ]
    assert [line.partition(" ")[2] for line in said(repository, "dbt: {project: dbt/shop, threads: four}\n")]


def test_table_may_wait_for_a_model(repository: Path) -> None:
    give_manifest(repository)
    table = repository / "dag_configs" / "sales.yaml"
    lines = (
        "table: sales\nschema: analytics\nmain_sql: SELECT order_id FROM shop.orders\nschedule: {after: [shop.%s]}\n"
    )
    table.write_text(lines % "orders", "utf-8")
    assert [line for line in said(repository) if "[after]" in line] == []
    table.write_text(lines % "gone", "utf-8")
    assert [line for line in said(repository) if "[after]" in line] == [
        "sales.yaml:4:20: error[after] `after` names shop.gone, which no file here builds, so this table would never "
        "start; fix: name tables that have a file here; others need no waiting for"
    ]
