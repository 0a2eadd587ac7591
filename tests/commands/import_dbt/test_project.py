"""How a dbt project is read: by dbt where there is one, else by its manifest, else it is said what to run."""

import json
from pathlib import Path

import pytest
import yaml

from summary_tables import cli
from summary_tables.commands.exit_code import USAGE
from summary_tables.runs.dbt_build import program as dbt_program

MANIFEST = {
    "metadata": {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
        "project_name": "shop",
    },
    "nodes": {
        "model.shop.orders": {
            "unique_id": "model.shop.orders",
            "resource_type": "model",
            "name": "orders",
            "package_name": "shop",
            "schema": "analytics",
            "config": {"materialized": "table"},
            "raw_code": "select 1 as id",
            "original_file_path": "models/orders.sql",
        }
    },
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "dbt_project.yml").write_text("name: shop\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARY_TABLES_DBT", "/nowhere/dbt")
    monkeypatch.setattr(dbt_program, "ENVIRONMENT", "nowhere/dbt")
    return found


def program(path: Path, lines: str) -> Path:
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    return path


def test_without_dbt_and_manifest_it_is_said_what_to_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "shop"]) == USAGE
    assert capsys.readouterr().err == (
        "shop: error[import] there is no dbt here to read the project, and no target/manifest.json in it; "
        "fix: run `dbt compile` there and say the same again, or name dbt itself: --dbt PATH\n"
    )


@pytest.mark.parametrize("named", ["shop", "shop/target/manifest.json"])
def test_the_manifest_is_enough(folder: Path, named: str) -> None:
    Path("shop/target").mkdir()
    Path("shop/target/manifest.json").write_text(json.dumps(MANIFEST))
    assert cli.main(["import", named]) == 0
    assert "main_sql: |\n  select 1 as id\n" in (folder / "orders.yaml").read_text("utf-8")


def test_what_is_no_manifest_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("results.json").write_text("{}")
    assert cli.main(["import", "results.json"]) == USAGE
    assert capsys.readouterr().err.endswith(
        "results.json: error[dbt-manifest] the file is no manifest of a dbt project; "
        "fix: name the manifest.json in the folder target/ of a dbt project\n"
    )


def test_dbt_that_fails_is_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    dbt = program(
        Path("dbt"), "echo '10:00:00  Running with dbt=1.12.6'; echo '10:00:01  no profile was found'; exit 2"
    )
    assert cli.main(["import", "shop", "--dbt", str(dbt.absolute())]) == USAGE
    assert capsys.readouterr().err == (
        "shop: error[import] dbt could not read the project. It says:\n"
        "  Running with dbt=1.12.6\n"
        "  no profile was found; fix: see that `dbt compile` works there, then say the same again\n"
    )


def test_dbt_that_knows_another_warehouse_only(capsys: pytest.CaptureFixture[str]) -> None:
    dbt = program(Path("dbt"), "echo 'Could not find adapter type bigquery!'; exit 2")
    assert cli.main(["import", "shop", "--dbt", str(dbt.absolute())]) == USAGE
    assert capsys.readouterr().err == (
        "shop: error[import] dbt could not read the project. It says:\n"
        "  Could not find adapter type bigquery!; fix: install dbt-bigquery beside that dbt, or give its profile a "
        "target of the warehouse here as well and name that: --target NAME, then say the same again\n"
    )


def test_a_program_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "shop", "--dbt", "/nowhere/dbt"]) == USAGE
    assert "/nowhere/dbt cannot be started: No such file or directory" in capsys.readouterr().err


def test_dbt_sends_nothing_home_and_asks_no_warehouse() -> None:
    program(Path("dbt"), 'env > "$OUT/environment"; echo "$@" > "$OUT/arguments"; exit 2')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUT", str(Path.cwd()))
        cli.main(["import", "shop", "--dbt", str(Path("dbt").absolute())])
    environment = Path("environment").read_text().splitlines()
    assert {"DBT_SEND_ANONYMOUS_USAGE_STATS=0", "DO_NOT_TRACK=1"} <= set(environment)
    assert "--no-populate-cache --no-introspect" in Path("arguments").read_text()


