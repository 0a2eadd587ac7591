"""What lint says of the file of a dbt project; each remedy is applied, and nothing is left to say."""

import json
import os
import shutil
from pathlib import Path

import pytest

from summary_tables.lint.engine import lint
from tests.conftest import REPOSITORY
from tests.dbt.made_project import give_project, node

SHOP = REPOSITORY / "tests" / "cases" / "dbt" / "shop"
FILE = "dbt:\n  project: dbt/shop\n  target: prod\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    shutil.copytree(SHOP, tmp_path / "dbt" / "shop")
    (tmp_path / "dag_configs").mkdir()
    (tmp_path / "dag_configs" / "visits.yaml").write_text(
        "table: visits\nschema: analytics\nmain_sql: SELECT 1 AS id\n"
    )
    return tmp_path


def said(repository: Path, text: str = FILE) -> list[str]:
    path = repository / "dag_configs" / "shop.yaml"
    path.write_text(text, "utf-8")
    return [str(problem).partition("dag_configs/")[2] for problem in lint([path.parent]).problems]


def give_manifest(repository: Path) -> None:
    """As `summary-tables dbt manifest` does, as far as lint reads it, and without dbt."""
    nodes = {
        f"model.shop.{name}": {
            "unique_id": f"model.shop.{name}",
            "name": name,
            "package_name": "shop",
            "resource_type": "seed" if path.endswith(".csv") else "model",
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
            for pattern in ("models/**/*.sql", "seeds/*.csv")
            for file in (repository / "dbt" / "shop").glob(pattern)
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
    changed.write_bytes(changed.read_bytes().replace(b"\n", b"\r\n"))
    assert said(repository) == []


def test_files_that_dbt_ignores_are_not_newer_than_the_manifest(repository: Path) -> None:
    give_manifest(repository)
    shop = repository / "dbt" / "shop"
    (shop / "models" / "draft.sql").write_text("SELECT 1 AS id")
    (shop / ".dbtignore").write_text("draft.sql\n")
    assert said(repository) == []
    (shop / ".dbtignore").write_text("draft.sql\n/models/marts/orders.sql\n")
    assert said(repository) == [
        "shop.yaml:2:12: warning[dbt-manifest] target/manifest.json is older than the project: "
        "models/marts/orders.sql changed since; fix: run `summary-tables dbt manifest dag_configs/shop.yaml`"
    ]


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("models/extra.yml", "models: [{name: orders, config: {enabled: false}}]", "orders is switched off"),
        ("models/extra.yml", "models: [{name: orders, config: {materialized: ephemeral}}]", "orders is ephemeral"),
        ("models/extra.yml", "models: [{name: orders, config: {alias: sales}}]", "orders goes to shop.sales"),
        (
            "models/extra.yml",
            "models: [{name: orders, config: {contract: {enforced: true}}, columns: [{name: a}]}]",
            "the contract of orders has other columns",
        ),
        ("dbt_project.yml", "name: shop\nprofile: shop\nmodels: {+schema: live}\n", "orders goes to live.orders"),
    ],
)
def test_manifest_that_is_older_than_what_configs_say(repository: Path, path: str, text: str, words: str) -> None:
    """Of files that are newer; nothing is said where dbt has written the manifest since, whatever it made of them."""
    shop = repository / "dbt" / "shop"
    shutil.rmtree(shop / "models")
    (shop / "models").mkdir()
    (shop / "models" / "orders.sql").write_text("SELECT 1 AS id")
    give_manifest(repository)
    assert said(repository) == []
    (shop / path).write_text(text)
    manifest = shop / "target" / "manifest.json"
    newer = manifest.stat().st_mtime_ns + 10**9
    os.utime(shop / path, ns=(newer, newer))
    assert said(repository) == [
        "shop.yaml:2:12: warning[dbt-manifest] target/manifest.json is older than the project: by what its files say "
        f"now, {words}; fix: run `summary-tables dbt manifest dag_configs/shop.yaml`"
    ]
    os.utime(manifest, ns=(newer, newer))
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
            "dbt: {project: dag_configs}\n",
            "shop.yaml:1:16: error[dbt-project] dag_configs holds no dbt_project.yml, so it is no dbt project; "
            "fix: write `dbt/shop`",
            "dbt: {project: dbt/shop}\n",
        ),
        (
            "dbt: {project: dbt/shop/dbt_project.yml}\n",
            "shop.yaml:1:16: error[dbt-project] there is no folder dbt/shop/dbt_project.yml beside dag_configs/; "
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
            "dbt: {project: dbt/shop}\nschedule: {after: [analytics.visit]}\n",
            "shop.yaml:2:20: error[after] `after` names analytics.visit, which no file here builds, so this project "
            "would never start; fix: write `analytics.visits`",
            "dbt: {project: dbt/shop}\nschedule: {after: [analytics.visits]}\n",
        ),
    ],
    ids=["folder", "no-project", "elsewhere", "file", "target", "select", "exclude", "after"],
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
    (repository / "dbt" / "shop" / "dbt_packages").rename(repository / "dbt" / "shop" / "vendored")
    with (repository / "dbt" / "shop" / "dbt_project.yml").open("a") as file:
        file.write("packages-install-path: vendored\n")
    give_manifest(repository)
    assert said(repository) == []


