"""What the logs of the warehouse that all tests share no longer know."""

from typing import Any

import psycopg


def forget_incidents(admin: psycopg.Connection[Any]) -> None:
    """The next run that fails is the first."""
    admin.execute("DROP TABLE IF EXISTS summary_tables.incident_log, summary_tables.message_log")


def forget_builds(admin: psycopg.Connection[Any], table: str) -> None:
    """Nothing was ever built of a table. The log itself stays: without it the tables of others would be nobody's."""
    if admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,):
        admin.execute("DELETE FROM summary_tables.build_log WHERE table_name = %s", (table,))
