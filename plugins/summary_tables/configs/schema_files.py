"""The schema files: the format as data. Needs no validator, so that a broken file is explained without one."""

import json
from collections.abc import Iterator, Mapping
from functools import cache, reduce
from itertools import chain
from operator import getitem
from typing import Any, Literal, get_args

from summary_tables.model.checkout import PACKAGE, REPOSITORY

_PLACES = (PACKAGE / "schemas", REPOSITORY / "schemas")
SCHEMAS = next((path for path in _PLACES if path.is_dir()), _PLACES[-1])
"""Inside an installed package; beside `plugins/` in a checkout."""

SchemaName = Literal["summary_table", "defaults", "sources", "dbt_project"]


def load_schema(schema: SchemaName) -> dict[str, Any]:
    """The parsed schema file."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / f"{schema}.schema.json").read_text("utf-8"))
    return loaded


@cache
def whole_schema(schema: SchemaName) -> dict[str, Any]:
    """The schema with what each `$ref` points to in its place, which validators would follow anew for every value."""
    table, root = load_schema("summary_table"), load_schema(schema)
    whole: dict[str, Any] = _without_references(root, {"": root, "summary_table.schema.json": table})
    return whole


def _without_references(node: Any, files: Mapping[str, Any]) -> Any:
    """`files` has the schema files by the name that references give them, the one that `node` belongs to as ""."""
    if isinstance(node, list):
        return [_without_references(item, files) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        file, _, pointer = node["$ref"].partition("#")
        target = reduce(getitem, pointer.strip("/").split("/"), files[file])
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return {**_without_references(target, {**files, "": files[file]}), **_without_references(beside, files)}
    return {key: _without_references(value, files) for key, value in node.items() if key != "$defs"}


@cache
def known_keys() -> frozenset[str]:
    """Every key that a table's file may have, at any depth."""
    return frozenset(key for key, _ in _keys(load_schema("summary_table"), ""))


@cache
def owners_of_keys() -> Mapping[str, tuple[str, ...]]:
    """Each key of a table's file -> where it may stand: a key, `check` for checks, empty for the file itself."""
    found: dict[str, tuple[str, ...]] = {}
    for key, owner in _keys(load_schema("summary_table"), ""):
        found[key] = (*found.get(key, ()), owner)
    return found


@cache
def required_keys() -> frozenset[str]:
    """The names of keys that some block of some file cannot do without."""
    return frozenset(chain.from_iterable(_required(load_schema(name)) for name in get_args(SchemaName)))


def _required(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for value in node:
            yield from _required(value)
    if isinstance(node, dict):
        required = node.get("required")
        yield from required if isinstance(required, list) else ()
        for word, value in node.items():
            yield from _required(value) if word != "not" else ()


def _keys(node: object, owner: str) -> Iterator[tuple[str, str]]:
    """Each key, with the nearest key or definition around it."""
    if isinstance(node, list):
        for value in node:
            yield from _keys(value, owner)
    if not isinstance(node, dict):
        return
    for word, value in node.items():
        if word in ("properties", "$defs") and isinstance(value, dict):
            yield from ((key, owner) for key in value if word == "properties")
            for key, inner in value.items():
                yield from _keys(inner, key)
        else:
            yield from _keys(value, owner)
