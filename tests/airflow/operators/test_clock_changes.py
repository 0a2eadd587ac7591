"""Over the nights in which clocks change, each hour of the source is in a growing table once: real timetable, real
warehouse, and a model in Python that knows nothing but the events."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from airflow.timetables.base import DataInterval, TimeRestriction
from pendulum import instance

from summary_tables.airflow.step_connection import StepConnection
from summary_tables.airflow.zone_timetable import ZoneTimetable
from summary_tables.model.build import Build
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import Refresh, Schedule, SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.runs.render import main_query
from summary_tables.sql.dialects.postgres.dialect import DIALECT
from summary_tables.text.moments import day_start, local
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.publish import publish_version
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.sources.query import QuerySource

CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/Los_Angeles", date(2026, 3, 8)),
    ("America/Los_Angeles", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Seoul", date(2026, 3, 29)),
    ("Asia/Kathmandu", date(2026, 10, 25)),
]
STEP = timedelta(minutes=30)
BY_TIME = "WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
BY_DAY = "WHERE at >= '{{ data_interval_start | ds }}' AND at < '{{ data_interval_end | ds }}'"
APPEND = SummaryTable(
    table="clocks",
    schema="analytics",
    main_sql=f"SELECT at FROM raw_data.beats {BY_TIME}",
    refresh=Refresh(strategy="append"),
)
BY_HOUR = replace(
    APPEND,
    main_sql=f"SELECT date_trunc('minute', at) AS hour, at FROM raw_data.beats {BY_TIME}",
    refresh=Refresh(strategy="delete_insert", time_column="hour"),
)
DAILY = replace(
    APPEND,
    main_sql=f"SELECT at::date AS day, '{{{{ ds }}}}' AS ds, at FROM raw_data.beats {BY_DAY}",
    refresh=Refresh(strategy="delete_insert", time_column="day"),
)
ZONES_OF_CHANGES = pytest.mark.parametrize(("zone", "day"), CHANGES, ids=lambda value: str(value))


@pytest.fixture(scope="module", autouse=True)
def beats(server: Any) -> Iterator[None]:
    with server.connect("warehouse") as session:
        session.execute("CREATE TABLE raw_data.beats (at timestamptz); GRANT SELECT ON raw_data.beats TO PUBLIC")
        yield
        session.execute("DROP TABLE raw_data.beats")


@pytest.fixture(autouse=True)
def no_table(admin: psycopg.Connection[Any]) -> Iterator[None]:
    admin.execute("DROP VIEW IF EXISTS analytics.clocks; TRUNCATE raw_data.beats")
    yield
    admin.execute("DROP VIEW IF EXISTS analytics.clocks")
    if admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,):
        admin.execute("DELETE FROM summary_tables.build_log WHERE table_name = 'clocks'")


def beaten(admin: psycopg.Connection[Any], zone: str, day: date) -> list[datetime]:
    """Events of three days, every half hour."""
    first = day_start(zone, day - timedelta(days=1)) - timedelta(hours=6)
    moments = [first + number * STEP for number in range(3 * 48 + 24)]
    admin.execute("INSERT INTO raw_data.beats SELECT unnest(%s::timestamptz[])", [moments])
    return moments


def intervals(cron: str, zone: str, first: datetime, last: datetime) -> list[DataInterval]:
    """Those that Airflow's scheduler gives the runs of a table with a `start`, up to `last`."""
    timetable = ZoneTimetable(cron, zone)
    restriction = TimeRestriction(earliest=instance(first), latest=None, catchup=True)
    found: list[DataInterval] = []
    while True:
        before = found[-1] if found else None
        info = timetable.next_dagrun_info(last_automated_data_interval=before, restriction=restriction)
        assert info is not None
        assert info.data_interval is not None
        if info.data_interval.end > last:
            return found
        found.append(info.data_interval)


