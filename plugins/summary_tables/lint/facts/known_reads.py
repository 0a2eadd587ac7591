"""The tables that each query of a folder reads, kept for the next time that Airflow parses the folder."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from summary_tables.configs.config import Config
from summary_tables.configs.known_good import KnownGood
from summary_tables.configs.table_file import SourceQuery
from summary_tables.lint.facts.source_tables import CATALOG_SCHEMAS
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query import Query, TableRead
from summary_tables.sql.templates import stand_ins

_NOTE = ".reads"


class KnownReads:
    """What the queries of one folder read, and what `memory` knew of it; without one, each query is parsed anew."""

    def __init__(self, memory: KnownGood | None) -> None:
        self._memory = memory
        self._known = _noted(memory) if memory else {}
        self._found: dict[str, list[str]] = {}

    def of(self, config: Config, statement: bytes | None) -> list[str]:
        """The tables, `schema.table`, by name; none where the query cannot be read.

        `statement` is what the memory keeps of the file (`CheckedFolder.statements`).
        """
        if statement is None:
            return tables_read(config)
        key = statement.decode()
        names = self._known.get(key)
        self._found[key] = tables_read(config) if names is None else names
        return self._found[key]

    def save(self) -> None:
        """The next process need not read again what this one has read."""
        if self._memory and self._found != self._known:
            self._memory.write_note(_NOTE, json.dumps(self._found).encode())


def tables_read(config: Config) -> list[str]:
    """The tables with a schema that the query reads, `schema.table`, by name; none where the query cannot be read.

    Its templates are in order. Left out are those of the warehouse itself, and those of which a template decides.
    """
    table = config.table
    query = SourceQuery(path=("main_sql",), role="main_sql", text=table.main_sql, dialect=config.dialect)
    parsed = query.parsed
    return sorted(set(_names(table, parsed.tables))) if isinstance(parsed, Query) else []


def _names(table: SummaryTable, found: tuple[TableRead, ...]) -> Iterator[str]:
    for read in found:
        is_decided_later = "{{" in table.main_sql[read.offset : read.offset + read.length]
        if read.schema and read.schema not in CATALOG_SCHEMAS and not is_decided_later:
            full_name = f"{read.schema}.{read.name}"
            yield full_name.replace(stand_ins.SCHEMA_NAME, table.schema).replace(stand_ins.TABLE_NAME, table.table)


def _noted(memory: KnownGood) -> Mapping[str, list[str]]:
    """A damaged note is none."""
    try:
        found = json.loads(memory.note(_NOTE))
    except ValueError:
        return {}
    return found if _is_whole(found) else {}


def _is_whole(found: Any) -> TypeGuard[dict[str, list[str]]]:
    return isinstance(found, dict) and all(
        isinstance(names, list) and all(isinstance(name, str) for name in names) for names in found.values()
    )
