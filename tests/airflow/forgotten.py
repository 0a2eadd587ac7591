"""Nothing is wrong with any table any more."""

from typing import Any

import psycopg


def forget_incidents(admin: psycopg.Connection[Any]) -> None:
    """The next run that fails is the first."""
    admin.execute("DROP TABLE IF EXISTS summary_tables.incident_log, summary_tables.message_log")
