"""A warehouse for the commands that work in one: see `tests/postgres`."""

from tests.warehouse.postgres.conftest import database, server

__all__ = ["database", "server"]
