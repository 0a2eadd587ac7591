"""The query of a model from its own SQL, where dbt has not compiled it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.model_sql import model_sql
from summary_tables.dbt.not_understood import NotUnderstood
from summary_tables.dbt.records import Macro, Model, Relation, Source
from tests.dbt.made_model import made_model


def a_model(name: str, code: str, *reads: str, **changes: Any) -> Model:
    return replace(made_model(name, *reads), raw_code=code, **changes)


def macro(package: str, name: str, text: str) -> Macro:
    sql = f"{{% macro {name}() %}}{text}{{% endmacro %}}"
    return Macro(unique_id=f"macro.{package}.{name}", name=name, package=package, sql=sql)


def sql_of(node: Model, *others: Model, variables: Mapping[str, Any] | None = None) -> str | NotUnderstood:
    raw = Source(
        unique_id="source.shop.raw.t",
        source="raw",
        name="t",
        package="shop",
        relation=Relation(schema="in", table='T"1'),
    )
    macros = (
        macro("shop", "own", "1"),
        macro("dates", "own", "2"),
        macro("dbt", "own", "3"),
        macro("dbt", "dbts", "4"),
    )
    manifest = Manifest(
        project="shop",
        models=(node, *others),
        sources=(raw,),
        macros={each.unique_id: each for each in macros},
    )
    return model_sql(node, manifest, variables or {})


ORDERS = a_model("orders", "SELECT 1 AS id")
AMOUNTS = a_model("amounts", "SELECT id FROM {{ ref('orders') }};", "orders", materialized="ephemeral")
TOTALS = a_model("totals", "SELECT id FROM {{ ref('amounts') }}", "amounts", materialized="ephemeral")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("SELECT * FROM {{ ref('orders') }} ;\n", 'SELECT * FROM "shop"."orders" '),
        ("{{ ref('shop', 'orders') }}", '"shop"."orders"'),
        ("{{ source('raw', 't') }}, {{ source('web', 'hits') }}", '"in"."T""1", "web"."hits"'),
        ("{{ config(materialized='table') }}{{ log('x', info=true) }}{{ this }}", '"shop"."report"'),
        ("{% if is_incremental() %}a{% elif execute %}b{% endif %}", "b"),
        ("{{ var('area') }}, {{ var('area', 'all') }}, {{ var('days', 3) }}", "asia, asia, 3"),
        ("{{ own() }}{{ dates.own() }}{{ dbts() }}", "124"),
    ],
)
def test_templates_are_filled_in(code: str, expected: str) -> None:
    assert sql_of(a_model("report", code, "orders"), ORDERS, variables={"area": "asia"}) == expected


def test_what_dbt_compiled_is_taken() -> None:
    assert sql_of(a_model("report", "{{ anything() }}", compiled_code="SELECT 2")) == "SELECT 2"


def test_models_without_a_table_are_parts_of_the_query() -> None:
    """Each once, behind those that it reads."""
    report = a_model("report", "SELECT * FROM {{ ref('totals') }}, {{ ref('amounts') }}", "totals", "amounts")
    assert sql_of(report, ORDERS, AMOUNTS, TOTALS) == (
        'WITH __dbt__cte__amounts AS (\nSELECT id FROM "shop"."orders"\n), '
        "__dbt__cte__totals AS (\nSELECT id FROM __dbt__cte__amounts\n) SELECT * FROM (\n"
        "SELECT * FROM __dbt__cte__totals, __dbt__cte__amounts\n) AS made"
    )


@pytest.mark.parametrize(("version", "expected"), [("v=1", "orders_v1"), ("version='2'", "orders_v2")])
def test_a_version(version: str, expected: str) -> None:
    versions = [
        replace(a_model(f"orders_v{number}", "SELECT 1"), name="orders", version=f"{number}") for number in (1, 2)
    ]
    report = a_model("report", f"{{{{ ref('orders', {version}) }}}}", "orders_v1", "orders_v2")
    assert sql_of(report, *versions) == f'"shop"."{expected}"'


@pytest.mark.parametrize(
    ("node", "what"),
    [
        (a_model("report", "{{ ref('orders') }}"), "`ref('orders')`"),
        (a_model("report", "{{ ref('other', 'orders') }}", "orders"), "`ref('orders')`"),
        (a_model("report", "{{ ref('orders', v=2) }}", "orders"), "`ref('orders')`"),
        (a_model("report", "{{ ref() }}", "orders"), "`ref('')`"),
        (a_model("report", "{{ var('days') }}"), "`var('days')`"),
        (a_model("report", "{{ ref('ring') }}", "ring"), "`ref('ring')`"),
        (a_model("report", "{{ ref('asks') }}", "asks"), "`ref('asks')`"),
        (a_model("report", "{{ nobody() }}"), "`nobody`"),
        (a_model("report", "def model(dbt, session): pass", language="python"), "a model without SQL"),
        (a_model("report", ""), "a model without SQL"),
    ],
)
def test_what_only_dbt_knows(node: Model, what: str) -> None:
    ring = a_model("ring", "{{ ref('ring') }}", "ring", materialized="ephemeral")
    asks = a_model("asks", "{{ run_query('SELECT 1') }}", materialized="ephemeral")
    assert sql_of(node, ORDERS, ring, asks) == NotUnderstood(what=what, line=1)
