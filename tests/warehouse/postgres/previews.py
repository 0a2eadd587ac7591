"""A preview of a table by a session of its own, for one day of November."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from summary_tables.commands.preview.chain_plan import ChainPlan, PlannedRun
from summary_tables.commands.preview.engine import preview as preview_chain
from summary_tables.commands.preview.result import PreviewResult
from summary_tables.configs.config import Config
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from tests.warehouse.postgres.database import BUILDER, Database

DAY = datetime(2026, 11, 21, tzinfo=UTC)
DATES = RunDates(logical_date=DAY, start=DAY, end=DAY.replace(day=22), due=DAY.replace(day=22))


def preview(connection: psycopg.Connection[Any], config: Config, dates: RunDates, rows: int) -> PreviewResult:
    """Of one table alone."""
    return preview_chain(connection, ChainPlan(table=PlannedRun(config=config, dates=dates)), rows).table


def show(
    database: Database, table: SummaryTable, rows: int = 3, role: str = BUILDER, dates: RunDates = DATES
) -> PreviewResult:
    """A preview of `table` by a session of its own."""
    config = Config(table=table, settings=Settings(), path=Path("dag_configs/daily.yaml"))
    with database.connect(role) as connection:
        return preview(connection, config, dates, rows)
