"""What a pull request changes in a dbt project beside the configs, in a real git repository."""

import html
import json
from pathlib import Path

import pytest

from summary_tables import cli
from tests.commands.diff.git_repository import GitRepository, new_repository
from tests.golden_files import assert_golden

TABLE = """\
table: {name}
schema: analytics
schedule: {{after: [shop.{model}]}}
main_sql: |
  SELECT id, amount FROM shop.{model}
"""
PROJECT = {
    "dbt_project.yml": "name: shop\nprofile: shop\n",
    "models/orders.sql": "SELECT 1 AS id, 2 AS amount\n",
    "models/marts/totals.sql": "SELECT id, amount FROM {{ ref('orders') }}\n",
    "models/lonely.sql": "SELECT 1 AS one\n",
    "macros/cents.sql": "{% macro cents() %}100{% endmacro %}\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    found = new_repository(tmp_path / "clone")
    found.write(
        {
            "shop": "dbt:\n  project: dbt/shop\n",
            "by_order": TABLE.format(name="by_order", model="orders"),
            "by_total": TABLE.format(name="by_total", model="totals"),
        }
    )
    for path, text in PROJECT.items():
        file = found.root / "dbt" / "shop" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    found.commit()
    found.git("switch", "--quiet", "--create", "branch")
    return found


def comment(repository: GitRepository, capsys: pytest.CaptureFixture[str], *head: str) -> str:
    folder = str(repository.folder)
    assert cli.main(["diff", "main", *head, "--folder", folder, "--now", "2026-11-22T12:00"]) == 0
    return capsys.readouterr().out


def test_a_model_that_is_deleted_and_one_that_changes(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error in the pull request of whoever deletes it, also where no manifest says what the project builds."""
    shop = repository.root / "dbt" / "shop"
    (shop / "models" / "orders.sql").unlink()
    (shop / "models" / "lonely.sql").unlink()
    (shop / "models" / "marts" / "totals.sql").write_text("SELECT 1 AS id\n")
    not_committed = comment(repository, capsys)
    assert_golden("diff/dbt_models.md", not_committed)
    repository.commit()
    assert comment(repository, capsys, "--head", "branch") == not_committed


def test_a_model_that_moves_and_a_macro_are_no_change(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = repository.root / "dbt" / "shop"
    (shop / "models" / "orders.sql").rename(shop / "models" / "marts" / "orders.sql")
    (shop / "macros" / "cents.sql").unlink()
    repository.commit()
    assert comment(repository, capsys).splitlines()[1] == "No summary table changes."


def test_ends_of_lines_are_no_change(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (repository.root / "dbt" / "shop" / "models").rglob("*.sql"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert comment(repository, capsys).splitlines()[1] == "No summary table changes."


def test_what_runs_and_when_is_shown_of_a_project(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever reviews it knows what the merge starts and ends."""
    for name in ("by_order", "by_total"):
        (repository.folder / f"{name}.yaml").unlink()
    shop = "dbt:\n  project: dbt/shop\n  select: [tag:daily]\n  threads: 8\nowner: growth\nschedule: '0 3 * * *'\n"
    second = "dbt:\n  project: dbt/shop\n  exclude: [orders]\nschedule: {after: [analytics.by_order]}\n"
    repository.write({"shop": f"{shop}retries: 3\n", "second": second})
    changed = comment(repository, capsys)
    (repository.folder / "shop.yaml").unlink()
    repository.write({"second": second})
    assert_golden(
        "diff/dbt_projects.md", f"{_of_projects(changed)}\n\n----\n\n{_of_projects(comment(repository, capsys))}\n"
    )


def _of_projects(text: str) -> str:
    _, *parts = text.split("\n### ")
    return "\n".join(f"### {part}" for part in parts if ": dbt project" in part).strip()


def test_the_document_for_programs_has_the_models(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = repository.root / "dbt" / "shop"
    (shop / "dbt_project.yml").write_text("name: shop\nmodels: {shop: {marts: {+schema: '_a_'}}}\n")
    (shop / "models" / "orders.sql").write_text("SELECT 2 AS id, 2 AS amount\n")
    assert cli.main(["diff", "main", "--folder", str(repository.folder), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    same = {"project": "shop", "columns": []}
    changes = [each.pop("column_changes") for each in found["models"]]
    assert [(each["column"], each["change"], [at["table"] for at in each["reaches"]]) for each in changes[0]] == [
        ("id", "definition", ["analytics.by_order", "shop__a_.totals"])
    ]
    assert found["models"] == [
        same
        | {"model": "orders", "table": "shop.orders", "change": "changed", "what": "changes", "instead": None}
        | {"readers": ["analytics.by_order"]},
        same
        | {"model": "totals", "table": "shop.totals", "change": "gone", "what": "becomes shop__a_.totals"}
        | {"instead": "shop__a_.totals", "readers": ["analytics.by_total"]},
    ]
    assert found["problems"]["errors"] == 1


def test_a_project_that_is_new_is_read_in_its_commit(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    """The comment is made where the default branch is checked out."""
    store = repository.root / "dbt" / "store"
    (store / "models").mkdir(parents=True)
    (store / "dbt_project.yml").write_text("name: store\n")
    (store / "models" / "sales.sql").write_text("SELECT 1 AS id, 2 AS amount\n")
    repository.write({"store": "dbt: {project: dbt/store}\nschedule: '0 3 1 * 1'\n"})
    repository.commit()
    there = comment(repository, capsys)
    repository.git("switch", "--quiet", "--detach", "main")
    assert comment(repository, capsys, "--head", "branch") == there
    assert "**Lint** found 1 info." in there
    assert "info[day-or-weekday]" in there


def test_a_source_that_means_another_table(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    """No file of a model changes: its properties do."""
    shop = repository.root / "dbt" / "shop"
    sources = "sources: [{name: raw, schema: raw_data, tables: [{name: orders, identifier: orders_v3}]}]\n"
    (shop / "models" / "sources.yml").write_text(sources)
    (shop / "models" / "orders.sql").write_text("SELECT id, amount FROM {{ source('raw', 'orders') }}\n")
    repository.git("switch", "--quiet", "main")
    repository.commit()
    repository.git("switch", "--quiet", "-C", "branch")
    assert comment(repository, capsys).splitlines()[1] == "No summary table changes."
    (shop / "models" / "sources.yml").write_text(sources.replace("orders_v3", "orders_v4"))
    _, _, models = html.unescape(comment(repository, capsys)).partition("### Changed: dbt models")
    assert models.splitlines()[2:] == [
        "- `orders` of `shop` reads raw_data.orders_v4 instead of raw_data.orders_v3. Read by `analytics.by_order`"
    ]
    (shop / "models" / "sources.yml").write_text(sources.replace("raw_data", "\"{{ env_var('RAW') }}\""))
    assert comment(repository, capsys).splitlines()[1] == "No summary table changes."


def test_columns_are_followed_through_models(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    """From a table through models to tables that read these; an ephemeral one is none of them."""
    shop = repository.root / "dbt" / "shop"
    base = (
        "table: base\nschema: analytics\nschedule: none\nmain_sql: SELECT id, cents / {} AS amount FROM raw.payments\n"
    )
    repository.write({"base": base.format(100)})
    (shop / "models" / "sources.yml").write_text("sources: [{name: analytics, tables: [{name: base}]}]\n")
    (shop / "models" / "orders.sql").write_text(
        "{{ config(materialized='ephemeral') }} SELECT * FROM {{ source('analytics', 'base') }}\n"
    )
    repository.delete("by_order")
    repository.git("switch", "--quiet", "main")
    repository.commit()
    repository.git("switch", "--quiet", "-C", "branch")
    repository.write({"base": base.format(1000)})
    said = comment(repository, capsys)
    assert (
        "  - `amount` is computed otherwise → `shop.totals` of `data`: `amount`; "
        "`analytics.by_total` of `data`: `amount`"
    ) in said.splitlines()
    assert "  - **Read by** `shop.totals`" in said.splitlines()
    repository.git("checkout", "--", ".")
    (shop / "models" / "marts" / "totals.sql").write_text("SELECT id, amount AS total FROM {{ ref('orders') }}\n")
    _, _, models = comment(repository, capsys).partition("### Changed: dbt models")
    assert models.splitlines()[2:] == [
        "- `totals` of `shop` changes. Read by `analytics.by_total`",
        "  - **What that reaches**",
        "    - `amount` is called `total` now → `analytics.by_total` of `data`: `amount`",
    ]
    assert (
        "- error, `dag_configs/by_total.yaml`: the dbt model totals calls the column amount total now, and this table "
        "reads it. Fix: undo that, or read `total` here (`dbt-model`)"
    ) in html.unescape(comment(repository, capsys)).splitlines()
