"""The schema is the source of the format, the model what the code reads: neither may know more than the other."""

import dataclasses
from dataclasses import MISSING
from functools import reduce
from operator import getitem
from typing import Any, get_args

import pytest

from summary_tables.checks import CHECK_KINDS, Check, NoRows, Severity, SqlCount, check_from_item
from summary_tables.checks.aggregate import Aggregate
from summary_tables.checks.kinds.row_count_change import ComparedTo, RowCountChange
from summary_tables.checks.kinds.sql_count import Operator
from summary_tables.configs.schema import check as schema_check
from summary_tables.lint.facts.query_tests import QueryTest
from summary_tables.model.alerts import (
    DAYS,
    AlertSettings,
    Destination,
    Owner,
    Priority,
    QuietHours,
    Route,
    TableAlerts,
)
from summary_tables.model.row_source import CsvFile, Export, GoogleSheet, SheetExport
from summary_tables.model.settings import NOTIFIERS, Settings, Warehouse
from summary_tables.model.source_table import LoadedAt, SourceColumn, SourceSchema, SourceTable, SourceType
from summary_tables.model.table import Attributes, DeclaredColumn, Grants, Index, Refresh, SummaryTable
from summary_tables.sql.dialects import registry

TABLE = schema_check.load_schema("summary_table")
DEFAULTS = schema_check.load_schema("defaults")
SOURCES = schema_check.load_schema("sources")
PROPERTIES: dict[str, Any] = TABLE["properties"]

ROUTE: dict[str, Any] = DEFAULTS["properties"]["alerts"]["properties"]["routes"]["items"]

PAIRS: list[tuple[type[Any], dict[str, Any]]] = [
    (SummaryTable, {**TABLE, "properties": {key: value for key, value in PROPERTIES.items() if key != "tests"}}),
    # No run asks for the tests of a query.
    (QueryTest, PROPERTIES["tests"]["items"]),
    (Attributes, PROPERTIES["attributes"]),
    (Index, PROPERTIES["indexes"]["items"]),
    (DeclaredColumn, PROPERTIES["columns"]["items"]),
    (Grants, PROPERTIES["grants"]),
    (GoogleSheet, PROPERTIES["google_sheet"]),
    (CsvFile, PROPERTIES["csv"]),
    (Export, PROPERTIES["export"]),
    (SheetExport, PROPERTIES["export"]["properties"]["google_sheet"]),
    *((kind, DEFAULTS["properties"][name]) for name, kind in NOTIFIERS.items()),
    (Warehouse, DEFAULTS["properties"]["warehouse"]),
    (TableAlerts, PROPERTIES["alerts"]),
    (Destination, TABLE["$defs"]["destination"]),
    (AlertSettings, DEFAULTS["properties"]["alerts"]),
    (Route, ROUTE),
    (SourceSchema, SOURCES),
    (SourceTable, SOURCES["properties"]["tables"]["items"]),
    (SourceColumn, SOURCES["properties"]["tables"]["items"]["properties"]["columns"]["items"]),
    (LoadedAt, SOURCES["properties"]["tables"]["items"]["properties"]["loaded_at"]),
    (SourceType, SOURCES["properties"]["types"]["items"]),
]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "").partition("#/$defs/")[2]
    known = {**SOURCES["$defs"], **TABLE["$defs"]}
    return {**(reduce(getitem, reference.split("/"), known) if reference else {}), **schema}


@pytest.mark.parametrize(("record", "schema"), PAIRS, ids=lambda value: getattr(value, "__name__", ""))
def test_schema_and_model_have_the_same_keys_and_defaults(record: type[Any], schema: dict[str, Any]) -> None:
    fields = {field.name: field for field in dataclasses.fields(record)}
    assert fields.keys() == schema["properties"].keys()
    required = {name for name, field in fields.items() if field.default is MISSING and field.default_factory is MISSING}
    assert required == set(schema.get("required", ()))
    for name, described in schema["properties"].items():
        default = resolved(described).get("default")
        if name == "refresh":
            assert fields[name].default == Refresh()
            assert Refresh().strategy == default
        elif not isinstance(default, dict | list | None):
            assert fields[name].default == default, name


def test_settings_are_the_keys_of_defaults_that_no_table_has() -> None:
    settings = {field.name for field in dataclasses.fields(Settings)} - {"notifiers", "zone"}
    of_both = {"alerts"}
    assert settings | NOTIFIERS.keys() == (DEFAULTS["properties"].keys() - PROPERTIES.keys()) | of_both


def test_an_owner_and_quiet_hours_have_the_keys_of_their_schema() -> None:
    reached = DEFAULTS["properties"]["owners"]["additionalProperties"]["properties"]
    assert [field.name for field in dataclasses.fields(Owner)] == ["name", *reached]
    quiet = DEFAULTS["$defs"]["quiet_hours"]["properties"]
    called = {"start": "from", "end": "to", "days": "days"}
    assert [called[field.name] for field in dataclasses.fields(QuietHours)] == [*quiet]
    assert quiet["days"]["items"]["enum"] == list(DAYS)
    assert PROPERTIES["priority"]["enum"] == list(get_args(Priority))


