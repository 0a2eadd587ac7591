"""A dbt project beside the configs, with a manifest as dbt writes it, made without dbt."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Node = dict[str, Any]


def node(name: str, kind: str = "table", *, has_contract: bool = False, **more: Any) -> Node:
    """An entry of a model, seed or snapshot. `columns` maps names to types; all else is as a manifest has it."""
    resource_type = kind if kind in ("seed", "snapshot") else "model"
    columns = more.pop("columns", {})
    config = {"materialized": kind, "contract": {"enforced": has_contract}, **more.pop("config", {})}
    return {
        "unique_id": f"{resource_type}.shop.{name}" + (f".v{more['version']}" if "version" in more else ""),
        "name": name,
        "package_name": "shop",
        "resource_type": resource_type,
        "schema": "shop",
        "alias": name,
        "original_file_path": f"models/{name}.sql",
        "config": config,
        "columns": {column: {"name": column, "data_type": type_} for column, type_ in columns.items()},
        **more,
    }


def manifest(nodes: Iterable[Node], disabled: Iterable[Node] = (), **more: Any) -> bytes:
    """The text of a `manifest.json`."""
    metadata = {
        "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json",
        "project_name": "shop",
        "adapter_type": "postgres",
    }
    content: Mapping[str, Any] = {
        "metadata": metadata,
        "nodes": {each["unique_id"]: each for each in nodes},
        "disabled": {each["unique_id"]: [each] for each in disabled},
        **more,
    }
    return json.dumps(content).encode()


def give_project(repository: Path, nodes: Iterable[Node], disabled: Iterable[Node] = (), **more: Any) -> Path:
    """Writes the project to `dbt/shop`, with a file for each model, and its manifest; returns its folder."""
    project = repository / "dbt" / "shop"
    (project / "target").mkdir(parents=True, exist_ok=True)
    (project / "dbt_project.yml").write_text("name: shop\nprofile: shop\n")
    every, off = list(nodes), list(disabled)
    for each in (*every, *off):
        package = () if each["package_name"] == "shop" else ("dbt_packages", each["package_name"])
        path = project.joinpath(*package, each["original_file_path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(each.get("raw_code", "SELECT 1 AS id") + "\n")
    (project / "target" / "manifest.json").write_bytes(manifest(every, off, **more))
    return project
