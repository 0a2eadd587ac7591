"""The tables of others -> `sources.yml`."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from summary_tables.commands.export_dbt.data_tests import DataTest
from summary_tables.commands.export_dbt.dbt_text import as_it_is
from summary_tables.commands.export_dbt.table_model import columns_with_tests
from summary_tables.configs.sources import SourcesFolder
from summary_tables.model.source_table import SourceTable, TableKey
from summary_tables.model.table import DeclaredColumn


def sources(
    keys: Iterable[TableKey], known: SourcesFolder, tests: Mapping[str, Sequence[DataTest]]
) -> list[dict[str, Any]]:
    """The list `sources`; `tests` by the full names of their tables."""
    found = []
    for schema, group in groupby(sorted(keys), key=lambda key: key[0]):
        about = known.schemas.get(schema)
        item: dict[str, Any] = {"name": schema, "schema": schema}
        if about and about.description:
            item["description"] = as_it_is(about.description.strip())
        item["tables"] = [_table(key, known.tables.get(key), tests.get(".".join(key), ())) for key in group]
        found.append(item)
    return found


def _table(key: TableKey, known: SourceTable | None, tests: Sequence[DataTest]) -> dict[str, Any]:
    table = known or SourceTable(name=key[1])
    found: dict[str, Any] = {"name": table.name}
    if table.description:
        found["description"] = as_it_is(table.description.strip())
    if table.loaded_at:
        hours = {"count": max(1, round(table.loaded_at.within_hours)), "period": "hour"}
        found["loaded_at_field"] = table.loaded_at.column
        found["config"] = {"freshness": {"error_after": hours}}
    if entries := [test.entry for test in tests if not test.column]:
        found["data_tests"] = entries
    columns = [DeclaredColumn(name=each.name, type=each.type, description=each.description) for each in table.columns]
    if items := columns_with_tests(columns, tests):
        found["columns"] = items
    return found
