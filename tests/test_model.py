"""The schema is the source of the format, the model what the code reads: neither may know more than the other."""

import dataclasses
from dataclasses import MISSING
from typing import Any, get_args

import pytest

from summary_tables.checks import CHECK_KINDS
from summary_tables.checks.sql_count import Operator, SqlCount
from summary_tables.model import Attributes, Dialect, Grants, Index, Settings, Slack, SummaryTable, Warehouse
from summary_tables.schema import schema_check

TABLE = schema_check.load_schema("summary_table")
DEFAULTS = schema_check.load_schema("defaults")
PROPERTIES: dict[str, Any] = TABLE["properties"]

PAIRS: list[tuple[type[Any], dict[str, Any]]] = [
    (SummaryTable, TABLE),
    (Attributes, PROPERTIES["attributes"]),
    (Index, PROPERTIES["indexes"]["items"]),
    (Grants, PROPERTIES["grants"]),
    (SqlCount, TABLE["$defs"]["check"]),
    (Slack, DEFAULTS["properties"]["slack"]),
    (Warehouse, DEFAULTS["properties"]["warehouse"]),
]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "").partition("#/$defs/")[2]
    return {**(TABLE["$defs"][reference] if reference else {}), **schema}


def required_keys(schema: dict[str, Any]) -> set[str]:
    """What an object must have; a check has the key of some kind, and then what that kind needs."""
    keys = set(schema.get("required", ())).union(*(kind["required"] for kind in schema.get("anyOf", ())))
    return keys.union(*(needed for key, needed in schema.get("dependentRequired", {}).items() if key in keys))


@pytest.mark.parametrize(("record", "schema"), PAIRS, ids=lambda value: getattr(value, "__name__", ""))
def test_schema_and_model_have_the_same_keys_and_defaults(record: type[Any], schema: dict[str, Any]) -> None:
    fields = {field.name: field for field in dataclasses.fields(record)}
    assert fields.keys() == schema["properties"].keys()
    required = {name for name, field in fields.items() if field.default is MISSING and field.default_factory is MISSING}
    assert required == required_keys(schema)
    for name, described in schema["properties"].items():
        default = resolved(described).get("default")
        if not isinstance(default, dict | list | None):
            assert fields[name].default == default, name


def test_settings_are_the_keys_of_defaults_that_no_table_has() -> None:
    assert {field.name for field in dataclasses.fields(Settings)} == DEFAULTS["properties"].keys() - PROPERTIES.keys()


def test_words_to_choose_from_are_the_same() -> None:
    check = TABLE["$defs"]["check"]["properties"]
    assert set(check["op"]["enum"]) == set(get_args(Operator))
    assert DEFAULTS["properties"]["warehouse"]["properties"]["dialect"]["enum"] == list(get_args(Dialect))


def test_every_check_kind_is_a_key_of_a_check() -> None:
    check = TABLE["$defs"]["check"]
    assert {kind.KEY for kind in CHECK_KINDS} <= check["properties"].keys()
    assert [{"required": [kind.KEY]} for kind in CHECK_KINDS] == check["anyOf"]


def described(schema: dict[str, Any], path: str) -> list[str]:
    """The keys below `schema` that do not explain themselves, or let unknown keys through."""
    found = [path] if "properties" in schema and schema.get("additionalProperties") is not False else []
    for name, value in schema.get("properties", {}).items():
        found += [f"{path}.{name}"] if not value.get("description") and "$ref" not in value else []
        found += described(resolved(value), f"{path}.{name}")
    items = schema.get("items")
    return found + (described(resolved(items), f"{path}[]") if isinstance(items, dict) else [])


def test_every_key_explains_itself_and_no_unknown_key_passes() -> None:
    assert described(TABLE, "table") + described(DEFAULTS, "defaults") == []
