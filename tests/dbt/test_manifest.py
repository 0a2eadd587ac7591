"""What dbt writes of a project, read as records, whatever version wrote it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.dbt.manifest import MOST_BYTES, Manifest, manifest_from_json, read_manifest
from summary_tables.dbt.records import Age, Column, Constraint, Relation
from summary_tables.model.problem import Problem

PATH = Path("target/manifest.json")
NOT_SAID: tuple[Any, ...] = (None, [], {}, "")


def model(**changes: Any) -> dict[str, Any]:
    return {
        "unique_id": "model.shop.orders",
        "name": "orders",
        "package_name": "shop",
        "resource_type": "model",
        "database": "warehouse",
        "schema": "analytics",
        "alias": "all_orders",
        "config": {"materialized": "table", "contract": {"enforced": True}, "group": "finance", "grants": {}},
        "columns": {"id": {"name": "id", "data_type": "bigint", "constraints": [{"type": "not_null"}]}},
        "unrendered_config": {"materialized": "table"},
        "depends_on": {"nodes": ["source.shop.raw.orders"], "macros": ["macro.dbt.is_incremental"]},
        "original_file_path": "models/orders.sql",
        "patch_path": "shop://models/schema.yml",
        "raw_code": "select 1 as id",
        **changes,
    }


def generic_test(**changes: Any) -> dict[str, Any]:
    return {
        "unique_id": "test.shop.relationships_orders_id",
        "resource_type": "test",
        "attached_node": "model.shop.orders",
        "column_name": "id",
        "config": {"severity": "WARN", "where": "id > 3"},
        "depends_on": {"nodes": ["model.shop.users", "model.shop.orders"]},
        "test_metadata": {
            "name": "relationships",
            "namespace": None,
            "kwargs": {"model": "{{ get_where_subquery(ref('orders')) }}", "column_name": "id", "to": "ref('users')"},
        },
        **changes,
    }


def manifest_text(version: int, *nodes: dict[str, Any], **parts: Any) -> bytes:
    metadata = {"dbt_schema_version": f"https://schemas.getdbt.com/dbt/manifest/v{version}.json"}
    return json.dumps({"metadata": metadata, "nodes": dict(enumerate(nodes)), **parts}).encode()


def manifest(version: int, *nodes: dict[str, Any], **parts: Any) -> Manifest:
    found = manifest_from_json(manifest_text(version, *nodes, **parts), PATH)
    assert isinstance(found, Manifest), found
    return found


@pytest.mark.parametrize("version", [1, 6, 7, 12, 20])
def test_a_model_says_where_it_stands_and_what_it_has(version: int) -> None:
    groups = {"group.shop.finance": {"name": "finance", "owner": {"email": "money@shop.com"}}}
    found = manifest(version, model(), generic_test(), groups=groups)
    orders = found.nodes["model.shop.orders"]
    assert found.project == "shop"
    assert orders.relation == Relation(database="warehouse", schema="analytics", table="all_orders")
    assert orders.relation.full_name == "analytics.all_orders"
    assert orders.columns == (Column(name="id", data_type="bigint", constraints=(Constraint(kind="not_null"),)),)
    assert (orders.materialized, orders.has_contract, orders.owner) == ("table", True, "money@shop.com")
    assert (orders.path, orders.patch_path) == ("models/orders.sql", "models/schema.yml")
    assert orders.depends_on == ("source.shop.raw.orders",)
    assert orders.written == {"materialized"}


def test_what_older_and_newer_dbt_write_otherwise() -> None:
    old = {"raw_sql": "select 1", "compiled_sql": "with __dbt__CTE__x as (select 1)", "patch_path": "models/s.yml"}
    found = manifest(4, model(**old, raw_code=None)).models[0]
    assert (found.raw_code, found.compiled_code) == ("select 1", "with __dbt__cte__x as (select 1)")
    assert found.patch_path == "models/s.yml"
    new = manifest(20, model(raw_code="--placeholder--", compiled_code=" \n")).models[0]
    assert (new.raw_code, new.compiled_code) == ("", "")


@pytest.mark.parametrize(
    ("owner", "expected"),
    [({"name": "Ana", "email": "a@shop.com"}, "Ana"), ({"email": "a@shop.com"}, "a@shop.com"), ({}, "finance")],
)
def test_who_answers_for_a_group(owner: dict[str, str], expected: str) -> None:
    found = manifest(12, model(group="finance"), groups={"group.shop.finance": {"name": "finance", "owner": owner}})
    assert found.models[0].owner == expected


def test_paths_of_windows() -> None:
    found = manifest(12, model(original_file_path="models\\a\\b.sql", patch_path="shop://models\\s.yml")).models[0]
    assert (found.path, found.patch_path) == ("models/a/b.sql", "models/s.yml")


@pytest.mark.parametrize(
    ("relation_name", "expected"),
    [("DWH.RAW.Orders", "raw.orders"), ('"DWH"."RAW"."Orders"', "RAW.Orders"), ("`DWH`.`RAW`.`Orders`", "RAW.Orders")],
)
def test_a_name_without_quotes_has_small_letters(relation_name: str, expected: str) -> None:
    found = manifest(12, model(database="DWH", schema="RAW", alias="Orders", relation_name=relation_name)).models[0]
    assert found.relation.full_name == expected


def test_a_test_belongs_to_what_it_looks_at() -> None:
    found = manifest(12, model(), generic_test()).tests[0]
    assert found.model == "model.shop.orders"
    assert (found.kind, found.column, found.severity, found.condition) == ("relationships", "id", "warn", "id > 3")
    assert found.arguments == {"to": "ref('users')"}


@pytest.mark.parametrize(
    ("config", "field", "expected"),
    [
        ({}, "severity", "error"),
        ({"severity": "Warn"}, "severity", "warn"),
        ({}, "fail_calc", "count(*)"),
        ({"fail_calc": "max(n)"}, "fail_calc", "max(n)"),
        ({}, "limit", None),
        ({"limit": 5}, "limit", 5),
        ({"limit": "5"}, "limit", None),
        ({}, "enabled", True),
        ({"enabled": False}, "enabled", False),
        ({}, "warn_if", "!= 0"),
        ({"warn_if": ">5"}, "warn_if", ">5"),
        ({"error_if": ">5"}, "error_if", ">5"),
        ({"meta": {"a": 1}}, "meta", {"a": 1, "b": 2}),
    ],
)
def test_how_a_test_is_told(config: dict[str, Any], field: str, expected: object) -> None:
    (found,) = manifest(12, generic_test(config=config, meta={"b": 2}, description="D", tags=["t", "t"])).tests
    assert getattr(found, field) == expected
    assert (found.description, found.tags) == ("D", ("t",))


def test_older_manifests_do_not_say_what_a_test_looks_at() -> None:
    assert manifest(9, generic_test(attached_node=None)).tests[0].model == "model.shop.orders"


def test_arguments_may_stand_one_level_deeper() -> None:
    metadata = {"name": "accepted_values", "kwargs": {"arguments": {"values": ["a"]}, "column_name": "id"}}
    assert manifest(12, generic_test(test_metadata=metadata)).tests[0].arguments["values"] == ["a"]


def test_a_singular_test_is_its_own_query() -> None:
    found = manifest(12, generic_test(test_metadata=None)).tests[0]
    assert found.is_singular
    assert not found.model


def test_sources_groups_exposures_and_unit_tests() -> None:
    source = {
        "unique_id": "source.shop.raw.orders",
        "source_name": "raw",
        "name": "orders",
        "identifier": "Orders",
        "schema": "raw_data",
        "source_meta": {"owner": ["platform", "others"]},
        "freshness": {"warn_after": {"count": 12, "period": "hour"}, "error_after": {"count": 2, "period": "day"}},
        "loaded_at_field": "loaded_at",
    }
    unit_test = {
        "unique_id": "unit_test.shop.orders.one",
        "model": "orders",
        "given": [
            {"input": "ref('visits')", "rows": "id\n1\n", "format": "csv"},
            {"input": "ref('users')", "rows": [{"id": 1}]},
            {"input": "this", "fixture": "empty", "rows": None},
            1,
        ],
        "expect": {"rows": "select 1 as id", "format": "sql"},
    }
    exposure = {"unique_id": "exposure.shop.weekly", "name": "weekly", "owner": {"name": "jin"}}
    found = manifest(
        12,
        sources={"source.shop.raw.orders": source},
        unit_tests={"unit_test.shop.orders.one": unit_test},
        exposures={"exposure.shop.weekly": exposure},
    )
    orders = found.sources_by_id["source.shop.raw.orders"]
    assert (orders.relation.full_name, orders.owner, orders.loaded_at) == ("raw_data.Orders", "platform", "loaded_at")
    assert orders.warn_after == Age(count=12, period="hour")
    assert orders.error_after is not None
    assert orders.error_after.hours == 48
    given = [(rows.rows, rows.sql, rows.fixture) for rows in found.unit_tests[0].given]
    assert given == [((), "", ""), (({"id": 1},), "", ""), ((), "", "empty")]
    assert found.unit_tests[0].expect.sql == "select 1 as id"
    assert found.exposures[0].owner == "jin"


@pytest.mark.parametrize("nothing", NOT_SAID)
def test_what_is_left_out_is_not_said(nothing: object) -> None:
    known = {"unique_id": "model.shop.orders", "resource_type": "model", "name": "orders"}
    bare = {key: nothing for key in model() if key not in known}
    orders = manifest(12, {**bare, **known}).models[0]
    assert (orders.relation, orders.columns, orders.config) == (Relation(table="orders"), (), {})


_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted({*model(), *generic_test()})), _ANY_JSON)
def test_nothing_that_stands_in_an_entry_breaks_the_reading(key: str, value: object) -> None:
    for node in (model(), generic_test()):
        content = {"x": {**node, key: value}}
        parts = {"nodes": content, "sources": content, "unit_tests": content, "exposures": content, "groups": content}
        assert isinstance(manifest_from_json(manifest_text(12, **parts), PATH), Manifest)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"models:", "the file is not JSON; fix: let dbt write it again: `dbt parse`"),
        (b"[" * 100_000, "the file is not JSON; fix: let dbt write it again: `dbt parse`"),
        *(
            (
                content,
                "the file is no manifest of a dbt project; "
                "fix: name the manifest.json in the folder target/ of a dbt project",
            )
            for content in (b"[]", b"{}", b'{"nodes": {}}', b'{"metadata": {}, "nodes": {}}')
        ),
        (
            b'{"metadata": {"dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json"}, "nodes": {}}',
            "the file is no manifest of a dbt project; "
            "fix: name the manifest.json in the folder target/ of a dbt project",
        ),
    ],
)
def test_what_is_no_manifest(content: bytes, said: str) -> None:
    found = manifest_from_json(content, PATH)
    assert isinstance(found, Problem)
    assert str(found).endswith(f"manifest.json: error[dbt-manifest] {said}")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    found = read_manifest(tmp_path / "manifest.json")
    assert isinstance(found, Problem)
    assert found.message == "the file cannot be read: No such file or directory"


def test_a_file_that_is_larger_than_any_manifest(tmp_path: Path) -> None:
    with (tmp_path / "manifest.json").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    found = read_manifest(tmp_path / "manifest.json")
    assert isinstance(found, Problem)
    assert found.message == "the file cannot be read: it is larger than 500 MB"
