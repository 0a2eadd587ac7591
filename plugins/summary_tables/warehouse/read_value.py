"""The one value of a check's query."""

from typing import Any

import psycopg

from summary_tables.model import Warehouse
from summary_tables.warehouse.error import WarehouseError
from summary_tables.warehouse.query_guard import described_columns
from summary_tables.warehouse.session import open_session


def read_value(connection: psycopg.Connection[Any], query: str, warehouse: Warehouse | None = None) -> object:
    """The one row's one column that `query` returns; NULL is None.

    `query` runs as one statement in a READ ONLY transaction. Raises `WarehouseError` if it does not return exactly
    one row with one column, or if the warehouse refuses it.
    """
    with open_session(connection, warehouse or Warehouse()) as session:
        columns = len(described_columns(session, query))
        if columns != 1:
            raise WarehouseError(f"The query returns {columns or 'no'} columns; it must return one.")
        with session.transaction(read_only=True, keep=False):
            rows = session.first_rows(query, 2)
    if len(rows) != 1:
        raise WarehouseError(f"The query returns {'more than one row' if rows else 'no row'}; it must return one.")
    value: object = rows[0][0]
    return value