TOP = "must be a folder such as dbt/shop, inside the repository and without spaces"
TABLES = "is not a key of this file; fix: move it to the file of a table: a dbt project has none"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "dbt: {projet: dbt/shop}\n",
            ["1:7: error[unknown-key] `projet` is not a key of `dbt`; fix: rename it to `project`"],
        ),
        (
            "Dbt: {project: dbt/shop}\n",
            ["1:1: error[unknown-key] `Dbt` is not a key of this file; fix: rename it to `dbt`"],
        ),
        (
            "dtb: {project: dbt/shop}\n",
            ["1:1: error[unknown-key] `dtb` is not a key of this file; fix: rename it to `dbt`"],
        ),
        (
            "project: dbt/shop\n",
            ["1:1: error[unknown-key] `project` is not a key of this file; fix: move it under `dbt`"],
        ),
        (
            "dbt: {project: dbt/shop}\nselect: [orders]\nschema: shop\n",
            [
                "2:1: error[unknown-key] `select` is not a key of this file; fix: move it under `dbt`",
                "3:1: error[unknown-key] `schema` is not a key of this file; fix: move it under `dbt`",
            ],
        ),
        (
            "dbt: {project: dbt/shop, schedule: none}\n",
            [
                "1:26: error[unknown-key] `schedule` is not a key of `dbt`; fix: move it out of here, to a line of its "
                "own that begins in the first column"
            ],
        ),
        (
            "dbt: {project: dbt/shop}\ntable: shop\nfresh_by: '06:00'\n",
            [f"2:1: error[unknown-key] `table` {TABLES}", f"3:1: error[unknown-key] `fresh_by` {TABLES}"],
        ),
        ("dbt: {select: [orders]}\n", ["1:6: error[missing-key] `project` is missing from `dbt`; fix: add `project:`"]),
        ("dbt:\n", ["1:5: error[value] `dbt` has no value; it must be `key: value` lines; fix: write a value"]),
        (
            "dbt: {project: dbt/shop, threads: }\n",
            [
                "1:35: error[value] `threads` has no value; it must be a whole number; fix: write a value or delete "
                "the key"
            ],
        ),
        (
            'dbt: {project: dbt/shop, select: [""]}\n',
            ['1:35: error[value] `select` item 1 is ""; it must be one word of dbt\'s selection, such as tag:daily'],
        ),
        (
            "dbt: {project: dbt/shop, select: [null]}\n",
            [
                "1:35: error[value] `select` item 1 has no value: `null` without quotes means nothing; fix: write "
                '"null" or delete the item'
            ],
        ),
        (
            "dbt: {project: dbt/shop}\ntable: a\nschema: b\nmain_sql: SELECT 1\n",
            [
                f"2:1: error[unknown-key] `table` {TABLES}",
                f"3:1: error[unknown-key] `schema` {TABLES}",
                f"4:1: error[unknown-key] `main_sql` {TABLES}",
            ],
        ),
        ("dbt: {project: /dbt/shop}\n", [f'1:16: error[value] `project` is "/dbt/shop"; it {TOP}']),
        ("dbt: {project: ../dbt/shop}\n", [f'1:16: error[value] `project` is "../dbt/shop"; it {TOP}']),
        ("dbt: {project: dbt/../../x}\n", [f'1:16: error[value] `project` is "dbt/../../x"; it {TOP}']),
        ("dbt: {project: dbt/shop, threads: 0}\n", ["1:35: error[value] `threads` is 0; it must be at least 1"]),
        (
            "dbt: {project: dbt/shop, threads: four}\n",
            ['1:35: error[value] `threads` must be a number, not the text "four"; fix: write digits only, such as 12'],
        ),
        ("dbt: {project: dbt/shop, vars: [a]}\n", ["1:32: error[value] `vars` must be `key: value` lines, not a list"]),
        (
            "dbt: {project: dbt/shop, vars: {day: null}}\n",
            [
                '1:38: error[value] `day` has no value: `null` without quotes means nothing; fix: write "null" or '
                "delete the key"
            ],
        ),
        (
            "dbt: {project: dbt/shop, select: orders}\n",
            [
                '1:34: error[value] `select` must be a list (lines that begin with `- `), not the text "orders"; fix: '
                "write `select: [orders]`"
            ],
        ),
        ("dbt: {project: dbt/shop}\nschedule: '0 25 * * *'\n", ["2:14: error[cron] hour 25 does not exist (0-23)"]),
        (
            "dbt: {project: dbt/shop}\nschedule: '0 3 1 * 1'\n",
            [
                "2:11: info[day-or-weekday] a day of the month and a weekday are both named, and either is enough: "
                "on day 1 of every month and every Monday at 03:00 UTC; fix: if only one of them was meant, write `*` "
                "for the other"
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_keys_and_values_are_told_as_in_a_tables_file(repository: Path, text: str, messages: list[str]) -> None:
    give_manifest(repository)
    assert said(repository, text) == [f"shop.yaml:{message}" for message in messages]


def test_line_for_editors_names_the_schema_of_projects(repository: Path) -> None:
    give_manifest(repository)
    line = "# yaml-language-server: $schema=../schemas/%s.schema.json\n"
    (repository / "dag_configs" / "defaults.yaml").write_text(line % "defaults" + "owner: data\n")
    (repository / "dag_configs" / "visits.yaml").unlink()
    right = line % "dbt_project"
    assert said(repository) == [
        "shop.yaml:1:1: info[modeline] editors cannot help with this file: it does not name its schema, as "
        f"defaults.yaml does; fix: begin it with `{right.strip()}`"
    ]
    assert said(repository, line % "summary_table" + FILE) == [
        "shop.yaml:1:33: info[modeline] editors look for the schema of this file in "
        "../schemas/summary_table.schema.json; fix: write ../schemas/dbt_project.schema.json"
    ]
    assert said(repository, right + FILE) == []


def test_owner_pool_and_connection_are_those_that_defaults_list(repository: Path) -> None:
    give_manifest(repository)
    defaults = "owners: {data: {slack: U024BE7LH}}\npools: [heavy]\n"
    (repository / "dag_configs" / "defaults.yaml").write_text(defaults)
    assert said(repository, "dbt: {project: dbt/shop}\nowner: dat\npool: haevy\nconn_id: other\n") == [
        "shop.yaml:2:8: error[owner] `dat` is not among the owners in defaults.yaml; fix: write `owner: data`",
        "shop.yaml:3:7: warning[unknown-pool] `pools` in defaults.yaml does not list `haevy`, and in a pool that is "
        "not there no step starts; fix: write `pool: heavy`",
        "shop.yaml:4:10: warning[other-connection] `other` is another connection than `warehouse`, which the tables "
        "share, and `conn_ids` in defaults.yaml does not list it; fix: add `other` to `conn_ids` in defaults.yaml",
    ]
    assert said(repository, "dbt: {project: dbt/shop}\nowner: data\npool: heavy\n") == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"metadata": {"dbt_sche', "the file is not JSON"),
        ('{"metadata": {}, "results": []}', "the file is no manifest of a dbt project"),
    ],
    ids=["cut off", "another file"],
)
def test_manifest_that_cannot_be_read(repository: Path, content: str, why: str) -> None:
    (repository / "dbt" / "shop" / "target").mkdir()
    (repository / "dbt" / "shop" / "target" / "manifest.json").write_text(content)
    assert said(repository) == [
        f"shop.yaml:2:12: warning[dbt-manifest] its target/manifest.json is of no use: {why}; fix: run "
        "`summary-tables dbt manifest dag_configs/shop.yaml`"
    ]
    give_manifest(repository)
    assert said(repository) == []


def test_manifest_of_another_target(repository: Path) -> None:
    (repository / "dbt" / "shop" / "macros" / "generate_schema_name.sql").unlink()
    give_manifest(repository)
    assert said(repository, FILE + "  schema: prod_shop\n") == [
        "shop.yaml:2:12: warning[dbt-manifest] target/manifest.json was written for another target: there the models "
        "go to shop, and those of this file to prod_shop; fix: run `summary-tables dbt manifest dag_configs/shop.yaml`"
        ", or write `schema: shop`"
    ]
    assert said(repository, FILE + "  schema: shop\n") == []


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
        "start; fix: name tables that have a file here, or models of shop; others need no waiting for"
    ]


