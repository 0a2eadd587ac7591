"""A table that waits for a model which no run of its project makes: why that is so, and what to do about it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from summary_tables.lint.engine import lint
from tests.dbt.made_project import Node, give_project, node

TABLE = "table: totals\nschema: analytics\nmain_sql: SELECT 1 AS id\nschedule: {after: [%s]}\n"
MANIFEST = "and run `summary-tables dbt manifest dag_configs/shop.yaml`"


def nodes() -> dict[str, Node]:
    return {
        "orders": node("orders"),
        "inner": node("inner", "ephemeral"),
        "days": node("days", "ephemeral", package_name="dates", unique_id="model.dates.days"),
        "long": node("long", alias="short"),
        "mart": node("mart", schema="shop_marts"),
        "v1": node("visits", alias="visits_v1", version=1, latest_version=2, original_file_path="models/visits_v1.sql"),
        "v2": node("visits", alias="visits_v2", version=2, latest_version=2, original_file_path="models/visits_v2.sql"),
        "view": node("seen", "view"),
        "seed": node("countries", "seed", original_file_path="seeds/countries.csv"),
        "history": node("history", "snapshot", original_file_path="snapshots/history.yml"),
    }


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "dag_configs").mkdir()
    return tmp_path


def said(repository: Path, name: str, shop: str = "dbt: {project: dbt/shop}\n") -> list[str]:
    """Of both files."""
    folder = repository / "dag_configs"
    (folder / "shop.yaml").write_text(shop)
    (folder / "totals.yaml").write_text(TABLE % name)
    return [str(problem).partition("dag_configs/")[2] for problem in lint([folder]).problems]


def never(why: str, fix: str) -> list[str]:
    return [f"totals.yaml:4:20: error[after] `after` names {why}, so this table would never start; fix: {fix}"]


@pytest.mark.parametrize("name", ["shop.orders", "shop.seen", "shop.countries", "shop.history", "shop_marts.mart"])
def test_what_the_project_builds_may_be_waited_for(repository: Path, name: str) -> None:
    give_project(repository, nodes().values())
    assert said(repository, name) == []


@pytest.mark.parametrize(
    ("name", "why", "right"),
    [
        ("shop.ordrs", "which no file here builds", "shop.orders"),
        ("shop.long", "and shop builds its model long as shop.short", "shop.short"),
        ("shop.mart", "and shop builds its model mart as shop_marts.mart", "shop_marts.mart"),
        ("shop.visits", "and shop builds its model visits as shop.visits_v1 and shop.visits_v2", "shop.visits_v2"),
    ],
    ids=["misspelt", "alias", "schema", "versions"],
)
def test_another_name_is_the_right_one(repository: Path, name: str, why: str, right: str) -> None:
    give_project(repository, nodes().values())
    assert said(repository, name) == never(f"{name}, {why}", f"write `{right}`")
    assert said(repository, right) == []


@pytest.mark.parametrize(
    ("name", "why", "meant", "plain"),
    [
        ("shop.long", "and shop builds its model long as shop.Short", node("long", alias="Short"), node("long")),
        ("shop.sales", "which no file here builds", node("Sales"), node("sales")),
    ],
    ids=["alias", "name"],
)
def test_a_name_that_after_does_not_take(repository: Path, name: str, why: str, meant: Node, plain: Node) -> None:
    give_project(repository, [meant])
    fix = f"give shop.{meant['alias']} in dbt a name of small letters, digits and _"
    assert said(repository, name) == never(f"{name}, {why}", fix)
    shutil.rmtree(repository / "dbt")
    give_project(repository, [plain])
    assert said(repository, name) == []


def test_what_has_the_name_of_a_source_is_not_taken_for_a_model(repository: Path) -> None:
    source = {"unique_id": "source.shop.raw.orders", "schema": "raw", "identifier": "orders", "name": "orders"}
    give_project(repository, nodes().values(), sources={"source.shop.raw.orders": source})
    fix = "name tables that have a file here, or models of shop; others need no waiting for"
    assert said(repository, "raw.orders") == never("raw.orders, which no file here builds", fix)


@pytest.mark.parametrize(
    ("key", "name", "why", "where"),
    [
        ("inner", "shop.inner", "an ephemeral model of shop, of which dbt makes no table", "dbt/shop/models/inner.sql"),
        ("days", "shop.days", "an ephemeral model of shop, of which dbt makes no table", ""),
    ],
    ids=["own", "of a package"],
)
def test_an_ephemeral_model(repository: Path, key: str, name: str, why: str, where: str) -> None:
    give_project(repository, nodes().values())
    place = f"it in {where}" if where else "days of the package dates in dbt/shop/dbt_project.yml"
    fix = f"set `materialized` to table for {place}, {MANIFEST}"
    assert said(repository, name) == never(f"{name}, {why}", fix)
    made = nodes()
    made[key]["config"]["materialized"] = "table"
    give_project(repository, made.values())
    assert said(repository, name) == []


def test_a_model_that_is_switched_off(repository: Path) -> None:
    off = node("off")
    give_project(repository, nodes().values(), [off])
    fix = f"set `enabled` to true for it in dbt/shop/models/off.sql, {MANIFEST}"
    assert said(repository, "shop.off") == never("shop.off, a model of shop that is switched off", fix)
    give_project(repository, [*nodes().values(), off])
    assert said(repository, "shop.off") == []


@pytest.mark.parametrize(
    ("key", "words", "mended"),
    [
        ("select", "select: [seen]", "select: [seen, orders]"),
        ("exclude", "exclude: [orders]", "target: prod"),
        ("exclude", "select: [orders, seen], exclude: [orders]", "select: [orders, seen]"),
    ],
    ids=["select", "exclude", "both"],
)
def test_a_model_that_the_file_leaves_out(repository: Path, key: str, words: str, mended: str) -> None:
    give_project(repository, nodes().values())
    file = "dbt: {project: dbt/shop, %s}\n"
    does, fix = {
        "select": ("leaves out", "add `orders` to `select` there"),
        "exclude": ("takes away", "take what means orders out of `exclude` there"),
    }[key]
    why = f"shop.orders, a model of shop that `{key}` in dag_configs/shop.yaml {does}"
    assert said(repository, "shop.orders", file % words) == never(why, fix)
    assert said(repository, "shop.orders", file % mended) == []


def test_a_model_that_the_manifest_does_not_know_yet(repository: Path) -> None:
    """It is the manifest that is wrong, and that is said of the project."""
    project = give_project(repository, nodes().values())
    (project / "models" / "fresh.sql").write_text("SELECT 1 AS id\n")
    assert said(repository, "shop.fresh") == [
        "shop.yaml:1:16: warning[dbt-manifest] target/manifest.json is older than the project: models/fresh.sql "
        "changed since; fix: run `summary-tables dbt manifest dag_configs/shop.yaml`"
    ]
    give_project(repository, [*nodes().values(), node("fresh")])
    assert said(repository, "shop.fresh") == []


def circle(repository: Path, shop: Any, table: str) -> list[str]:
    return said(repository, table, f"dbt: {{project: dbt/shop}}\nschedule: {{after: [{shop}]}}\n")


def test_a_circle_through_a_project(repository: Path) -> None:
    give_project(repository, nodes().values())
    assert circle(repository, "analytics.totals", "shop.orders") == [
        "totals.yaml:4:20: error[after-cycle] none of these tables would ever start: analytics.totals waits for "
        "shop.orders waits for analytics.totals; fix: take one of them out of an `after`"
    ]
    folder = repository / "dag_configs"
    assert [str(problem).partition("dag_configs/")[2] for problem in lint([folder / "shop.yaml"]).problems] == [
        "shop.yaml:2:20: error[after-cycle] none of these tables would ever start: shop.orders waits for "
        "analytics.totals waits for shop.orders; fix: take one of them out of an `after`"
    ]
    assert said(repository, "shop.orders") == []


def test_a_project_that_waits_for_itself(repository: Path) -> None:
    give_project(repository, nodes().values())
    assert circle(repository, "shop.orders", "shop.seen") == [
        "shop.yaml:2:20: error[after-cycle] none of these tables would ever start: shop.orders waits for shop.orders; "
        "fix: take one of them out of an `after`"
    ]


def test_a_table_that_has_two_builders(repository: Path) -> None:
    give_project(repository, [node("totals", schema="analytics"), node("orders")])
    each = "each run of one replaces what the other built"
    folder = repository / "dag_configs"
    assert said(repository, "shop.orders") == [
        f"totals.yaml:1:8: error[dbt-project] the dbt project shop builds analytics.totals, too: {each}; fix: give "
        "this table another name, or leave the model out in dag_configs/shop.yaml, below `exclude`"
    ]
    assert [str(problem).partition("dag_configs/")[2] for problem in lint([folder / "shop.yaml"]).problems] == [
        f"shop.yaml:1:16: error[dbt-project] the project builds analytics.totals, and so does dag_configs/totals.yaml: "
        f"{each}; fix: leave the model out, below `exclude`, or give that table another name"
    ]
    (folder / "orders.yaml").write_text("table: orders\nschema: shop\nmain_sql: SELECT 1 AS id\n")
    assert [str(problem).partition("dag_configs/")[2] for problem in lint([folder / "shop.yaml"]).problems] == [
        f"shop.yaml:1:16: error[dbt-project] the project builds analytics.totals and shop.orders, and so do "
        f"dag_configs/totals.yaml and dag_configs/orders.yaml: {each}; fix: leave these models out, with `select` or "
        "`exclude`, or give the tables other names"
    ]
    (folder / "orders.yaml").unlink()
    assert said(repository, "shop.orders", "dbt: {project: dbt/shop, exclude: [totals]}\n") == []


def test_two_projects_that_build_one_table(repository: Path) -> None:
    give_project(repository, nodes().values())
    other = repository / "dag_configs" / "again.yaml"
    other.write_text("dbt: {project: dbt/shop, schema: shop, select: [orders]}\n")
    assert said(repository, "shop.seen") == [
        "shop.yaml:1:16: error[dbt-project] the project builds shop.orders, and so does dag_configs/again.yaml: each "
        "run of one replaces what the other built; fix: leave them out in one of the two files, with `select` or "
        "`exclude`"
    ]
    assert said(repository, "shop.seen", "dbt: {project: dbt/shop, exclude: [orders]}\n") == []