def run(table: SummaryTable, interval: DataInterval) -> Build:
    start, end = (moment.astimezone(UTC) for moment in interval)
    dates = RunDates(logical_date=start, start=start, end=end, due=end, zone=table.timezone)
    query = main_query(table, DIALECT, dates)
    assert isinstance(query, str)
    connection = StepConnection("warehouse", Warehouse(), table.timezone)
    try:
        with connection.session() as session:
            built = build_version(session, table, dates.build_run(str(start)), QuerySource(query), samples=True)
            return publish_version(session, table, built.version)
    finally:
        connection.close()


def seen(admin: psycopg.Connection[Any], column: str = "at") -> Counter[Any]:
    return Counter(row[0] for row in admin.execute(f"SELECT {column} FROM analytics.clocks".encode()))


@ZONES_OF_CHANGES
@pytest.mark.parametrize(
    ("cron", "table", "hours"),
    [("0 * * * *", APPEND, (23, 28)), ("0 * * * *", BY_HOUR, (23, 28)), ("30 2 * * *", APPEND, (0, 72))],
    ids=["hourly", "hourly, replaced", "at 02:30"],
)
def test_each_moment_of_the_source_is_there_once(
    admin: psycopg.Connection[Any], zone: str, day: date, cron: str, table: SummaryTable, hours: tuple[int, int]
) -> None:
    events = beaten(admin, zone, day)
    before = day_start(zone, day - timedelta(days=1))
    first, last = (before + timedelta(hours=hour) for hour in hours)
    table = replace(table, timezone=zone, schedule=Schedule(cron=cron))
    found = intervals(cron, zone, first, last)
    assert len(found) >= 2
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]
    for interval in found:
        assert not run(table, interval).holes
    inside = [event for event in events if found[0].start <= event < found[-1].end]
    assert seen(admin) == Counter(inside)


@ZONES_OF_CHANGES
def test_days_are_those_of_the_zone_and_as_long_as_they_are_there(
    admin: psycopg.Connection[Any], zone: str, day: date
) -> None:
    events = beaten(admin, zone, day)
    table = replace(DAILY, timezone=zone, schedule=Schedule(cron="@daily"))
    first, last = (day_start(zone, day + timedelta(days=days)) for days in (-1, 2))
    found = intervals("@daily", zone, first, last)
    assert len(found) == 3
    for interval in (*found, found[1]):
        assert not run(table, interval).holes
    days = Counter(local(zone, event).date() for event in events if first <= event < last)
    assert len(days) == 3
    assert seen(admin, "day") == days
    assert seen(admin, "ds") == {str(day): count for day, count in days.items()}


def test_a_clock_without_a_zone_cannot_tell_the_hour_that_comes_twice(admin: psycopg.Connection[Any]) -> None:
    zone, day = "Europe/Berlin", date(2026, 10, 25)
    events = beaten(admin, zone, day)
    by_clock = BY_HOUR.main_sql.replace("date_trunc('minute', at)", "date_trunc('minute', at)::timestamp")
    table = replace(BY_HOUR, main_sql=by_clock, timezone=zone, schedule=Schedule(cron="@hourly"))
    midnight = day_start(zone, day)
    found = intervals("@hourly", zone, midnight, midnight + timedelta(hours=5))
    for interval in found[:2]:
        run(table, interval)
    refused = []
    for interval in found[2:4]:
        with pytest.raises(WarehouseError) as caught:
            run(table, interval)
        refused.append(str(caught.value))
    assert refused == [
        'The time column "hour" is of the type timestamp without time zone, and the clocks of Europe/Berlin show an '
        f"end of this run's data interval twice, {words} Europe/Berlin: which rows it replaces cannot be told. Make "
        "the column a timestamp with time zone, such as CAST(... AS timestamptz)."
        for words in (
            "2026-10-25 02:00+02:00 to 2026-10-25 02:00+01:00",
            "2026-10-25 02:00+01:00 to 2026-10-25 03:00",
        )
    ]
    run(table, found[4])
    # What the words say helps: a table of that kind, built from the beginning.
    admin.execute("DROP VIEW analytics.clocks; DELETE FROM summary_tables.build_log WHERE table_name = 'clocks'")
    for interval in found:
        run(replace(table, main_sql=BY_HOUR.main_sql), interval)
    assert seen(admin) == Counter(event for event in events if found[0].start <= event < found[-1].end)
