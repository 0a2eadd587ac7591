"""One key of the format as its schema describes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from typing import Any

from summary_tables.configs.schema_files import SchemaName, load_schema

Schema = Mapping[str, Any]

_LEFT_OUT = re.compile(r"Left out: (.+?)\.$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaKey:
    """`schema` has no references in it. `is_required`: a file cannot do without the key."""

    name: str
    schema: Schema
    is_required: bool

    @property
    def markdown(self) -> str:
        """What editors show of the key."""
        return str(self.schema.get("markdownDescription") or self.schema["description"])

    @property
    def left_out(self) -> str:
        """What holds without the key; empty where nothing is said of it."""
        found = _LEFT_OUT.search(self.markdown)
        return found[1] if found else ""

    @property
    def inner(self) -> Schema:
        """The schema of the `key: value` lines below the key, or of its items; empty where it has neither."""
        places = [self.schema, self.schema.get("items", {}), *self.schema.get("allOf", ())]
        return next((place for place in places if "properties" in place), {})


def keys_of(schema: Schema) -> Iterator[SchemaKey]:
    """The keys that `schema` describes, in its order."""
    required = required_keys(schema)
    for name, described in schema["properties"].items():
        yield SchemaKey(name=name, schema=described, is_required=name in required)


def required_keys(schema: Schema) -> set[str]:
    """What must be there: in any case, and for a check, which is of one of several kinds, what its kind needs."""
    keys = {*schema.get("required", ()), *(key for kind in schema.get("anyOf", ()) for key in kind["required"])}
    return keys | {needed for key in keys for needed in schema.get("dependentRequired", {}).get(key, ())}


def resolved_schema(name: SchemaName) -> Schema:
    """`schemas/<name>.schema.json` with what each reference names in its place."""
    table: Schema = load_schema("summary_table")
    found: Schema = _resolved(load_schema(name), load_schema(name), table)
    return found


def _resolved(node: Any, root: Schema, table: Schema) -> Any:
    if isinstance(node, list):
        return [_resolved(item, root, table) for item in node]
    if not isinstance(node, dict):
        return node
    beside = {key: _resolved(value, root, table) for key, value in node.items() if key not in ("$ref", "$defs")}
    if "$ref" not in node:
        return beside
    file, _, pointer = str(node["$ref"]).partition("#")
    home = table if file else root
    target = reduce(getitem, pointer.strip("/").split("/"), home)
    return {**_resolved(target, home, table), **beside}
