"""A refresh strategy is one module and a line: one that the product does not have is built and published."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from summary_tables.configs.config import from_data
from summary_tables.model.build import Applied
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.runs.messages import published_words
from summary_tables.warehouse.increments import strategies
from summary_tables.warehouse.increments.whole_table import WHOLE_TABLE, with_whole_table
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.increments.insert_new import InsertNew
from tests.warehouse.postgres import previews
from tests.warehouse.postgres.database import READER, WAREHOUSE, Database, show
from tests.warehouse.postgres.in_session import publish
from tests.warehouse.postgres.increments import build_day, day_run, query_of, run_day, seen, whole_query, with_visits

_FILE = {
    "table": "daily",
    "schema": "analytics",
    "schedule": "0 0 * * *",
    "refresh": {"insert_new": {"unique_key": "visitor"}},
    "main_sql": "SELECT 1",
    "grants": {"select": [READER]},
}
_NEW = "INSERT INTO raw_data.visits VALUES ('2026-11-0{day}', '{visitor}', 1)"


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch, database: Database) -> SummaryTable:
    monkeypatch.setattr(strategies, "STRATEGIES", (*strategies.STRATEGIES, InsertNew()))
    with_visits(database)
    return from_data(_FILE, {}, Path("dag_configs/daily.yaml")).table


def first_day() -> list[tuple[object, ...]]:
    return [("2026-11-01", f"visitor {number}", 1) for number in range(1, 5)]


def test_it_is_built_and_published(database: Database, table: SummaryTable) -> None:
    run_day(database, table, day_run(1))
    assert seen(database) == first_day()
    database.admin(_NEW.format(day=2, visitor="a guest"))
    build = run_day(database, table, day_run(2))
    assert seen(database) == [*first_day(), ("2026-11-02", "a guest", 1)]
    assert published_words(table, build) == (
        "Added 1 row of the run of 2026-11-02 00:00 to 2026-11-03 00:00 UTC to analytics.daily, and removed 0 rows "
        "that they replace; 4 rows were there already."
    )
    assert run_day(database, table, day_run(2, "again")).applied == Applied(deleted=0, inserted=0)
    assert seen(database) == [*first_day(), ("2026-11-02", "a guest", 1)]


def test_checks_see_the_table_as_it_will_be(database: Database, table: SummaryTable) -> None:
    run_day(database, table, day_run(1))
    database.admin(_NEW.format(day=2, visitor="a guest"))
    build = build_day(database, table, day_run(2))
    with database.connect() as connection:
        query = whole_query(connection, table, build)
        whole = with_whole_table(f"SELECT day::text, visitor, visits FROM {WHOLE_TABLE}", query)
        expected = Counter(connection.execute(whole.encode()).fetchall())
    show(database, build, table)
    assert expected == Counter(seen(database))


def test_what_it_refuses(database: Database, table: SummaryTable) -> None:
    twice = f"SELECT * FROM ({query_of(day_run(1))}) AS a CROSS JOIN (VALUES (1), (2)) AS b (n)"
    with pytest.raises(WarehouseError, match=r"^8 rows of the result share their unique key \(visitor\)"):
        build_day(database, table, day_run(1), twice)
    with pytest.raises(WarehouseError, match='`unique_key` of `insert_new` names the column "visitor", which the'):
        build_day(database, table, day_run(1), "SELECT 1 AS n")
    run_day(database, table, day_run(1))
    whole = day_run(1, full_refresh=True)
    build = build_day(database, table, whole, f"{query_of(whole)} HAVING visitor < 'visitor 3'")
    with (
        database.connect() as connection,
        pytest.raises(WarehouseError, match=r"daily lacks 2 of the rows that readers have, by `unique_key`\."),
    ):
        publish(connection, table, WAREHOUSE, build.version, may_lose_rows=False)


def test_what_a_preview_says(database: Database, table: SummaryTable) -> None:
    run_day(database, table, day_run(1))
    day = day_run(2)
    dates = RunDates(start=day.interval_start, end=day.interval_end, due=day.run_at)
    result = previews.show(database, replace(table, main_sql=query_of(day)), dates=dates)
    assert result.publishing is not None
    assert result.publishing.words == (
        "Publishing would add those of 4 rows to analytics.daily with a `visitor` that is new there."
    )