def test_a_folder_of_something_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "dag_configs"]) == USAGE
    assert capsys.readouterr().err == "summary-tables: dag_configs is a folder without dbt_project.yml\n"


def test_a_project_is_imported_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.py").write_text("")
    assert cli.main(["import", "shop", "a.py"]) == USAGE
    assert capsys.readouterr().err == "summary-tables: a dbt project is imported by itself: name nothing beside it\n"


def test_a_profile_whose_variables_nobody_has_set_is_not_needed(folder: Path, tmp_path: Path) -> None:
    """The warehouse is not asked: dbt is told of one that is nowhere, by the name of the same target."""
    Path("shop/profiles.yml").write_text("shop: {outputs: {prod: {host: \"{{ env_var('PGHOST') }}\"}}}\n")
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    dbt = program(
        tmp_path / "dbt",
        f"""case "$*" in *shop*) echo "Env var required but not provided: 'PGHOST'"; exit 2;; esac
echo "$*" > {tmp_path}/asked
mkdir -p target; cp {tmp_path}/manifest.json target/; echo '{{"results": []}}' > target/run_results.json""",
    )
    assert cli.main(["import", "shop", "--dbt", str(dbt), "--target", "live"]) == 0
    assert "select 1 as id" in (folder / "orders.yaml").read_text("utf-8")
    assert "--target live" in (tmp_path / "asked").read_text("utf-8")


def test_variables_are_those_of_the_package_as_the_project_sets_them(folder: Path) -> None:
    """As in dbt: the project's for the package, the project's for all, the package's own, the default."""
    code = "select " + ", ".join(f"{{{{ var('{name}', 0) }}}} as {name}" for name in ("a", "b", "c", "d"))
    node = MANIFEST["nodes"]["model.shop.orders"] | {"raw_code": code, "package_name": "pack"}  # type: ignore[index]
    Path("shop/target").mkdir()
    Path("shop/target/manifest.json").write_text(json.dumps(MANIFEST | {"nodes": {"model.pack.orders": node}}))
    Path("shop/dbt_project.yml").write_text("name: shop\nvars: {a: 2, b: 2, pack: {a: 1}, shop: {a: 9, d: 9}}\n")
    Path("shop/dbt_packages/pack").mkdir(parents=True)
    Path("shop/dbt_packages/pack/dbt_project.yml").write_text("name: pack\nvars: {pack: {a: 8, b: 8, c: 3}}\n")
    assert cli.main(["import", "shop"]) == 0
    assert "  select 1 as a, 2 as b, 3 as c, 0 as d\n" in (folder / "orders.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("config", "names"),
    [
        ({}, ["id", "Paid At", "order", "by_hand"]),
        ({"quote_columns": False}, ["id", "paid at", "order", "By-Hand"]),
    ],
)
def test_columns_of_a_seed_are_called_as_dbt_calls_them(
    folder: Path, config: dict[str, bool], names: list[str]
) -> None:
    seed = {
        "resource_type": "seed",
        "original_file_path": "seeds/fees.csv",
        "package_name": "pack",
        "config": {"materialized": "seed", **config},
    }
    node = MANIFEST["nodes"]["model.shop.orders"] | {"name": "fees", "unique_id": "seed.shop.fees", **seed}  # type: ignore[index]
    Path("shop/target").mkdir()
    Path("shop/dbt_packages/pack/seeds").mkdir(parents=True)
    Path("shop/dbt_packages/pack/dbt_project.yml").write_text("name: pack\n")
    Path("shop/dbt_packages/pack/seeds/fees.csv").write_text('id,Paid At,order,"""By-Hand"""\n1,2026-01-01,2,3\n')
    Path("shop/target/manifest.json").write_text(json.dumps(MANIFEST | {"nodes": {"seed.shop.fees": node}}))
    assert cli.main(["import", "shop"]) == 0
    written = yaml.safe_load((folder / "fees.yaml").read_text("utf-8"))
    assert [column["name"] for column in written["columns"]] == names


