"""The build role's sessions on the server, and what they come to."""

import time
from collections.abc import Callable

from tests.warehouse.postgres.database import BUILDER, Database


def sessions(database: Database, statement: str = "") -> int:
    """How many sessions of the build role there are; with `statement`, those that run one that begins like this."""
    condition = f"AND state = 'active' AND query LIKE '{statement}%'" if statement else ""
    return int(database.value(f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{BUILDER}' {condition}"))


def wait_until(condition: Callable[[], bool], what: str) -> None:
    for _ in range(60_000):
        if condition():
            return
        time.sleep(0.005)
    raise TimeoutError(what)
