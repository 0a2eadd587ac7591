"""A check that compares with what readers see now: with the live table, or with nothing."""

from dataclasses import replace
from typing import Any

from summary_tables.checks.kinds.sum import Sum
from summary_tables.model.placeholders import fill_fresh_table, fill_live_table
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.warehouse.live_column import live_column, no_live_column
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, build_and_show, run, table_with
from tests.warehouse.postgres.in_session import read_answer

CHECK = Sum(column="n", max_decrease_percent=10)


def answer(database: Database, table: SummaryTable = TABLE, *, full_refresh: bool = False) -> tuple[Any, ...]:
    """The new sum, and that of what readers see."""
    with database.connect() as connection:
        asked = replace(run(2), full_refresh=full_refresh)
        with open_session(connection, WAREHOUSE) as session:
            live = live_column(session, table, asked, "n")
        sql = fill_live_table(fill_fresh_table(CHECK.sql, "(SELECT 7 AS n) AS new"), live)
        (row,) = read_answer(connection, sql, width=2, most=2, warehouse=WAREHOUSE)
        return row


def test_nothing_has_been_published(database: Database) -> None:
    assert answer(database) == (7, None)


def test_what_readers_see(database: Database) -> None:
    build_and_show(database)
    assert answer(database) == (7, 150)


def test_a_live_table_without_the_column(database: Database) -> None:
    build_and_show(database, "SELECT 1 AS day")
    assert answer(database) == (7, None)


def test_a_plain_table_that_is_not_ours_yet(database: Database) -> None:
    database.admin("CREATE TABLE analytics.daily AS SELECT 12 AS n; ALTER TABLE analytics.daily OWNER TO builder")
    assert answer(database) == (7, 12)


def test_what_a_run_adds_is_not_compared_with_the_whole(database: Database) -> None:
    build_and_show(database)
    grows = table_with(refresh=Refresh(strategy="append"))
    assert answer(database, grows) == (7, None)
    assert answer(database, grows, full_refresh=True) == (7, 150)


def test_any_name_of_a_column() -> None:
    assert no_live_column('Total "n"') == '(SELECT CAST(NULL AS NUMERIC) AS "Total ""n""" WHERE 1 = 0)'
