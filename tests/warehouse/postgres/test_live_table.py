"""What a failed run says about the table that readers see."""

import pytest

from summary_tables.warehouse.live_table import LiveTable
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, build_and_show, create, table_with
from tests.warehouse.postgres.in_session import live_table


def look(database: Database) -> LiveTable:
    with database.connect() as connection:
        return live_table(connection, TABLE, WAREHOUSE)


def test_nothing(database: Database) -> None:
    assert look(database) == LiveTable(kind="absent")
    create(database)
    assert look(database) == LiveTable(kind="absent")
    assert look(database).words("UTC") == "There is no live table yet."


def test_a_build(database: Database) -> None:
    build = build_and_show(database)
    create(database, number=2)
    assert look(database).build == build
    assert look(database).words("UTC") == "The live table was not changed: it holds the build of 2026-11-01 03:00 UTC."


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("CREATE TABLE analytics.daily ()", "table"),
        ("CREATE TABLE analytics.daily (a int) PARTITION BY LIST (a)", "table"),
        ("CREATE VIEW analytics.daily AS SELECT 1 AS a", "other"),
        ("CREATE SEQUENCE analytics.daily", "other"),
    ],
)
@pytest.mark.parametrize("built", [False, True])
def test_something_else(database: Database, statement: str, kind: str, built: bool) -> None:
    if built:
        create(database)
    database.admin(statement)
    assert look(database).kind == kind
    assert look(database).words("UTC") == "The live table was not changed."


def test_the_build_of_another_table(database: Database) -> None:
    other = build_and_show(database, table=table_with(table="other"))
    database.admin(f'CREATE VIEW analytics.daily AS SELECT * FROM summary_tables."{other.version}"')
    assert look(database).kind == "other"


def test_looking_changes_nothing(database: Database) -> None:
    before = database.value("SELECT count(*) FROM pg_class")
    look(database)
    assert database.value("SELECT count(*) FROM pg_class") == before
