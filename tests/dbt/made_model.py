"""A model as it is read from a manifest, made up."""

from typing import Any

from summary_tables.dbt.records import Model, Relation


def made_model(name: str, *parents: str, schema: str = "shop", **more: Any) -> Model:
    """The table `schema`.`name`. `parents` are names of models; `more` takes the place of what is made up."""
    known: dict[str, Any] = {
        "unique_id": f"model.shop.{name}",
        "name": name,
        "package": "shop",
        "resource_type": "model",
        "relation": Relation(database="warehouse", schema=schema, table=name),
        "materialized": "table",
        "depends_on": tuple(f"model.shop.{parent}" for parent in parents),
        "path": f"models/{name}.sql",
    }
    return Model(**(known | more))
