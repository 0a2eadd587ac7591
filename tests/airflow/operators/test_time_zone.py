"""A table with a zone of its own, as an analyst in Seoul has it; and a table that grows gets another zone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import read
from tests.airflow.conftest import Project, failed_tasks
from tests.airflow.operators.recorded import failure, logged

SEOUL = "Asia/Seoul"
BY_TIME = "WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
BY_DAY = "WHERE at >= '{{ data_interval_start | ds }}' AND at < '{{ data_interval_end | ds }}'"
PER_DAY = f"SELECT at::date AS day, COUNT(*) AS events FROM raw_data.ticks_in_zone {BY_DAY} GROUP BY 1"


@pytest.fixture(scope="module", autouse=True)
def ticks(server: Any) -> Iterator[None]:
    with server.connect("warehouse") as session:
        session.execute(
            "CREATE TABLE raw_data.ticks_in_zone AS SELECT n AS id, timestamptz '2026-11-10 00:00Z' "
            "+ n * interval '30 minutes' AS at FROM generate_series(0, 1000) n;"
            "GRANT SELECT ON raw_data.ticks_in_zone TO PUBLIC"
        )
        yield
        session.execute("DROP TABLE raw_data.ticks_in_zone")


@pytest.fixture(autouse=True)
def no_table(admin: psycopg.Connection[Any]) -> Iterator[None]:
    admin.execute("DROP VIEW IF EXISTS analytics.log")
    if admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,):
        admin.execute("DELETE FROM summary_tables.build_log WHERE table_name = 'log'")
    yield
    admin.execute("DROP VIEW IF EXISTS analytics.log")


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def run(project: Project, due: datetime, /, **keys: Any) -> Any:
    """The run that is due at that moment."""
    conf = keys.pop("conf", None)
    project.write("log", {"table": "log", "schema": "analytics", "schedule": "0 0 * * *", **keys})
    return build_dag(read("log", project.configs)).test(logical_date=due, run_conf=conf)


def seen(admin: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return admin.execute("SELECT day::text, events FROM analytics.log ORDER BY day").fetchall()


def missing_and_double(admin: psycopg.Connection[Any], start: datetime, end: datetime) -> tuple[int, int]:
    """How many rows of this time are not there, and how many are there too often, or are of another time."""
    ((seen, inside),) = admin.execute(
        "SELECT count(*), count(DISTINCT id) FILTER (WHERE at >= %s AND at < %s) FROM analytics.log", (start, end)
    ).fetchall()
    return int((end - start).total_seconds() // 1800) - inside, seen - inside


def test_all_that_a_run_says_is_of_seoul(
    project: Project, admin: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """At 06:00 in Seoul it is 21:00 of the day before in UTC: the run is about the day in Seoul."""
    ended = run(
        project,
        at(19, 21),
        timezone=SEOUL,
        schedule="0 6 * * *",
        refresh={"delete_insert": {"time_column": "day"}},
        main_sql=PER_DAY.replace(
            "AS events", "AS events, '{{ ts }}' AS ts, MIN(at)::text AS first, NOW()::text AS now"
        ),
        input_check=[{"freshness": {"column": "at", "within_hours": 30}, "table": "raw_data.ticks_in_zone"}],
        output_check=[
            {"row_count": {"min": 1}},
            {"no_gaps": {"column": "day"}},
            {
                "sql": "SELECT COUNT(1) FROM {schema}.temp_{table} WHERE day = '{{ data_interval_start | ds }}'",
                "count": 1,
            },
        ],
    )
    assert str(ended.state) == "success"
    ((day, events, ts, first, now),) = admin.execute("SELECT day::text, events, ts, first, now FROM analytics.log")
    assert (day, events, ts) == ("2026-11-19", 48, "2026-11-20T06:00:00+09:00")
    assert first == "2026-11-19 00:00:00+09"
    assert now.endswith("+09")
    said = logged(capsys)
    assert "the run of 2026-11-19 06:00 to 2026-11-20 06:00 Asia/Seoul" in said
    assert " UTC" not in said.replace("UTC offset", "")


def test_another_zone_of_a_table_of_days_is_refused_and_both_remedies_help(
    project: Project, admin: psycopg.Connection[Any]
) -> None:
    keys: dict[str, Any] = {
        "main_sql": PER_DAY,
        "refresh": {"delete_insert": {"time_column": "day", "start": "2026-11-18"}},
    }
    for day in (19, 20):
        run(project, at(day), **keys)
    before = seen(admin)
    refused = run(project, at(20, 15), timezone=SEOUL, **keys)
    assert failed_tasks(refused) == ["create"]
    assert failure(refused, "create").error == (
        "analytics.log has days of UTC, which was its time zone in the run of 2026-11-19 00:00 to 2026-11-20 00:00 "
        "UTC. Its file says `timezone: Asia/Seoul` now, where days begin at other hours: with the rows of 2026-11-20 "
        "00:00 to 2026-11-21 00:00 Asia/Seoul, some hours would be counted in two days. Nothing was changed. To go on "
        "as before, write `timezone: UTC`. To build the whole table anew, start a run with the configuration "
        '{"full_refresh": true}.'
    )
    assert seen(admin) == before
    assert str(run(project, at(21), timezone="UTC", **keys).state) == "success"
    assert seen(admin) == [(f"2026-11-{day}", 48) for day in (18, 19, 20)]
    whole = run(project, at(21, 15), timezone=SEOUL, conf={"full_refresh": True}, **keys)
    assert str(whole.state) == "success"
    assert str(run(project, at(22, 15), timezone=SEOUL, **keys).state) == "success"
    assert seen(admin) == [(f"2026-11-{day}", 48) for day in (18, 19, 20, 21, 22)]


def test_a_zone_with_the_same_days_is_no_other(project: Project, admin: psycopg.Connection[Any]) -> None:
    keys: dict[str, Any] = {"main_sql": PER_DAY, "refresh": {"delete_insert": {"time_column": "day"}}}
    run(project, at(19, 15), timezone=SEOUL, **keys)
    assert str(run(project, at(20, 15), timezone="Asia/Tokyo", **keys).state) == "success"
    assert seen(admin) == [("2026-11-19", 48), ("2026-11-20", 48)]


@pytest.mark.parametrize(
    ("before", "after", "first", "then", "start", "end"),
    [
        ("UTC", SEOUL, [at(19), at(20)], [at(20, 15), at(21, 15)], at(18), at(21, 15)),
        (SEOUL, "UTC", [at(19, 15), at(20, 15)], [at(21), at(22)], at(18, 15), at(22)),
    ],
)
def test_what_both_zones_cover_is_appended_once(
    project: Project,
    admin: psycopg.Connection[Any],
    before: str,
    after: str,
    first: list[datetime],
    then: list[datetime],
    start: datetime,
    end: datetime,
) -> None:
    keys: dict[str, Any] = {"main_sql": f"SELECT id, at FROM raw_data.ticks_in_zone {BY_TIME}", "refresh": "append"}
    for zone, runs in ((before, first), (after, then), (after, then)):
        for due in runs:
            assert str(run(project, due, timezone=zone, **keys).state) == "success"
    assert missing_and_double(admin, start, end) == (0, 0)


def test_appended_days_of_another_zone_are_refused_until_the_query_cuts_by_time(
    project: Project, admin: psycopg.Connection[Any]
) -> None:
    keys: dict[str, Any] = {"refresh": "append"}
    by_day = f"SELECT id, at FROM raw_data.ticks_in_zone {BY_DAY}"
    run(project, at(20), main_sql=by_day, **keys)
    refused = run(project, at(20, 15), main_sql=by_day, timezone=SEOUL, **keys)
    assert failed_tasks(refused) == ["create"]
    assert failure(refused, "create").error == (
        "analytics.log has the rows of a part of this run's interval, 2026-11-20 00:00 to 2026-11-21 00:00 "
        "Asia/Seoul, already: they came with the run of 2026-11-19 09:00 to 2026-11-20 09:00 Asia/Seoul. The query "
        "would give them once more, as it does not use `data_interval_start`. Nothing was done. Write `... >= "
        "'{{ data_interval_start }}' AND ... < '{{ data_interval_end }}'` in the query, and clear `create` of this "
        "run in Airflow."
    )
    by_time = f"SELECT id, at FROM raw_data.ticks_in_zone {BY_TIME}"
    assert str(run(project, at(20, 15), main_sql=by_time, timezone=SEOUL, **keys).state) == "success"
    assert missing_and_double(admin, at(19), at(20, 15)) == (0, 0)


def test_a_table_that_waits_has_the_day_of_its_own_zone(project: Project, admin: psycopg.Connection[Any]) -> None:
    """Its parents may be of any zone: all dates of its run are the moment at which it was due."""
    keys: dict[str, Any] = {
        "schedule": {"after": ["analytics.other"]},
        "main_sql": "SELECT '{{ ds }}' AS ds, '{{ data_interval_end }}' AS until",
    }
    for zone, day, until in (
        (SEOUL, "2026-11-20", "2026-11-20 06:00:00+09:00"),
        ("America/Los_Angeles", "2026-11-19", "2026-11-19 13:00:00-08:00"),
    ):
        run(project, at(19, 21), timezone=zone, **keys)
        assert admin.execute("SELECT * FROM analytics.log").fetchall() == [(day, until)]