@pytest.mark.parametrize(("package", "link"), [("shop", "shop/seeds/fees.csv"), ("pack", "shop/dbt_packages/pack")])
def test_no_file_is_copied_from_elsewhere(folder: Path, package: str, link: str) -> None:
    node = MANIFEST["nodes"]["model.shop.orders"] | {  # type: ignore[index]
        "resource_type": "seed",
        "package_name": package,
        "original_file_path": "seeds/fees.csv",
        "config": {"materialized": "seed"},
    }
    Path("others/seeds").mkdir(parents=True)
    Path("others/seeds/fees.csv").write_text("user,secret\nroot,x\n")
    Path(link).parent.mkdir(parents=True)
    Path(link).symlink_to(Path("others", *Path(link).parts[1:] if package == "shop" else ()).absolute())
    Path("manifest.json").write_text(json.dumps(MANIFEST | {"nodes": {"seed.shop.fees": node}}))
    Path("shop/target").mkdir()
    Path("manifest.json").rename("shop/target/manifest.json")
    assert cli.main(["import", "shop"]) == 1
    assert list(folder.iterdir()) == []


def test_nothing_is_written_into_a_repository_in_which_nobody_stands(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.rmdir()
    Path("shop/target").mkdir()
    Path("shop/target/manifest.json").write_text(json.dumps(MANIFEST))
    assert cli.main(["import", "shop"]) == USAGE
    said = "there is no folder dag_configs/ here: `summary-tables init` makes one, or name it with --folder"
    assert capsys.readouterr().err == f"summary-tables: {said}\n"


@pytest.mark.parametrize("options", [[], ["--target", "prod"], ["--stdout"]])
def test_a_default_target_that_is_a_developers_own_is_said(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The remedy is the second call."""
    outputs = "{dev: {schema: dev_anna}, prod: {schema: shop}, ci: {schema: \"{{ env_var('CI_SCHEMA') }}\"}}"
    Path("shop/profiles.yml").write_text(f"shop: {{target: dev, outputs: {outputs}}}\n")
    Path("shop/target").mkdir()
    Path("shop/target/manifest.json").write_text(json.dumps(MANIFEST))
    assert cli.main(["import", "shop", *options]) == 0
    printed = capsys.readouterr()
    said = [line for line in (printed.out + printed.err).splitlines() if line.startswith("profiles.yml")]
    assert said == (
        []
        if "--target" in options
        else [
            "profiles.yml: warning[import] the schemas are those of the default target, and targets differ: "
            "dev (dev_anna), prod (shop) and ci (filled in by dbt); "
            "fix: say --target with the one that builds what people read"
        ]
    )


@pytest.mark.parametrize("has_profile", [True, False])
def test_without_a_profile_nobody_knows_the_own_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], has_profile: bool
) -> None:
    events = {"unique_id": "source.shop.raw.events", "resource_type": "source", "source_name": "raw", "name": "events"}
    events |= {"package_name": "shop", "database": "raw", "schema": "app", "identifier": "events"}
    node = MANIFEST["nodes"]["model.shop.orders"] | {"database": "warehouse"}  # type: ignore[index]
    node |= {"raw_code": "select id from {{ source('raw', 'events') }}", "depends_on": {"nodes": [events["unique_id"]]}}
    parts = {"nodes": {"model.shop.orders": node}, "sources": {events["unique_id"]: events}}
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST | parts))
    if has_profile:
        Path("shop/profiles.yml").write_text("shop: {target: dev, outputs: {dev: {schema: analytics}}}\n")
    dbt = program(
        tmp_path / "dbt",
        f"""mkdir -p target; cp {tmp_path}/manifest.json target/; echo '{{"results": []}}' > target/run_results.json""",
    )
    assert cli.main(["import", "shop", "--dbt", str(dbt)]) == 0
    said = "`raw.events` stands in another database, `raw`"
    assert (said in capsys.readouterr().out) is has_profile
