"""Names in our own statements mean the server's own, whatever others put before them; a person's mean what they did."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.checks import MOST_ROWS, check_from_item
from summary_tables.configs.config import Config
from summary_tables.model.placeholders import fill_earlier_builds, fill_fresh_table, fill_live_table
from summary_tables.model.settings import Settings
from summary_tables.model.table import DeclaredColumn, Index, Refresh
from summary_tables.runs.dates import RunDates
from summary_tables.warehouse.comparisons import earlier_builds
from summary_tables.warehouse.history.drop_orphan import drop_orphan
from summary_tables.warehouse.history.orphans import leftovers
from summary_tables.warehouse.history.roll_back import roll_back
from summary_tables.warehouse.history.versions import versions_of_table
from summary_tables.warehouse.live_column import live_column
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import (
    AT_ONCE,
    BUILDER,
    WAREHOUSE,
    Database,
    build_and_show,
    run,
    table_with,
    with_setter,
)
from tests.warehouse.postgres.dry_runs import said, write
from tests.warehouse.postgres.in_session import create_version, log_check, publish, read_answer, read_value, why_dropped
from tests.warehouse.postgres.increments import STRATEGIES, day_run, growing, run_day, seen
from tests.warehouse.postgres.logged_checks import checked
from tests.warehouse.postgres.previews import preview
from tests.warehouse.postgres.shadows import SEARCH_PATH, WORDS, with_doubles

QUERY = "SELECT DISTINCT day, event FROM raw_data.events"
TABLE = table_with(
    main_sql=QUERY,
    description="It's daily.",
    columns=(DeclaredColumn(name="day", type="integer", description="A day."), DeclaredColumn(name="event")),
    indexes=(Index(columns=("day",)),),
)
CHECKS: tuple[dict[str, Any], ...] = (
    {"row_count": {"min": 1}},
    {"row_count_equals": {"table": "raw_data.visits"}},
    {"not_null": ["day", "event"]},
    {"unique": ["day", "event"]},
    {"null_share": {"column": "event", "max": 0.5}},
    {"range": {"column": "day", "min": 1, "max": 2}},
    {"sum": {"column": "event", "max": 2, "max_decrease_percent": 10}},
    {"average": {"column": "event", "max": 2}},
    {"row_count_change": {"max_decrease_percent": 10}},
    {"accepted_values": {"column": "visitor", "values": ["a", "b\\c"]}, "table": "raw_data.visits"},
    {"matches": {"column": "visitor", "pattern": "^[0-9]+$"}, "table": "raw_data.visits"},
    {"length": {"column": "visitor", "max": 2}, "table": "raw_data.visits"},
    {"freshness": {"column": "day", "within_hours": 1}, "table": "raw_data.visits"},
    {"no_gaps": {"column": "day"}, "table": "raw_data.visits"},
    {
        "relationships": {"column": "visitor", "to": "raw_data.visits", "to_column": "visitor"},
        "table": "raw_data.visits",
    },
)


@pytest.fixture(scope="module")
def shadowed(server: EmbeddedPostgres) -> Iterator[Database]:
    """A warehouse full of doubles, which the build role finds before the server's own."""
    with server.connect() as connection:
        connection.execute("CREATE DATABASE shadowed")
    database = Database(server, "shadowed")
    database.set_up()
    with_doubles(database)
    database.admin(
        "CREATE TABLE raw_data.visits (day date, visitor varchar(9), visits int);"
        "INSERT INTO raw_data.visits VALUES ('2026-11-01', 'a', 1), ('2026-11-02', 'a', 2), ('2026-11-04', NULL, 3);"
        f"GRANT SELECT ON raw_data.visits TO {BUILDER};"
        f"ALTER ROLE {BUILDER} IN DATABASE shadowed SET search_path = {SEARCH_PATH}"
    )
    yield database
    with server.connect() as connection:
        connection.execute("DROP DATABASE shadowed WITH (FORCE)")


def test_the_doubles_are_found_first_by_a_person(shadowed: Database) -> None:
    with shadowed.connect() as connection:
        for query in (
            "SELECT unnest(ARRAY['a'])",
            "SELECT count(1)",
            "SELECT 1 FROM pg_class WHERE oid = 'pg_class'::regclass",
            "SELECT relname FROM pg_class WHERE relname = 'a'::text",
            "SELECT set_config('a.b', 'c', false)",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match=WORDS):
                connection.execute(query.encode())
        with pytest.raises(WarehouseError, match=WORDS):
            read_value(connection, "SELECT count(1) AS n FROM raw_data.events", WAREHOUSE)


def test_no_double_is_called_while_a_table_is_built_shown_rolled_back_and_dropped(shadowed: Database) -> None:
    table = table_with(**{name: getattr(TABLE, name) for name in ("main_sql", "description", "columns", "indexes")})
    shadowed.admin(f"CREATE TABLE analytics.daily AS {QUERY}; ALTER TABLE analytics.daily OWNER TO {BUILDER}")
    shadowed.admin("CREATE VIEW analytics.reads AS SELECT day FROM analytics.daily;")
    shadowed.admin(f"ALTER VIEW analytics.reads OWNER TO {BUILDER}")
    first, second = (build_and_show(shadowed, QUERY, table, number) for number in (1, 2))
    shadowed.admin("DROP VIEW analytics.reads")
    with shadowed.connect() as connection:
        assert roll_back(connection, table, WAREHOUSE, first.version, lock_wait=AT_ONCE).after.version == first.version
        assert (
            next(version.build.version for version in versions_of_table(connection, table, WAREHOUSE)) == second.version
        )
        assert why_dropped(connection, table, WAREHOUSE, first.version) == ""
        (orphan,) = leftovers(connection, WAREHOUSE, (), ()).orphans
        assert drop_orphan(connection, WAREHOUSE, orphan).view


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_no_double_is_called_while_a_table_grows(shadowed: Database, strategy: str) -> None:
    table = growing(strategy, strategy)
    for day in (1, 2, 1):
        query = f"SELECT date '2026-11-0{day}' AS day, text 'a' AS visitor, {day} AS visits"
        run_day(shadowed, table, day_run(day), query)
    assert len(seen(shadowed, name=strategy)) == (1 if strategy == "merge" else 2)


