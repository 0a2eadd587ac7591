"""All that a run does is in one zone, UTC, whatever that of the role, the database, the connection or a query is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.checks import MOST_ROWS, check_from_item
from summary_tables.configs.config import Config, read
from summary_tables.model.build import BuildRun
from summary_tables.runs.dates import RunDates
from summary_tables.runs.render import main_query
from summary_tables.runs.scheduled_dates import run_of_day
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import AT_ONCE, BUILDER, WAREHOUSE, Database, run, table_with, with_setter
from tests.warehouse.postgres.dry_runs import said, write
from tests.warehouse.postgres.in_session import create_version, publish, read_answer, read_value
from tests.warehouse.postgres.previews import preview

CONFIGS = Path(__file__).parent / "local_time"
ZONES = ("UTC", "America/Los_Angeles", "Asia/Seoul", "Asia/Kolkata")
DAY = datetime(2026, 1, 2, tzinfo=UTC)
_VISITS = f"""
CREATE TABLE raw_data.visits AS
    SELECT at AS visited_at, CASE WHEN extract(epoch FROM at)::int % 3600 = 0 THEN 'web' ELSE 'app' END AS channel
    FROM generate_series(timestamptz '2025-12-31 00:00Z', '2026-01-04 23:30Z', '30 minutes') AS at;
