"""A table that was published, without a run."""

from datetime import datetime
from typing import Any

import psycopg

from summary_tables.airflow.step_connection import StepConnection
from summary_tables.model.settings import Warehouse
from summary_tables.warehouse.logs.build_log import ensure_log


def log_published(admin: psycopg.Connection[Any], at: datetime, table: str) -> None:
    """Only the build log knows of it: the table in `analytics` itself need not exist."""
    with StepConnection("warehouse", Warehouse()).session() as session:
        ensure_log(session)
    admin.execute(
        "INSERT INTO summary_tables.build_log (schema_name, table_name, version_name, run_id, try_number, run_at, "
        "started_at, built_at, published_at, row_count, column_names) "
        "VALUES ('analytics', %(table)s, %(table)s, 'r', 1, %(at)s, %(at)s, %(at)s, %(at)s, 1, '[]')",
        {"at": at, "table": table},
    )
