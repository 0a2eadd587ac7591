"""What `--select` means, as far as that can be said without dbt."""

from typing import Any

import pytest

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import Model
from summary_tables.dbt.selection import selected
from tests.dbt.made_model import made_model


def model(name: str, folder: str, *parents: str, **more: Any) -> Model:
    return made_model(name, *parents, path=f"models/{folder}/{name}.sql", **more)


PROJECT = Manifest(
    project="shop",
    models=(
        model("stg_orders", "staging", tags=("staging",), materialized="view"),
        model("stg_items", "staging", tags=("staging",), materialized="view"),
        model("orders", "marts", "stg_orders", "stg_items", tags=("daily",)),
        model("revenue", "marts/finance", "orders", tags=("daily",)),
        model("months", "marts/finance", "revenue", group="money"),
    ),
)
ALL = {"stg_orders", "stg_items", "orders", "revenue", "months"}


@pytest.mark.parametrize(
    ("select", "exclude", "meant"),
    [
        ((), (), ALL),
        (("orders",), (), {"orders"}),
        (("shop.marts.orders",), (), {"orders"}),
        (("marts",), (), {"orders", "revenue", "months"}),
        (("marts.finance",), (), {"revenue", "months"}),
        (("+orders",), (), {"orders", "stg_orders", "stg_items"}),
        (("orders+",), (), {"orders", "revenue", "months"}),
        (("orders+1",), (), {"orders", "revenue"}),
        (("1+revenue",), (), {"orders", "revenue"}),
        (("+revenue+",), (), ALL),
        (("tag:daily",), (), {"orders", "revenue"}),
        (("tag:daily,marts.finance",), (), {"revenue"}),
        (("tag:daily", "stg_items"), (), {"orders", "revenue", "stg_items"}),
        (("path:models/staging",), (), {"stg_orders", "stg_items"}),
        (("config.materialized:view",), (), {"stg_orders", "stg_items"}),
        (("package:shop",), ("tag:staging",), {"orders", "revenue", "months"}),
        (("stg_*",), (), {"stg_orders", "stg_items"}),
        (("fqn:marts.orders",), (), {"orders"}),
        (("fqn:staging.stg_*",), (), {"stg_orders", "stg_items"}),
        (("group:money",), (), {"months"}),
        (("group:mon*",), (), set()),
        (("file:months.sql",), (), {"months"}),
        (("file:months", "file:orders.csv"), (), {"months"}),
        (("file:stg_*", "file:month?.sql"), (), {"stg_orders", "stg_items", "months"}),
        (("package:this",), (), ALL),
        (("package:sh*", "package:other"), ("package:this",), set()),
        (("resource_type:model",), (), ALL),
        (("resource_type:seed",), (), set()),
        (("path:models/marts/",), (), {"orders", "revenue", "months"}),
        (("path:models/mar",), (), set()),
        # Without a method, as dbt takes it: a path, a file, else a name.
        (("models/marts",), (), {"orders", "revenue", "months"}),
        (("models/marts/orders.sql+1",), (), {"orders", "revenue"}),
        (("orders.sql",), (), {"orders"}),
        (("months.csv", "months.py"), (), set()),
        (("path:models/*/orders.sql",), (), {"orders"}),
        (("path:models/*ance",), (), {"revenue", "months"}),
        (("tag:da*",), (), {"orders", "revenue"}),
        (("2+months",), (), {"orders", "revenue", "months"}),
        (("stg_orders+0",), (), {"stg_orders"}),
        (("orders stg_items",), (), {"orders", "stg_items"}),
        (("tag:daily,+months",), ("revenue",), {"orders"}),
        (("nothing",), (), set()),
        ((), ("+months",), set()),
    ],
)
def test_words(select: tuple[str, ...], exclude: tuple[str, ...], meant: set[str]) -> None:
    found = selected(PROJECT, select, exclude)
    assert found is not None
    assert {each.rpartition(".")[2] for each in found} == meant


@pytest.mark.parametrize(
    "word",
    [
        "@orders",
        "state:modified",
        "result:error+",
        "selector:nightly",
        "orders,state:modified",
        ",",
        "orders,",
        ",orders",
    ],
)
def test_what_only_dbt_knows_is_not_guessed(word: str) -> None:
    assert selected(PROJECT, (word,)) is None
    assert selected(PROJECT, ("orders", word)) is None
    assert selected(PROJECT, (), (word,)) is None
