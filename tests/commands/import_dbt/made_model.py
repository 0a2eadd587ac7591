"""A model as a manifest has it, made up."""

from typing import Any


def model(name: str, code: str = "", reads: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    config = {"materialized": "table", **changes.pop("config", {})}
    return {
        "unique_id": f"model.shop.{name}",
        "resource_type": "model",
        "name": name,
        "package_name": "shop",
        "database": "shop",
        "schema": "analytics",
        "alias": name,
        "raw_code": code or "select id, day from {{ source('raw', 'events') }}",
        "depends_on": {"nodes": [*reads, *([] if code and "events" not in code else ["source.shop.raw.events"])]},
        "original_file_path": f"models/{name}.sql",
        "config": config,
        "unrendered_config": config,
        **changes,
    }
