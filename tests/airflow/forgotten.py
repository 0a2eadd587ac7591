"""What the logs of the warehouse that all tests share no longer know."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg


def forget_incidents(admin: psycopg.Connection[Any]) -> None:
    """The next run that fails is the first."""
    admin.execute("DROP TABLE IF EXISTS summary_tables.incident_log, summary_tables.message_log")


def forget_builds(admin: psycopg.Connection[Any], table: str) -> None:
    """Nothing was ever built of a table. The log itself stays: without it the tables of others would be nobody's."""
    if admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,):
        admin.execute("DELETE FROM summary_tables.build_log WHERE table_name = %s", (table,))


@contextmanager
def builds_forgotten(admin: psycopg.Connection[Any]) -> Iterator[None]:
    """Nothing was ever built, until the block ends: then the log of others is there again."""
    has_log = admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,)
    if has_log:
        admin.execute("CREATE SCHEMA kept_aside")
        admin.execute("ALTER TABLE summary_tables.build_log SET SCHEMA kept_aside")
    yield
    admin.execute("DROP TABLE IF EXISTS summary_tables.build_log")
    if has_log:
        admin.execute("ALTER TABLE kept_aside.build_log SET SCHEMA summary_tables")
        admin.execute("DROP SCHEMA kept_aside")
