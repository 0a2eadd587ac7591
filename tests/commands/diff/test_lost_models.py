"""What a pull request takes away of a dbt project, told to whoever reads it, in real git repositories.

With manifests of both sides, of the new one, of the old one, of none.
"""

import html
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest

from summary_tables import cli
from summary_tables.commands.diff.dbt_changes import Sides
from summary_tables.commands.diff.dbt_part import with_lost_models
from summary_tables.commands.diff.git_tree import commit, git_folder, write_folder
from summary_tables.commands.diff.lost_models import dbt_projects
from summary_tables.configs.folder import read_folder
from summary_tables.lint.engine import lint
from summary_tables.lint.facts.lineage import lineage
from tests.commands.diff.git_repository import GitRepository, new_repository
from tests.dbt.made_project import Node, give_project, node

TABLE = "table: {0}\nschema: analytics\nschedule: {{after: [shop.{1}]}}\nmain_sql: SELECT id FROM shop.{1}\n"
READER = "table: reader\nschema: analytics\nschedule: none\nmain_sql: SELECT id FROM shop.orders\n"
SHOP = "dbt: {project: dbt/shop}\n"
Manifests = Literal["both", "new", "old", "none"]


def nodes() -> list[Node]:
    dates = node("days", package_name="dates", unique_id="model.dates.days")
    columns = {"id": "integer", "amount": "integer"}
    return [node("orders", has_contract=True, columns=columns), node("visits"), dates]


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    found = new_repository(tmp_path / "clone")
    found.write({"shop": SHOP, "reader": READER, "waiter": TABLE.format("waiter", "orders")})
    found.write({"by_day": TABLE.format("by_day", "days")})
    project = give_project(found.root, nodes())
    (project / "packages.yml").write_text("packages: [{package: acme/dates, version: 1.0.0}]\n")
    return found


def begin(repository: GitRepository, manifests: Manifests) -> None:
    """The base of the pull request."""
    (repository.root / ".gitignore").write_text(
        "dbt_packages/\n" if manifests == "both" else "dbt_packages/\ntarget/\n"
    )
    if manifests == "none":
        shop(repository, "target/manifest.json").unlink()
    repository.commit()
    repository.git("switch", "--quiet", "--create", "branch")


def shop(repository: GitRepository, path: str) -> Path:
    return repository.root / "dbt" / "shop" / path


def end(repository: GitRepository, manifests: Manifests, now: Iterable[Node], disabled: Iterable[Node] = ()) -> None:
    """`summary-tables dbt manifest` behind the change, where somebody calls it."""
    before = {path: path.read_bytes() for path in repository.root.glob("dbt/shop/models/*")}
    if manifests in ("both", "new"):
        give_project(repository.root, now, disabled)
    for path in repository.root.glob("dbt/shop/models/*"):
        path.write_bytes(before[path]) if path in before else path.unlink()


def errors(repository: GitRepository) -> list[str]:
    """What lint says as an error in the comment, without a server for the columns."""
    git = git_folder(repository.folder)
    base, after = commit(git, "main"), read_folder(repository.folder)
    with TemporaryDirectory() as place:
        before_path = Path(place) / "dag_configs"
        before_path.mkdir()
        write_folder(git, base, before_path)
        before = read_folder(before_path)
        projects = dbt_projects(Sides(git=git, base=base, head=None), before, after)
    found = with_lost_models(lint([repository.folder]), projects, lineage(after))
    return [str(each).partition("dag_configs/")[2] for each in found.problems if each.level == "error"]


def gone(
    what: str, *readers: str, model: str = "orders", path: str = "models/orders.sql", instead: str = ""
) -> list[str]:
    keep = f"write `{instead}` here" if instead else "let this table do without it"
    return [
        f"{reader}.yaml: error[dbt-model] the dbt model {model} (dbt/shop/{path}) {what}, and this table reads it or "
        f"waits for it; fix: undo that, or {keep}"
        for reader in readers
    ]


def delete(repository: GitRepository) -> list[Node]:
    shop(repository, "models/orders.sql").unlink()
    return nodes()[1:]


def rename(repository: GitRepository) -> list[Node]:
    shop(repository, "models/orders.sql").rename(shop(repository, "models/sales.sql"))
    return [node("sales"), *nodes()[1:]]


def in_sql(config: str) -> Callable[[GitRepository], None]:
    def change(repository: GitRepository) -> None:
        shop(repository, "models/orders.sql").write_text(f"{{{{ config({config}) }}}}\nSELECT 1 AS id\n")

    return change


def in_properties(config: str) -> Callable[[GitRepository], None]:
    def change(repository: GitRepository) -> None:
        shop(repository, "models/models.yml").write_text(f"models:\n  - name: orders\n    config: {{{config}}}\n")

    return change


ALL: tuple[Manifests, ...] = ("both", "new", "old", "none")


@pytest.mark.parametrize("manifests", ALL)
def test_a_model_that_is_deleted(repository: GitRepository, manifests: Manifests) -> None:
    begin(repository, manifests)
    end(repository, manifests, delete(repository))
    assert errors(repository) == gone("is deleted", "reader", "waiter")
    repository.git("checkout", "main", "--", "dbt")
    end(repository, manifests, nodes())
    assert errors(repository) == []


@pytest.mark.parametrize("manifests", ALL)
def test_a_model_that_is_renamed(repository: GitRepository, manifests: Manifests) -> None:
    begin(repository, manifests)
    end(repository, manifests, rename(repository))
    repository.git("add", "--all")
    assert errors(repository) == gone(
        "is renamed to sales", "reader", "waiter", instead="shop.sales" if manifests in ("both", "old") else ""
    )
    repository.write({name: TABLE.format(name, "sales") for name in ("reader", "waiter")})
    assert errors(repository) == []


