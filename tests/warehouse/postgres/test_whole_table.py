"""The whole table before readers see it: what a check is asked of is what they see once the rows are added."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.increments.whole_table import WHOLE_TABLE, with_whole_table
from tests.warehouse.postgres.database import WAREHOUSE, Database
from tests.warehouse.postgres.in_session import publish
from tests.warehouse.postgres.increments import (
    STRATEGIES,
    build_day,
    day_run,
    growing,
    query_of,
    run_day,
    whole_query,
    with_visits,
)


def whole(database: Database, table: SummaryTable, build: Build) -> Counter[tuple[Any, ...]]:
    with database.connect() as connection:
        query = whole_query(connection, table, build)
        return Counter(connection.execute(with_whole_table(f"SELECT * FROM {WHOLE_TABLE}", query).encode()).fetchall())


def shown(database: Database, table: SummaryTable, build: Build) -> Counter[tuple[Any, ...]]:
    with database.connect() as connection:
        publish(connection, table, WAREHOUSE, build.version)
        return Counter(connection.execute(f"SELECT * FROM analytics.{table.table}".encode()).fetchall())


@pytest.mark.parametrize("start", ["nothing", "plain", "whole"])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_it_is_what_readers_see_afterwards(database: Database, strategy: str, start: str) -> None:
    with_visits(database)
    table = growing(strategy)
    if start == "plain":
        database.admin(
            "CREATE TABLE analytics.daily AS SELECT date '2020-01-01' AS day, 'visitor 1' AS visitor, "
            "3::bigint AS visits;"
            " ALTER TABLE analytics.daily OWNER TO builder"
        )
    elif start == "whole":
        run_day(database, table, day_run(1, full_refresh=True))
    for run in (day_run(2), day_run(4), day_run(2, "again"), day_run(3), replace(day_run(5), full_refresh=True)):
        build = build_day(database, table, run)
        expected = whole(database, table, build)
        assert expected == shown(database, table, build)
        database.admin("UPDATE raw_data.visits SET visits = visits + 1 WHERE visitor = 'visitor 2'")


def test_a_new_column_is_empty_in_the_rows_that_are_there(database: Database) -> None:
    with_visits(database)
    table = growing("append")
    run_day(database, table, day_run(1))
    build = build_day(database, table, day_run(2), f"SELECT *, 'x' AS more FROM ({query_of(day_run(2))}) AS a")
    assert whole(database, table, build) == shown(database, table, build)


def test_intervals_that_share_time(database: Database) -> None:
    with_visits(database)
    table = growing("append")
    day = day_run(2)
    assert day.interval_end
    hour = BuildRun(
        run_id="hour",
        try_number=1,
        run_at=day.interval_end,
        interval_start=day.interval_end - timedelta(hours=1),
        interval_end=day.interval_end,
    )
    for run in (hour, day, hour):
        build = build_day(database, table, run, query_of(day))
        assert whole(database, table, build) == shown(database, table, build)
