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
    kind = {"seeds": "seed", "snapshots": "snapshot"}.get(path.partition("/")[0], "model")
    keep = f"write `{instead}` here" if instead else "let this table do without it"
    return [
        f"{reader}.yaml: error[dbt-model] the dbt {kind} {model} (dbt/shop/{path}) {what}, and this table reads it or "
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
    assert errors(repository) == gone("is renamed to sales", "reader", "waiter", instead="shop.sales")
    repository.write({name: TABLE.format(name, "sales") for name in ("reader", "waiter")})
    assert errors(repository) == []


@pytest.mark.parametrize("manifests", ["both", "none"])
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


@pytest.mark.parametrize("manifests", ["new", "none"])
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
    described = "models: [{name: orders, config: {contract: {enforced: true}}, columns: [{name: id}, {name: amount}]}]"
    shop(repository, "models/models.yml").write_text(described)
    begin(repository, "new")
    repository.write({"reader": READER.replace("id", "amount")})
    repository.commit()
    shop(repository, "models/models.yml").write_text(described.replace(", {name: amount}", ""))
    end(repository, "new", [node("orders", has_contract=True, columns={"id": "integer"}), *nodes()[1:]])
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


def test_a_model_of_which_only_dbt_knows_the_schema(repository: GitRepository) -> None:
    """Whoever reads a table of its name is told."""
    macros = shop(repository, "macros")
    macros.mkdir()
    (macros / "names.sql").write_text(ONLY_DBT)
    begin(repository, "none")
    shop(repository, "models/visits.sql").unlink()
    assert errors(repository) == []
    delete(repository)
    assert errors(repository) == gone("is deleted", "reader", "waiter")


def test_a_seed_that_grows(repository: GitRepository) -> None:
    """It may have any size, and is told of only where it goes."""
    seed = shop(repository, "seeds/countries.csv")
    seed.parent.mkdir()
    seed.write_text("id\n1\n")
    repository.delete("waiter", "by_day")
    repository.write({"reader": TABLE.format("reader", "countries")})
    begin(repository, "none")
    seed.write_text("id\n" + "1\n" * 600_000)
    assert errors(repository) == []
    repository.commit()
    assert errors(repository) == []
    repository.git("branch", "--force", "main")
    seed.unlink()
    assert errors(repository) == gone("is deleted", "reader", model="countries", path="seeds/countries.csv")


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


ORDERS = "models/marts/orders.sql"
THEN = "snapshots/then.sql"
BASE = {
    "dbt_project.yml": "name: shop\nmodels: {shop: {marts: {+enabled: \"{{ var('with_marts', true) }}\"}}}\n",
    ORDERS: "SELECT 1 AS id\n",
    THEN: "{% snapshot orders_then %}SELECT 1 AS id{% endsnapshot %}\n",
    "seeds/countries.csv": "id\n1\n",
}
BY_ITSELF = "{% macro generate_schema_name(custom, node) %}{{ custom or target.schema }}{% endmacro %}"


def test_a_name_that_after_does_not_take(repository: GitRepository) -> None:
    begin(repository, "none")
    in_sql("alias='Sales'")(repository)
    said = [each.partition("undo that, or ")[0] for each in gone("becomes shop.Sales", "reader", "waiter")]
    fix = "undo that, or give shop.Sales in dbt a name of small letters, digits and _"
    assert errors(repository) == [f"{each}{fix}" for each in said]
    in_sql("alias='sales'")(repository)
    repository.write({name: TABLE.format(name, "sales") for name in ("reader", "waiter")})
    assert errors(repository) == []


ONLY_DBT = "{% macro generate_schema_name(custom, node) %}{{ modules.re.sub('a', 'b', custom) }}{% endmacro %}"
VERSIONS = "models: [{name: orders, latest_version: 2, versions: [{v: 1, defined_in: orders_v1}, {v: 2}]}]"


@pytest.mark.parametrize(
    ("files", "model", "path", "what", "instead"),
    [
        ({"dbt_project.yml": "models: {shop: {marts: {+enabled: false}}}"}, "orders", ORDERS, "is switched off", ""),
        ({"dag": "vars: {with_marts: false}"}, "orders", ORDERS, "is switched off", ""),
        ({"dbt_project.yml": "models: {+materialized: ephemeral}"}, "orders", ORDERS, "becomes ephemeral", ""),
        ({"dbt_project.yml": "models: {+schema: marts}"}, "orders", ORDERS, "", "shop_marts.orders"),
        ({"dbt_project.yml": "models: {shop: {marts: {orders: {alias: o}}}}"}, "orders", ORDERS, "", "shop.o"),
        (
            {"dbt_project.yml": "model-paths: [sql]"},
            "orders",
            ORDERS,
            "stands in no folder that dbt_project.yml names any more",
            "",
        ),
        ({"profiles.yml": "shop: {outputs: {prod: {schema: live}}}"}, "orders", ORDERS, "", "live.orders"),
        ({"dag": "schema: base"}, "orders", ORDERS, "", "base.orders"),
        ({"dag": "select: [countries]"}, "orders", ORDERS, "is left out by `select` in dag_configs/shop.yaml", ""),
        (
            {"dag": "exclude: ['path:snapshots']"},
            "orders_then",
            THEN,
            "is left out by `exclude` in dag_configs/shop.yaml",
            "",
        ),
        (
            {"macros/m.sql": BY_ITSELF, "models/m.yml": "models: [{name: orders, config: {schema: live}}]"},
            "orders",
            ORDERS,
            "",
            "live.orders",
        ),
        ({"models/m.yml": "models: [{name: orders, config: {alias: sales}}]"}, "orders", ORDERS, "", "shop.sales"),
        ({ORDERS: "{{ config(alias='sales') }} SELECT 1 AS id"}, "orders", ORDERS, "", "shop.sales"),
        (
            {
                "models/m.yml": VERSIONS,
                "models/orders_v1.sql": "SELECT 1",
                "models/orders_v2.sql": "SELECT 1",
                ORDERS: "",
            },
            "orders",
            ORDERS,
            "",
            "shop.orders_v2",
        ),
        ({"models/m.yml": VERSIONS, "models/orders_v1.sql": "SELECT 1"}, "orders", ORDERS, "", "shop.orders_v2"),
        ({THEN: "{% snapshot orders_now %}SELECT 1 AS id{% endsnapshot %}"}, "orders_then", THEN, "is deleted", ""),
        ({"seeds/countries.csv": ""}, "countries", "seeds/countries.csv", "is deleted", ""),
        ({".dbtignore": "marts/"}, "orders", ORDERS, "is left out by .dbtignore", ""),
        (
            {ORDERS: "{% if target.name == 'prod' %}{{ config(alias='o') }}{% endif %}SELECT 1 AS id"},
            "orders",
            ORDERS,
            "",
            "shop.o",
        ),
        (
            {ORDERS: "{% if target.name == 'dev' %}{{ config(alias='o') }}{% endif %}SELECT 1 AS id"},
            "orders",
            "",
            "",
            "",
        ),
        # Only dbt knows the schema behind it: nothing is said.
        ({"macros/m.sql": ONLY_DBT}, "orders", ORDERS, "", ""),
    ],
)
def test_what_files_say_without_a_manifest(
    tmp_path: Path, files: dict[str, str], model: str, path: str, what: str, instead: str
) -> None:
    repository = new_repository(tmp_path / "clone")
    repository.write({"shop": SHOP, "waiter": TABLE.format("waiter", model)})
    write(repository, BASE)
    begin_without(repository)
    options = files.get("dag")
    repository.write({"shop": f"dbt: {{project: dbt/shop, {options}}}\n" if options else SHOP})
    write(repository, {name: text for name, text in files.items() if name != "dag"})
    said = what or (f"becomes {instead}" if instead else "")
    assert errors(repository) == (gone(said, "waiter", model=model, path=path, instead=instead) if said else [])


def write(repository: GitRepository, files: dict[str, str]) -> None:
    """Into the project; a file without text goes."""
    for name, text in files.items():
        file = shop(repository, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text if name != "dbt_project.yml" or "name:" in text else f"name: shop\n{text}\n")
        if not text:
            file.unlink()


def begin_without(repository: GitRepository) -> None:
    repository.commit()
    repository.git("switch", "--quiet", "--create", "branch")
