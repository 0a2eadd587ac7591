"""What dbt projects of the folder build is known to lint: the tables, and the columns that a contract promises."""

import json
from pathlib import Path

import pytest

from summary_tables.commands.lint.known_sources_option import known_sources_check
from summary_tables.lint.engine import lint
from tests.dbt.made_project import give_project

PROJECT = "name: shop\nprofile: shop\n"
SHOP = "dbt:\n  project: dbt/shop\n"


def model(name: str, *, has_contract: bool, **columns: str) -> dict[str, object]:
    return {
        "unique_id": f"model.shop.{name}",
        "name": name,
        "package_name": "shop",
        "resource_type": "model",
        "schema": "shop",
        "alias": name,
        "original_file_path": f"models/{name}.sql",
        "config": {"materialized": "table", "contract": {"enforced": has_contract}},
        "contract": {"enforced": has_contract},
        "columns": {column: {"name": column, "data_type": kind} for column, kind in columns.items()},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    configs, project = tmp_path / "dag_configs", tmp_path / "dbt" / "shop"
    configs.mkdir()
    (project / "target").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(PROJECT)
    (configs / "shop.yaml").write_text(SHOP)
    give_manifest(tmp_path, ["orders", "visits"])
    return configs


def give_manifest(repository: Path, names: list[str]) -> None:
    known = {
        "orders": model("orders", has_contract=True, id="bigint", amount="numeric(10,2)"),
        "visits": model("visits", has_contract=False, day="date"),
    }
    metadata = {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "project_name": "shop"}
    nodes = {f"model.shop.{name}": known[name] for name in names}
    content = json.dumps({"metadata": {**metadata, "adapter_type": "postgres"}, "nodes": nodes})
    (repository / "dbt" / "shop" / "target" / "manifest.json").write_text(content)


def said(folder: Path, main_sql: str, schedule: str = '"@daily"') -> list[str]:
    text = f"table: totals\nschema: analytics\nschedule: {schedule}\nmain_sql: |\n  {main_sql}\n"
    (folder / "totals.yaml").write_text(text)
    with known_sources_check([folder], with_server=False) as check:
        result = lint([folder / "totals.yaml"], extra_check=check, is_warehouse_asked=False)
    return [str(problem).partition(": ")[2] for problem in result.problems if problem.level != "info"]


def test_a_model_that_is_waited_for_and_read(folder: Path) -> None:
    assert said(folder, "SELECT SUM(amount) AS amount FROM shop.orders", "{after: [shop.orders]}") == []


def test_a_column_that_the_contract_has_not(folder: Path) -> None:
    assert said(folder, "SELECT SUM(amonut) AS amount FROM shop.orders", "{after: [shop.orders]}") == [
        "error[warehouse-column] `shop.orders` has no column `amonut`; fix: write `amount`"
    ]


def test_a_column_that_may_be_missing_from_the_contract(folder: Path) -> None:
    query = "SELECT paid_on FROM shop.orders"
    assert said(folder, query, "{after: [shop.orders]}") == [
        "error[warehouse-column] `shop.orders` has no column `paid_on`; fix: the columns are `id`, `amount`; add it "
        "to the contract of the model, and run `summary-tables dbt manifest dag_configs/shop.yaml`"
    ]
    orders = model("orders", has_contract=True, id="bigint", paid_on="date")
    give_project(folder.parent, [orders])
    assert said(folder, query, "{after: [shop.orders]}") == []


def test_a_model_without_a_contract_may_have_more_columns_than_it_names(folder: Path) -> None:
    assert said(folder, "SELECT page, COUNT(1) AS visits FROM shop.visits GROUP BY 1", "{after: [shop.visits]}") == []


def test_a_model_that_is_gone(folder: Path) -> None:
    """Whoever deletes it sees it in the same pull request."""
    give_manifest(folder.parent, ["visits"])
    assert said(folder, "SELECT SUM(amount) AS amount FROM shop.orders", "{after: [shop.orders]}") == [
        "error[after] `after` names shop.orders, which no file here builds, so this table would never start; "
        "fix: name tables that have a file here, or models of shop; others need no waiting for"
    ]