def test_words_to_choose_from_are_the_same() -> None:
    check = TABLE["$defs"]["check"]["properties"]
    assert set(check["op"]["enum"]) == set(get_args(Operator))
    compared_to = check["row_count_change"]["properties"]["compared_to"]
    assert compared_to["enum"] == list(get_args(ComparedTo))
    assert compared_to["default"] == RowCountChange().compared_to
    assert check["severity"]["enum"] == list(get_args(Severity))
    assert {key: check[key].get("default", "") for key in BESIDE} == BESIDE
    assert DEFAULTS["properties"]["warehouse"]["properties"]["dialect"]["enum"] == list(registry.NAMES)


CHECK: dict[str, Any] = TABLE["$defs"]["check"]
BESIDE = {"name": "", "severity": "error", "samples": True, "whole_table": False}
"""Fields of any check that stand beside its key, and what they are where they are left out."""


def test_every_check_kind_is_a_key_of_a_check() -> None:
    keys = [kind.KEY for kind in CHECK_KINDS.values()]
    assert [alternative["required"] for alternative in CHECK["oneOf"]] == [[key] for key in keys]
    assert [*CHECK["properties"]] == [*keys, "count", "op", "table", *BESIDE]


def test_every_kind_but_a_query_needs_a_table_in_an_input_check_and_has_none_in_an_output_check() -> None:
    conditions = PROPERTIES["input_check"]["items"]["allOf"]
    named = [kind.KEY for kind in CHECK_KINDS.values() if not kind.IS_QUERY and kind is not RowCountChange]
    assert conditions[0]["dependentRequired"] == {key: ["table"] for key in named}
    refused = [[kind.KEY, "table"] for kind in CHECK_KINDS.values() if kind.IS_QUERY] + [
        [RowCountChange.KEY],
        ["whole_table"],
    ]
    without = [{"not": {"type": "object", "required": keys}} for keys in refused]
    assert sorted(map(str, conditions[1:-1])) == sorted(map(str, without))
    # An editor would offer the keys twice if they stood under `properties` here, too.
    aggregates = "|".join(kind.KEY for kind in CHECK_KINDS.values() if issubclass(kind, Aggregate))
    assert [*conditions[-1]["patternProperties"]] == [f"^({aggregates})$"]
    assert PROPERTIES["output_check"]["items"]["not"] == {"type": "object", "required": ["table"]}
    parts = [kind.KEY for kind in CHECK_KINDS.values() if kind.IS_QUERY or kind is RowCountChange]
    of_a_run = [{"not": {"type": "object", "required": [key, "whole_table"]}} for key in parts]
    assert sorted(map(str, PROPERTIES["output_check"]["items"]["allOf"])) == sorted(map(str, of_a_run))


def test_a_query_with_its_number_has_the_keys_beside_it() -> None:
    assert [field.name for field in dataclasses.fields(SqlCount)] == [*BESIDE, "sql", "count", "op"]
    assert CHECK["dependentRequired"] == {"sql": ["count"], "count": ["sql"], "op": ["sql"]}
    assert CHECK["properties"]["op"]["default"] == SqlCount(sql="", count=1).op


@pytest.mark.parametrize(
    "kind", [kind for kind in CHECK_KINDS.values() if not kind.IS_QUERY], ids=lambda kind: kind.KEY
)
def test_a_named_check_has_the_keys_of_its_schema_and_its_examples_are_checks(kind: type[Check]) -> None:
    schema = CHECK["properties"][kind.KEY]
    fields = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]  # as above
    assert {key: fields.pop(key).default for key in ("looks_at", *BESIDE)} == {"looks_at": "", **BESIDE}
    if schema["type"] == "object":
        assert list(fields) == list(schema["properties"])
        required = {name for name, field in fields.items() if field.default is MISSING}
        assert required == set(schema.get("required", ()))
    else:
        assert list(fields) == ["columns"]
    for example in schema["examples"]:
        check = check_from_item({kind.KEY: example, "table": "a.b", "name": "c"})
        assert (type(check), check.looks_at, check.label()) == (kind, "a.b", "c")


def test_a_query_that_finds_nothing_has_a_name_only() -> None:
    assert NoRows.from_item({"no_rows": "SELECT 1", "name": "x"}) == NoRows(query="SELECT 1", name="x")


def described(schema: dict[str, Any], path: str) -> list[str]:
    """The keys below `schema` that do not explain themselves, or let unknown keys through."""
    found = [path] if "properties" in schema and schema.get("additionalProperties") is not False else []
    for name, value in schema.get("properties", {}).items():
        found += [f"{path}.{name}"] if not value.get("description") and "$ref" not in value else []
        found += described(resolved(value), f"{path}.{name}")
    items = schema.get("items")
    return found + (described(resolved(items), f"{path}[]") if isinstance(items, dict) else [])


def test_every_key_explains_itself_and_no_unknown_key_passes() -> None:
    assert described(TABLE, "table") + described(DEFAULTS, "defaults") + described(SOURCES, "sources") == []