GRANT SELECT ON raw_data.visits TO {BUILDER};
GRANT TEMPORARY ON DATABASE zones TO {BUILDER};
"""
# What a role may have and what changes values, or how they are read and written.
SETTINGS = {
    "timezone": "'Asia/Kolkata'",
    "datestyle": "'SQL, DMY'",
    "intervalstyle": "'sql_standard'",
    "bytea_output": "'escape'",
    "extra_float_digits": "-5",
    "xmloption": "document",
    "standard_conforming_strings": "off",
    "transform_null_equals": "on",
    "quote_all_identifiers": "on",
    "default_transaction_read_only": "on",
    "default_transaction_isolation": "serializable",
}


@pytest.fixture(scope="module")
def zones(server: EmbeddedPostgres) -> Iterator[Database]:
    with server.connect() as connection:
        connection.execute("CREATE DATABASE zones")
    database = Database(server, "zones")
    database.set_up()
    database.admin(_VISITS)
    yield database
    with server.connect() as connection:
        connection.execute("DROP DATABASE zones WITH (FORCE)")


@pytest.fixture(params=ZONES)
def zone(zones: Database, request: pytest.FixtureRequest) -> Iterator[str]:
    zones.admin(f"ALTER ROLE {BUILDER} IN DATABASE zones SET timezone = '{request.param}'")
    yield request.param
    zones.admin(
        f"ALTER ROLE {BUILDER} IN DATABASE zones RESET ALL;"
        "DROP VIEW IF EXISTS analytics.visits_by_day, analytics.visits_by_hour, analytics.visits_by_local_hour"
    )


def dates(start: datetime, length: timedelta) -> RunDates:
    return RunDates(logical_date=start, start=start, end=start + length, due=start + length)


def run_interval(database: Database, config: Config, start: datetime, length: timedelta) -> None:
    """A run with its checks."""
    table, when = config.table, dates(start, length)
    query = main_query(table, POSTGRES, when)
    assert isinstance(query, str)
    build_run = BuildRun(
        run_id=str(start), try_number=1, run_at=when.due, interval_start=start, interval_end=start + length
    )
    with database.connect() as connection:
        build = create_version(connection, table, WAREHOUSE, build_run, query)
        publish(connection, table, WAREHOUSE, build.version, snapshot_wait=AT_ONCE)


def published(database: Database, name: str) -> list[tuple[Any, ...]]:
    shown = "to_char(first_at AT TIME ZONE 'UTC', 'DD HH24:MI'), to_char(last_at AT TIME ZONE 'UTC', 'DD HH24:MI')"
    return database.admin(f"SELECT channel, visits, {shown} FROM analytics.{name} ORDER BY first_at, channel")


@pytest.mark.usefixtures("zone")
def test_days_are_days_in_utc(zones: Database) -> None:
    config = read("visits_by_day", CONFIGS)
    for day in (1, 0, 1):
        run_interval(zones, config, DAY + timedelta(days=day, hours=3), timedelta(days=1))
    assert published(zones, "visits_by_day") == [
        ("web", 24, "02 00:00", "02 23:00"),
        ("app", 24, "02 00:30", "02 23:30"),
        ("web", 24, "03 00:00", "03 23:00"),
        ("app", 24, "03 00:30", "03 23:30"),
    ]


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("name", ["visits_by_hour", "visits_by_local_hour"])
def test_hours_are_hours_in_utc(zones: Database, name: str) -> None:
    config = read(name, CONFIGS)
    for hour in (0, 1, 0):
        run_interval(zones, config, DAY + timedelta(hours=hour), timedelta(hours=1))
    assert published(zones, name) == [
        ("web", 1, "02 00:00", "02 00:00"),
        ("app", 1, "02 00:30", "02 00:30"),
        ("web", 1, "02 01:00", "02 01:00"),
        ("app", 1, "02 01:30", "02 01:30"),
    ]
    if name == "visits_by_local_hour":
        assert zones.value(f"SELECT min(hour)::text FROM analytics.{name}") == "2026-01-02 00:00:00"


@pytest.mark.usefixtures("zone")
def test_checks_and_preview_are_in_the_same_zone(zones: Database, tmp_path: Path) -> None:
    config = read("visits_by_day", CONFIGS)
    today = dates(DAY + timedelta(hours=3), timedelta(days=1))
    with zones.connect() as connection:
        result = preview(connection, config, today, 3)
        assert result.built
        assert sorted(result.built.first_rows) == [
            ("2026-01-02", "app", "24", "2026-01-02 00:30:00+00", "2026-01-02 23:30:00+00"),
            ("2026-01-02", "web", "24", "2026-01-02 00:00:00+00", "2026-01-02 23:00:00+00"),
        ]
        day = "visited_at >= '2026-01-02' AND visited_at::date < '2026-01-03'"
        assert read_value(connection, f"SELECT count(*) FROM raw_data.visits WHERE {day}", WAREHOUSE) == 48
        check = check_from_item({"no_gaps": {"column": "visited_at"}, "table": "raw_data.visits"})
        rows = read_answer(connection, check.sql, width=check.width, most=MOST_ROWS, warehouse=WAREHOUSE, is_ours=True)
        assert check.judge(rows).passed
    folder = write(tmp_path / "dag_configs", "SELECT visited_at FROM raw_data.visits").parent
    assert said(zones, folder) == []


@pytest.mark.parametrize("how", ["database", "option", "environment", "set before"])
def test_whoever_says_another_zone_changes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    options: dict[str, Any] = {}
    match how:
        case "database":
            database.admin(f"ALTER DATABASE {database.name} SET timezone = 'Asia/Kolkata'")
        case "option":
            options = {"options": "-c timezone=Asia/Kolkata"}
        case "environment":
            monkeypatch.setenv("PGTZ", "Asia/Kolkata")
    with database.connect(**options) as connection:
        if how == "set before":
            connection.execute("SET timezone = 'Asia/Kolkata'")
        assert connection.execute("SHOW timezone").fetchone() == ("Asia/Kolkata",)
        assert read_value(connection, "SELECT current_setting('timezone')", WAREHOUSE) == "UTC"


@pytest.mark.parametrize("is_local", ["true", "false"])
def test_a_query_that_sets_the_zone_sets_it_for_nothing_else(database: Database, is_local: str) -> None:
    with_setter(database)
    query = f"SELECT raw_data.sets('timezone', 'Asia/Kolkata', {is_local}) AS a"
    with database.connect() as connection:
        create_version(connection, table_with(), WAREHOUSE, run(), query)
        assert read_value(connection, query, WAREHOUSE) == "Asia/Kolkata"
        assert read_value(connection, "SELECT current_setting('timezone')", WAREHOUSE) == "UTC"


def test_a_session_may_be_in_another_zone(database: Database) -> None:
    with database.connect() as connection, open_session(connection, WAREHOUSE, zone="Asia/Seoul") as session:
        assert session.value("SELECT timestamptz '2026-01-01 20:00Z'::date::text") == "2026-01-02"
        moment = session.value("SELECT timestamptz '2026-01-01 20:00Z'")
        assert (moment, moment.utcoffset()) == (datetime(2026, 1, 1, 20, tzinfo=UTC), timedelta(hours=9))


def test_settings_of_the_role_change_no_value(database: Database) -> None:
    query = (
        r"SELECT '01/02/2026'::date AS day, ('1 day -2:00'::interval)::text AS span, ('ab'::bytea)::text AS bytes, "
        r"(1.0::float8 / 3)::text AS third, 'a\b' AS slash, coalesce((NULL = NULL)::text, 'unknown') AS nothing"
    )
    for name, value in SETTINGS.items():
        database.admin(f"ALTER ROLE {BUILDER} IN DATABASE {database.name} SET {name} = {value}")
    table = table_with(description="It's a\\b")
    with database.connect() as connection:
        build = create_version(connection, table, WAREHOUSE, run(), query)
        publish(connection, table, WAREHOUSE, build.version, snapshot_wait=AT_ONCE)
        assert build.started_at.utcoffset() == timedelta(0)
    columns = "day::text, span, bytes, third, slash, nothing, obj_description('analytics.daily'::regclass)"
    assert database.admin(f"SELECT {columns} FROM analytics.daily") == [
        ("2026-01-02", "1 day -02:00:00", r"\x6162", "0.3333333333333333", r"a\b", "unknown", table.description)
    ]


@pytest.mark.usefixtures("zone")
def test_a_preview_is_in_the_zone_of_the_table(zones: Database, tmp_path: Path) -> None:
    text = (CONFIGS / "visits_by_day.yaml").read_text("utf-8")
    (tmp_path / "visits_by_day.yaml").write_text(f"timezone: Asia/Seoul\n{text}", "utf-8")
    config = read("visits_by_day", tmp_path)
    with zones.connect() as connection:
        built = preview(connection, config, run_of_day(config.table, DAY.date()), rows=2).built
    assert built
    assert built.first_rows == (
        ("2026-01-02", "app", "24", "2026-01-02 00:30:00+09", "2026-01-02 23:30:00+09"),
        ("2026-01-02", "web", "24", "2026-01-02 00:00:00+09", "2026-01-02 23:00:00+09"),
    )
