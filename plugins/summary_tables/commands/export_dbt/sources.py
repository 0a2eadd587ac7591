"""The tables of others -> `sources.yml`."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from summary_tables.commands.export_dbt.column_names import in_sql
from summary_tables.commands.export_dbt.dbt_text import all_as_it_is, as_it_is
from summary_tables.commands.export_dbt.file_names import source_name
from summary_tables.commands.export_dbt.placed_tests import TableTests, TestsByTable
from summary_tables.commands.export_dbt.table_model import columns_with_tests
from summary_tables.configs.sources import SourcesFolder
from summary_tables.model.source_table import SourceSchema, SourceTable, SourceType, TableKey
from summary_tables.model.table import DeclaredColumn


def sources(
    read: Iterable[TableKey], known: SourcesFolder, sheets: Mapping[TableKey, SourceTable], tests: TestsByTable
) -> list[dict[str, Any]]:
    """The list `sources`: the tables that are `read`, and all that `known` says of others.

    `sheets` are tables of this folder that dbt cannot build.
    """
    found, described = [], {**known.tables, **sheets}
    for schema, group in groupby(sorted({*read, *known.tables}), key=lambda key: key[0]):
        about = known.schemas.get(schema)
        item: dict[str, Any] = {"name": source_name(schema), "schema": schema}
        if about and about.description:
            item["description"] = as_it_is(about.description.strip())
        if about and about.types:
            item["config"] = {"meta": {"summary_tables_types": [_type(kind) for kind in about.types]}}
        item["tables"] = [_table(key, described.get(key), tests, about) for key in group]
        found.append(item)
    return found


def _type(kind: SourceType) -> dict[str, Any]:
    return {"name": kind.name, **({"base": kind.base} if kind.base else {"values": all_as_it_is(list(kind.values))})}


def _table(
    key: TableKey, known: SourceTable | None, all_tests: TestsByTable, about: SourceSchema | None
) -> dict[str, Any]:
    table = known or SourceTable(name=key[1])
    found: dict[str, Any] = {"name": source_name(table.name)}
    if found["name"] != table.name:
        found["identifier"] = table.name
    if table.description:
        found["description"] = as_it_is(table.description.strip())
    if table.loaded_at:
        found["loaded_at_field"] = in_sql(table.loaded_at.column)
    if config := _config(table, table.owner or (about.owner if about else "")):
        found["config"] = config
    tests = TableTests(of=".".join(key), placed=all_tests.get(".".join(key), ()))
    if entries := tests.of_table:
        found["data_tests"] = entries
    columns = [DeclaredColumn(name=each.name, type=each.type, description=each.description) for each in table.columns]
    if items := columns_with_tests(columns, tests):
        found["columns"] = items
    return found


def _config(table: SourceTable, owner: str) -> dict[str, Any]:
    config: dict[str, Any] = {}
    if table.loaded_at:
        config["freshness"] = {"error_after": _age(table.loaded_at.within_hours)}
    asset = {"summary_tables": {"asset": as_it_is(table.asset)}} if table.asset else {}
    if meta := {**({"owner": as_it_is(owner)} if owner else {}), **asset}:
        config["meta"] = meta
    return config


def _age(hours: float) -> dict[str, Any]:
    """dbt counts in whole minutes, hours and days."""
    if hours == int(hours):
        return {"count": int(hours), "period": "hour"}
    return {"count": max(1, round(hours * 60)), "period": "minute"}