@pytest.mark.parametrize("manifests", ALL)
@pytest.mark.parametrize(
    ("change", "what"),
    [
        (in_sql("materialized='ephemeral'"), "becomes ephemeral"),
        (in_properties("materialized: ephemeral"), "becomes ephemeral"),
        (in_sql("enabled=false"), "is switched off"),
        (in_properties("enabled: false"), "is switched off"),
    ],
    ids=["ephemeral in SQL", "ephemeral in YAML", "off in SQL", "off in YAML"],
)
def test_a_model_of_which_no_table_is_made(
    repository: GitRepository,
    change: Callable[[GitRepository], None],
    what: str,
    manifests: Manifests,
) -> None:
    begin(repository, manifests)
    change(repository)
    repository.git("add", "--all")
    if what == "becomes ephemeral":
        end(repository, manifests, [node("orders", "ephemeral"), *nodes()[1:]])
    else:
        end(repository, manifests, nodes()[1:], [node("orders")])
    assert errors(repository) == gone(what, "reader", "waiter")


def test_a_schema_of_its_own(repository: GitRepository) -> None:
    begin(repository, "both")
    in_sql("schema='marts'")(repository)
    end(repository, "both", [node("orders", schema="shop_marts"), *nodes()[1:]])
    assert errors(repository) == gone("becomes shop_marts.orders", "reader", "waiter", instead="shop_marts.orders")
    for name in ("reader", "waiter"):
        repository.write({name: TABLE.format(name, "orders").replace("shop.", "shop_marts.")})
    assert errors(repository) == []


@pytest.mark.parametrize("manifests", ALL)
def test_the_file_of_the_project_is_deleted(repository: GitRepository, manifests: Manifests) -> None:
    begin(repository, manifests)
    repository.delete("shop")
    found = errors(repository)
    what = "is built no more, as dag_configs/shop.yaml is deleted"
    days = gone(what, "by_day", model="days", path="dbt_packages/dates/models/days.sql") if manifests != "none" else []
    assert [line for line in found if "dbt-model" in line] == [*days, *gone(what, "reader", "waiter")]
    repository.write({"store": SHOP.replace("shop}", "shop, schema: shop}")})
    assert errors(repository) == []


@pytest.mark.parametrize("manifests", ["both", "new", "old"])
@pytest.mark.parametrize(
    ("text", "key"), [("select: [visits, days]", "select"), ("exclude: [orders]", "exclude")], ids=["select", "exclude"]
)
def test_the_file_leaves_out_a_model(repository: GitRepository, text: str, key: str, manifests: Manifests) -> None:
    begin(repository, manifests)
    repository.write({"shop": f"dbt: {{project: dbt/shop, {text}}}\n"})
    assert errors(repository) == gone(f"is left out by `{key}` in dag_configs/shop.yaml", "reader", "waiter")
    repository.write({"shop": "dbt: {project: dbt/shop, select: [orders, days]}\n"})
    assert errors(repository) == []


@pytest.mark.parametrize("manifests", ["both", "old"])
def test_a_package_that_goes(repository: GitRepository, manifests: Manifests) -> None:
    begin(repository, manifests)
    shop(repository, "packages.yml").write_text("packages: []\n")
    end(repository, manifests, nodes()[:2])
    assert errors(repository) == gone(
        "goes with the package dates", "by_day", model="days", path="dbt_packages/dates/models/days.sql"
    )


def test_a_column_of_a_contract(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    """Lint says who reads it: `warehouse-column`."""
    begin(repository, "both")
    repository.write({"reader": READER.replace("id", "amount")})
    repository.commit()
    end(repository, "both", [node("orders", has_contract=True, columns={"id": "integer"}), *nodes()[1:]])
    assert cli.main(["diff", "main", "--folder", str(repository.folder), "--now", "2026-11-22T12:00"]) == 0
    said = html.unescape(capsys.readouterr().out)
    assert "- `orders` of `shop` loses the column `amount` of its contract. Read by " in said
    assert "- error, `dag_configs/reader.yaml:4:18`: `shop.orders` has no column `amount`." in said


@pytest.mark.parametrize("manifests", ALL)
def test_what_harms_nobody(repository: GitRepository, manifests: Manifests) -> None:
    """A new model, other SQL, another folder, a model that nobody reads, a description, a tag."""
    begin(repository, manifests)
    shop(repository, "models/fresh.sql").write_text("SELECT 1 AS id\n")
    shop(repository, "models/visits.sql").unlink()
    shop(repository, "models/marts").mkdir()
    shop(repository, "models/orders.sql").rename(shop(repository, "models/marts/orders.sql"))
    in_properties("tags: [daily], enabled: true, materialized: view")(repository)
    repository.git("add", "--all")
    moved = {**nodes()[0], "original_file_path": "models/marts/orders.sql"}
    if manifests in ("both", "new"):
        give_project(repository.root, [moved, node("fresh"), nodes()[2]])
    assert errors(repository) == []
    repository.commit()
    assert errors(repository) == []


def test_a_project_that_waits_for_a_model(repository: GitRepository) -> None:
    repository.delete("reader", "waiter")
    repository.write({"store": "dbt: {project: dbt/store}\nschedule: {after: [shop.orders]}\n"})
    store = repository.root / "dbt" / "store"
    store.mkdir()
    (store / "dbt_project.yml").write_text("name: store\n")
    begin(repository, "none")
    shop(repository, "models/orders.sql").unlink()
    assert errors(repository) == [
        "store.yaml: error[dbt-model] the dbt model orders (dbt/shop/models/orders.sql) is deleted, and this project "
        "waits for it; fix: undo that, or let this project do without it"
    ]
