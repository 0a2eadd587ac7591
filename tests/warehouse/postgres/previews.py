"""A preview of a table by a session of its own, for one day of November."""

import time
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

CATALOG = """
SELECT 'relation', oid, relname, relnamespace, relkind::text, relacl::text, relfilenode FROM pg_class
UNION ALL SELECT 'schema', oid, nspname, nspowner, '', nspacl::text, 0 FROM pg_namespace
UNION ALL SELECT 'type', oid, typname, typnamespace, '', typacl::text, 0 FROM pg_type
UNION ALL SELECT 'statistic', starelid, staattnum::text, 0, '', '', 0 FROM pg_statistic
UNION ALL SELECT 'dependency', objid, refobjid::text, classid, deptype::text, '', 0 FROM pg_depend
UNION ALL SELECT 'function', oid, proname, pronamespace, '', proacl::text, 0 FROM pg_proc
ORDER BY 1, 2, 3, 4
"""
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


def pid_of_the_build(database: Database) -> int:
    """The process id of the backend that fills the temporary table of a slow preview."""
    for _ in range(30_000):
        found = database.admin(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO pg_temp%'"
        )
        if found:
            return int(found[0][0])
        time.sleep(0.01)
    raise TimeoutError("no preview builds")
