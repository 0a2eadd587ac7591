"""When the newest row of a table of others came, on a real server."""

from datetime import UTC, datetime

import pytest

from summary_tables.model.settings import Warehouse
from summary_tables.warehouse.newest_row import NewestRow, newest_row
from summary_tables.warehouse.session.errors import UNDEFINED_TABLE, WarehouseError
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import BUILDER, Database

NOON = NewestRow(came_at=datetime(2026, 11, 21, 12, tzinfo=UTC))
MIDNIGHT = NewestRow(came_at=datetime(2026, 11, 21, tzinfo=UTC))


def newest(database: Database, table: str, column: str) -> NewestRow:
    with database.connect() as connection, open_session(connection, Warehouse()) as session:
        return newest_row(session, table, column)


@pytest.mark.parametrize(
    ("type_", "values", "row"),
    [
        ("timestamptz", "('2026-11-20 12:00+00'), ('2026-11-21 21:00+09'), (NULL)", NOON),
        ("timestamp", "('2026-11-20 12:00'), ('2026-11-21 12:00')", NOON),
        ("date", "('2026-11-20'), ('2026-11-21')", MIDNIGHT),
        ("varchar(19)", "('2026-11-20 12:00:00'), ('2026-11-21 12:00:00')", NOON),
        ("timestamptz", "(NULL)", NewestRow()),
        ("timestamptz", "('infinity')", NewestRow(is_stand_in=True)),
        ("timestamp", "('9999-12-31')", NewestRow(is_stand_in=True)),
    ],
)
def test_newest(database: Database, type_: str, values: str, row: NewestRow) -> None:
    database.admin(
        f'CREATE TABLE raw_data."Ein ""Feld" ("loaded at;" {type_}); '
        f'INSERT INTO raw_data."Ein ""Feld" VALUES {values}; GRANT SELECT ON raw_data."Ein ""Feld" TO {BUILDER}'
    )
    assert newest(database, 'raw_data.Ein "Feld', "loaded at;") == row


def test_a_table_that_is_not_there_is_an_error_that_says_so(database: Database) -> None:
    with pytest.raises(WarehouseError) as caught:
        newest(database, "raw_data.nothing", "loaded_at")
    assert caught.value.sqlstate == UNDEFINED_TABLE
    assert "raw_data.nothing" in str(caught.value)
