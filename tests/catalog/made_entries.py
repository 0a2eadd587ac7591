"""Entries of the catalogue, made without files, a warehouse or Airflow."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from summary_tables.catalog.entry import Declaration, Entry, Neighbours, State, TableState
from summary_tables.configs.config import Config
from summary_tables.model.build import Build
from summary_tables.model.settings import Settings
from summary_tables.model.table import DeclaredColumn, SummaryTable
from summary_tables.model.table_history import TableHistory

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
"""A Friday."""

_NONE = Neighbours()


def declaration(full_name: str, neighbours: Neighbours = _NONE, **table: Any) -> Declaration:
    """That of a file that can be read; `table`: fields of its record."""
    schema, _, name = full_name.rpartition(".")
    record = SummaryTable(table=name, schema=schema, **{"main_sql": "SELECT 1 AS one", **table})
    path = Path("dag_configs", f"{name}.yaml")
    config = Config(table=record, settings=Settings(), path=path)
    return Declaration(file=str(path), config=config, neighbours=neighbours)


def build(name: str, ago: timedelta = timedelta(hours=6), rows: int = 92, **more: Any) -> Build:
    """A build that took two seconds, and was published `ago`."""
    published = NOW - ago
    return Build(
        version=f"{name}__{published:%Y%m%dt%H%M}_0123456789",
        run_id=f"scheduled__{published:%Y-%m-%dT%H:%M}",
        run_at=published - timedelta(seconds=3),
        started_at=published - timedelta(seconds=2),
        rows=rows,
        **{"built_at": published, "published_at": published, **more},
    )


def entry(
    full_name: str,
    state: State = "fresh",
    *,
    live: Build | None = None,
    columns: tuple[tuple[str, str], ...] = (),
    **table: Any,
) -> Entry:
    """A table of a readable file; `columns`: names with descriptions, `table`: fields of its record."""
    declared = tuple(DeclaredColumn(name=name, description=description) for name, description in columns)
    return Entry(
        full_name=full_name,
        state=TableState(state=state, sentence=f"{state}."),
        declaration=declaration(full_name, columns=declared, **table),
        history=TableHistory(builds=(live,), live=live, newest=live) if live else None,
    )


def orphan(full_name: str, live: Build | None = None) -> Entry:
    """A table of which only the warehouse knows."""
    return Entry(
        full_name=full_name,
        state=TableState(state="orphaned", sentence="orphaned."),
        history=TableHistory(builds=(live,), live=live, newest=live) if live else None,
    )
