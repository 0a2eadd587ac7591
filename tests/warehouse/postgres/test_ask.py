"""The one value that a check's query returns."""

from decimal import Decimal

import pytest
from psycopg.rows import dict_row

from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import Database
from tests.warehouse.postgres.in_session import read_value


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("SELECT count(*) FROM raw_data.events", 150),
        ("SELECT 1.50", Decimal("1.50")),
        ("SELECT NULL", None),
        ("SELECT 'a%s{}' -- comment", "a%s{}"),
        ("(VALUES (7));", 7),
        ("WITH x AS (SELECT true) SELECT * FROM x; -- comment", True),
    ],
)
def test_value(database: Database, query: str, value: object) -> None:
    with database.connect() as connection:
        assert read_value(connection, query) == value


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT 1 WHERE false", "The query returns no row; it must return one."),
        ("SELECT day FROM raw_data.events", "The query returns more than one row; it must return one."),
        ("SELECT generate_series(1, 100000000)", "The query returns more than one row; it must return one."),
        ("SELECT 1, 2", "The query returns 2 columns; it must return one."),
        ("SELECT", "The query returns no columns; it must return one."),
    ],
)
def test_anything_but_one_value(database: Database, query: str, words: str) -> None:
    with database.connect() as connection:
        with pytest.raises(WarehouseError) as caught:
            read_value(connection, query)
        assert str(caught.value) == words
        assert read_value(connection, "SELECT 2") == 2


def test_rows_of_any_form(database: Database) -> None:
    with database.connect(row_factory=dict_row) as connection:
        assert read_value(connection, "SELECT 2") == 2


def test_an_open_transaction_is_no_hindrance(database: Database) -> None:
    with database.connect() as connection:
        connection.autocommit = False
        connection.execute("SELECT 1")
        assert read_value(connection, "SELECT 2") == 2