@pytest.mark.parametrize("item", CHECKS, ids=lambda item: next(iter(item)))
def test_no_double_is_called_by_a_check_that_names_its_kind(shadowed: Database, item: dict[str, Any]) -> None:
    table = table_with(table="checked", main_sql=QUERY)
    check = check_from_item({**item, "samples": True})
    sql = fill_earlier_builds(check.sql, earlier_builds(table, WAREHOUSE, run(3)))
    with shadowed.connect() as connection:
        version = create_version(connection, table, WAREHOUSE, run(2), QUERY).version
        with open_session(connection, WAREHOUSE) as session:
            live = live_column(session, table, run(2), "event")
        sql = fill_fresh_table(fill_live_table(sql, live), f'"summary_tables"."{version}"')
        sql = sql.replace("{{ data_interval_end }}", "2026-11-03 00:00:00+00:00")
        answer = read_answer(connection, sql, width=check.width, most=MOST_ROWS, warehouse=WAREHOUSE, is_ours=True)
        passed = check.judge(answer).passed
        log_check(connection, WAREHOUSE, *checked(passed=passed))
        log_check(connection, WAREHOUSE, *checked(2, passed=passed))


def test_no_double_is_called_by_a_preview(shadowed: Database) -> None:
    refresh = Refresh(strategy="delete_insert", time_column="day")
    query = "SELECT day, visitor FROM raw_data.visits WHERE day < '{{ data_interval_end | ds }}'::date"
    outputs = tuple(check_from_item(item) for item in CHECKS[:1])
    table = table_with(table="previewed", main_sql=query.partition(" WHERE")[0], refresh=refresh, output_check=outputs)
    start = day_run(1).interval_start
    assert start
    dates = RunDates(logical_date=start, start=start, end=start + timedelta(days=4), due=start + timedelta(days=4))
    config = Config(table=table, settings=Settings(), path=Path("dag_configs/previewed.yaml"))
    with shadowed.connect() as connection:
        result = preview(connection, config, dates, 3)
    assert (result.build_error, [check.error for check in result.output_checks]) == ("", [""])
    assert result.built
    assert [row[0] for row in result.built.first_rows] == ["2026-11-01", "2026-11-02", "2026-11-04"]


def test_no_double_is_called_by_a_dry_run(shadowed: Database, tmp_path: Path) -> None:
    shadowed.admin(f"GRANT TEMPORARY ON DATABASE shadowed TO {BUILDER}")
    rest = "output_check:\n  - row_count: {min: 1}\n  - range: {column: day, min: 1}\n"
    folder = write(tmp_path / "dag_configs", QUERY, table="tried", rest=rest).parent
    assert said(shadowed, folder, "tried") == []
    write(folder, "SELECT day FROM events", table="wrong")
    words = "the warehouse finds no table `events` without a schema; fix: write `raw_data.events`"
    assert said(shadowed, folder, "wrong") == [f"4:19: error[warehouse-table] {words}"]


def test_tables_that_a_query_left_in_the_session_stand_behind_the_server_s_own(database: Database) -> None:
    with database.connect() as connection:
        connection.execute("CREATE TEMPORARY TABLE pg_class (oid oid); CREATE TEMPORARY TABLE pg_namespace (oid oid)")
        build = create_version(connection, table_with(), WAREHOUSE, run(), "SELECT day FROM raw_data.events")
        with open_session(connection, WAREHOUSE) as session:
            assert session.value("SELECT count(*) > 0 FROM pg_class") is True
        publish(connection, table_with(), WAREHOUSE, build.version)


@pytest.mark.parametrize("how", ["role", "option"])
def test_a_person_s_names_mean_what_they_mean_to_the_role(database: Database, how: str) -> None:
    database.admin(f"CREATE TABLE public.events AS SELECT 'public' AS a; GRANT SELECT ON public.events TO {BUILDER}")
    options = {"options": "-c search_path=raw_data"} if how == "option" else {}
    if how == "role":
        database.admin(f"ALTER ROLE {BUILDER} IN DATABASE {database.name} SET search_path = raw_data, public")
    with database.connect(**options) as connection:
        create_version(connection, table_with(), WAREHOUSE, run(), "SELECT day FROM events")
        assert read_value(connection, "SELECT count(day) FROM events", WAREHOUSE) == 150


def test_a_query_that_changes_the_search_path_changes_it_for_nobody_else(database: Database) -> None:
    with_setter(database)
    query = "SELECT raw_data.sets('search_path', 'analytics', false) AS a"
    with database.connect() as connection:
        create_version(connection, table_with(), WAREHOUSE, run(), query)
        with open_session(connection, WAREHOUSE) as session, session.transaction():
            assert session.value("SHOW search_path") == "pg_catalog, pg_temp"
            with session.persons_names():
                assert session.value("SHOW search_path") == '"$user", public'
            assert session.value("SHOW search_path") == "pg_catalog, pg_temp"
        assert connection.execute("SHOW search_path").fetchone() == ('"$user", public',)
