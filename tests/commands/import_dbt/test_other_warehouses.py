"""Manifests of other warehouses, of other versions of dbt, and of what dbt ran last.

What is printed and written of the first one stands in `tests/golden/import_dbt/snowflake.txt`.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from summary_tables import cli
from summary_tables.commands.import_dbt.other_warehouse import title_of_other, unknown_names
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.folder import read_folder
from summary_tables.dbt.manifest import Manifest
from summary_tables.sql.dialects.registry import dialect_of
from tests.commands.import_dbt.made_model import model
from tests.golden_files import assert_golden

VIEW = {"materialized": "view"}
INCREMENTAL = {"materialized": "incremental", "unique_key": "id"}
NEWEST = "{% if is_incremental() %} where day > (select max(day) from {{ this }}) {% endif %}"


def snowflake(name: str, code: str, reads: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    return model(name, code, reads, database="DWH", schema="MARTS", relation_name=f"DWH.MARTS.{name}", **changes)


def source(owner: str, name: str, database: str, schema: str) -> dict[str, Any]:
    return {
        "unique_id": f"source.shop.{owner}.{name}",
        "source_name": owner,
        "name": name,
        "package_name": "shop",
        "database": database,
        "schema": schema,
        "relation_name": f"{database}.{schema}.{name}",
        "original_file_path": "models\\sources.yml",
    }


MODELS = [
    snowflake(
        "STG_EVENTS",
        "select id::variant as id, dayname(day) as day from {{ source('app', 'EVENTS') }}",
        ("source.shop.app.EVENTS",),
        config=VIEW,
        original_file_path="models\\staging\\stg_events.sql",
    ),
    snowflake("STG_PLAIN", "select 1 as id", config=VIEW),
    snowflake(
        "STG_OLD", "select ifnull(id, 0) as id from {{ ref('STG_PLAIN') }}", ("model.shop.STG_PLAIN",), config=VIEW
    ),
    snowflake(
        "DAYS",
        "select id, day from {{ ref('STG_EVENTS') }} union all\nselect id, dayname(id) from {{ ref('STG_OLD') }}",
        ("model.shop.STG_EVENTS", "model.shop.STG_OLD"),
    ),
    snowflake("PLAIN", "select id from {{ ref('STG_PLAIN') }}", ("model.shop.STG_PLAIN",)),
    snowflake("LAST", "select id from {{ source('app', 'EVENTS') }} qualify true", ("source.shop.app.EVENTS",)),
    snowflake("OTHERS", "select id from {{ source('erp', 'EVENTS') }}", ("source.shop.erp.EVENTS",)),
    snowflake(
        "ADDED_ROWS",
        f"select id, day from {{{{ ref('DAYS') }}}} {NEWEST}",
        ("model.shop.DAYS",),
        config=INCREMENTAL,
        compiled_code="select id, day from DWH.MARTS.DAYS where day > (select max(day) from DWH.MARTS.ADDED_ROWS)",
    ),
    snowflake(
        "ADDED_BY_MACRO",
        "select id, day from {{ ref('DAYS') }} {{ newest_only() }}",
        ("model.shop.DAYS",),
        config=INCREMENTAL,
        compiled_code="select id, day from DWH.MARTS.DAYS where day > (select max(day) from DWH.MARTS.ADDED_BY_MACRO)",
    ),
    snowflake("NO_SQL", "--placeholder--"),
]
PARTS = {
    "nodes": dict(enumerate(MODELS)),
    "sources": {1: source("app", "EVENTS", "RAW", "APP"), 2: source("erp", "EVENTS", "ERP", "APP")},
}


def test_a_project_of_another_warehouse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    version = "https://schemas.getdbt.com/dbt/manifest/v12.json"
    metadata = {"dbt_schema_version": version, "project_name": "shop", "adapter_type": "snowflake"}
    Path("manifest.json").write_text(json.dumps({"metadata": metadata, **PARTS}))
    code = cli.main(["import", "manifest.json"])
    printed = capsys.readouterr()
    files = "".join(f"--- {path.name}\n{path.read_text('utf-8')}" for path in sorted(folder.rglob("*.yaml")))
    assert_golden("import_dbt/snowflake.txt", f"{printed.out}{printed.err}exit {code}\n{files}")


def test_a_query_that_is_too_long_to_be_looked_through(tmp_path: Path) -> None:
    text = f"table: long\nschema: marts\nmain_sql: SELECT '{'x' * 60_000}' AS x\n"
    found = unknown_names([Draft(path=tmp_path / "long.yaml", text=text)], read_folder(tmp_path), "Snowflake")
    message = "what this query has of Snowflake alone cannot be told: it is too long"
    assert [each.message for each in found] == [message]


@pytest.mark.parametrize(
    ("adapter", "here", "title"),
    [
        ("", "postgres", ""),
        ("postgres", "postgres", ""),
        ("redshift", "redshift", ""),
        ("redshift", "postgres", "Redshift"),
        ("bigquery", "redshift", "BigQuery"),
        ("of_somebody", "postgres", "of_somebody"),
    ],
)
def test_which_warehouse_is_another(adapter: str, here: str, title: str) -> None:
    assert title_of_other(Manifest(project="shop", adapter=adapter), dialect_of(here)) == title
