"""What lint says of patterns is what PostgreSQL says of them."""

import psycopg
import pytest

from tests.lint.rules.patterns import READABLE, UNREADABLE
from tests.warehouse.postgres.database import Database


def test_the_warehouse_reads_what_lint_lets_through(database: Database) -> None:
    with database.connect() as connection:
        for pattern in READABLE:
            connection.execute("SELECT 'x' ~ %s", (pattern,))


def test_the_warehouse_refuses_what_lint_refuses(database: Database) -> None:
    with database.connect() as connection:
        for pattern in UNREADABLE:
            with pytest.raises(psycopg.errors.InvalidRegularExpression):
                connection.execute("SELECT 'x' ~ %s", (pattern,))