def test_a_project_that_reads_tables_waits_for_them(tmp_path: Path) -> None:
    """By its sources. What is built by hand, or waits for the project itself, is not waited for."""
    reads = {"nodes": ["source.shop.analytics.base"]}
    source = {"unique_id": "source.shop.analytics.base", "source_name": "analytics", "name": "base"}
    sources = {"source.shop.analytics.base": source | {"schema": "analytics", "package_name": "shop"}}
    give_project(tmp_path, [node("orders", depends_on=reads)], sources=sources)
    (tmp_path / "dag_configs").mkdir()
    base = tmp_path / "dag_configs" / "base.yaml"
    table = "table: base\nschema: analytics\nschedule: {}\nmain_sql: SELECT 1 AS id\n"
    base.write_text(table.format('"0 2 * * *"'))
    file = "dbt:\n  project: dbt/shop\nschedule: {}\n"
    assert said(tmp_path, file.format('"0 3 * * *"')) == [
        "shop.yaml:2:12: warning[missing-after] the project reads analytics.base, a table of this folder, and does "
        "not wait for it: it may read what was built a day ago; fix: write `schedule: {after: [analytics.base]}` "
        "instead of "
        '`schedule: "0 3 * * *"`; or `schedule: {at: "0 3 * * *", after: [analytics.base]}`, to keep its times'
    ]
    assert said(tmp_path, file.format("{after: [analytics.base]}")) == []
    assert said(tmp_path, file.format('{at: "0 3 * * *", after: [analytics.base]}')) == []
    base.write_text(table.format("{after: [shop.orders]}"))
    assert said(tmp_path, file.format('"0 3 * * *"')) == []
    base.write_text(table.format("none"))
    assert said(tmp_path, file.format('"0 3 * * *"')) == []
    assert said(tmp_path, file.format('{at: "0 3 * * *", after: [analytics.base]}')) == [
        "shop.yaml:3:37: warning[seldom-parent] runs would wait for analytics.base in vain: it is built when somebody "
        "starts it, and this project begins every day at 03:00 UTC; fix: give analytics.base a `schedule`, or leave "
        "`at` out"
    ]
