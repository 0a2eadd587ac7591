"""A model of a dbt project -> the keys of its config."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from summary_tables.commands.import_dbt.relations import is_quoted, unquoted
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import Model
from summary_tables.sql.dialect import Dialect

_METHODS: Final = frozenset({"btree", "hash", "gin", "gist", "brin"})
_HINTS: Final = (
    ("grant", "write the roles under `grants`"),
    ("index", "write it under `indexes`"),
    ("comment", "write it as `description`"),
)
_UPKEEP: Final = re.compile(r"(?:analyze|vacuum)\b[^;]*;?", re.IGNORECASE)
# Options that say how dbt or another warehouse stores a table.
_OF_OTHERS: Final = ("cluster_by", "partition_by", "sql_header", "unlogged", "table_type", "file_format")


def head_keys(
    model: Model, manifest: Manifest, dialect: Dialect, remarks: Remarks, *, says_hooks: bool = True
) -> Mapping[str, Any]:
    """What a config says of a table besides its rows, its time and its checks."""
    keys: dict[str, Any] = {"table": model.relation.table, "schema": model.relation.schema}
    keys |= {"description": model.description.strip()} if model.description.strip() else {}
    keys |= {"owner": model.owner} if model.owner else {}
    keys |= {"tags": list(model.tags)} if model.tags else {}
    keys |= {"deprecated": {"after": model.deprecation_date[:10]}} if model.deprecation_date else {}
    used_by = list(_used_by(model, manifest, remarks))
    keys |= {"used_by": used_by} if used_by else {}
    attributes = _attributes(model, dialect)
    keys |= {"attributes": attributes} if attributes else {}
    indexes = list(_indexes(model, dialect, remarks))
    keys |= {"indexes": indexes} if indexes else {}
    grants = _grants(model, remarks)
    keys |= {"grants": {"select": grants}} if grants else {}
    if says_hooks:
        _say_hooks(model, remarks)
    _say_other_options(model, remarks)
    return keys


def _used_by(model: Model, manifest: Manifest, remarks: Remarks) -> Iterator[Mapping[str, str]]:
    for exposure in manifest.exposures:
        if model.unique_id not in exposure.depends_on:
            continue
        name = exposure.label or exposure.name
        if not exposure.url.startswith(("https://", "http://")):
            message = f"`{name}` reads `{model.name}`, and has no `url` under which people find it"
            remarks.add(model.unique_id, exposure.path, message, "write it under `used_by` with its address")
            continue
        yield {"name": name[:100], "url": exposure.url, **({"owner": exposure.owner} if exposure.owner else {})}


def _attributes(model: Model, dialect: Dialect) -> Mapping[str, Any]:
    if "diststyle" not in dialect.settings:
        return {}
    dist, sort, style = (model.config.get(key) for key in ("dist", "sort", "sort_type"))
    found: dict[str, Any] = {}
    if isinstance(dist, str) and dist.lower() in ("auto", "even", "all"):
        found["diststyle"] = dist.lower()
    elif isinstance(dist, str) and dist:
        found |= {"diststyle": "key", "distkey": dist.lower()}
    if sort:
        found["sortkey"] = [sort] if isinstance(sort, str) else list(sort)
    return found | ({"sortstyle": style} if style in ("compound", "interleaved") else {})


def _indexes(model: Model, dialect: Dialect, remarks: Remarks) -> Iterator[Mapping[str, Any]]:
    found = model.config.get("indexes")
    for index in found if isinstance(found, list) and "fillfactor" in dialect.settings else ():
        columns = index.get("columns") if isinstance(index, Mapping) else None
        written = [columns] if isinstance(columns, str) else columns if isinstance(columns, list) else []
        names = [unquoted(str(name)) for name in written]
        method = str(index.get("type") or "btree").lower() if isinstance(index, Mapping) else ""
        if not names or method not in _METHODS or not all(map(_is_column, map(str, written))):
            message = f"an index of `{model.name}` is none that is known here: `{index}`"
            remarks.add(model.unique_id, model.path, message, "write one of columns alone under `indexes`")
            continue
        more = {"unique": True} if index.get("unique") else {}
        yield {"columns": names, **more, **({"method": method} if method != "btree" else {})}


def _is_column(written: str) -> bool:
    return written.isidentifier() or is_quoted(written)


def _grants(model: Model, remarks: Remarks) -> list[str]:
    found = model.config.get("grants")
    grants = found if isinstance(found, Mapping) else {}
    for right in grants:
        if right != "select":
            message = f"`{model.name}` grants `{right}`; people may only read a summary table"
            remarks.add(
                model.unique_id, model.path, message, "leave it out: what is written to it is gone with the next run"
            )
    roles = grants.get("select") or []
    return [roles] if isinstance(roles, str) else [str(role) for role in roles]


def _say_hooks(model: Model, remarks: Remarks) -> None:
    for key in ("pre-hook", "post-hook"):
        hooks = model.config.get(key)
        for hook in hooks if isinstance(hooks, Sequence) and not isinstance(hooks, str) else ():
            sql = " ".join(str(hook.get("sql") if isinstance(hook, Mapping) else hook).split())
            shown = sql if len(sql) < 80 else f"{sql[:77]}..."
            if _UPKEEP.fullmatch(sql):
                message = f"the {key} of `{model.name}` is not needed here, where each version is new: `{shown}`"
                remarks.add(model.unique_id, model.path, message, level="info")
                continue
            hint = next(
                (fix for word, fix in _HINTS if word in sql.lower()),
                "put what it computes into the query, or leave it out",
            )
            remarks.add(model.unique_id, model.path, f"the {key} of `{model.name}` is left out: `{shown}`", hint)


def _say_other_options(model: Model, remarks: Remarks) -> None:
    for key in _OF_OTHERS:
        if model.config.get(key) and not (key == "partition_by" and model.materialized == "incremental"):
            message = f"`{key}` of `{model.name}` is left out: the warehouse here has nothing of that kind"
            remarks.add(model.unique_id, model.path, message, level="info")
