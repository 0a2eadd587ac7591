"""The schedule of a growing table changes: no row is there twice, and what is missing is told and comes."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import read
from summary_tables.model.failure import Failure
from tests.airflow.conftest import Project, failed_tasks, states, tell_digest
from tests.airflow.operators.recorded import failure, logged

FIRST = datetime(2026, 11, 18, tzinfo=UTC)
BY_TIME = "WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
BY_DAY = "WHERE at >= '{{ data_interval_start | ds }}' AND at < '{{ data_interval_end | ds }}'"
ONE_DAY = "WHERE at::date = '{{ data_interval_start | ds }}'"
NO_START = "WHERE at < '{{ data_interval_end }}'"
MIDNIGHT, NIGHT, HOURLY, WEEKLY = "0 0 * * *", "0 3 * * *", "@hourly", "@weekly"


@pytest.fixture(scope="module", autouse=True)
def events(server: Any) -> None:
    with server.connect("warehouse") as session:
        session.execute(
            "CREATE TABLE raw_data.ticks AS SELECT n AS id, timestamp '2026-11-10' + n * interval '30 minutes' AS at "
            "FROM generate_series(0, 1000) n; GRANT SELECT ON raw_data.ticks TO PUBLIC"
        )


@pytest.fixture(autouse=True)
def no_table(admin: psycopg.Connection[Any]) -> Iterator[None]:
    admin.execute("DROP VIEW IF EXISTS analytics.log")
    if admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,):
        admin.execute("DELETE FROM summary_tables.build_log WHERE table_name = 'log'")
    yield
    admin.execute("DROP VIEW IF EXISTS analytics.log")


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def run(project: Project, schedule: str, due: datetime, where: str = BY_TIME, /, **more: Any) -> Any:
    """The run that is due at that moment."""
    conf = more.pop("conf", None)
    keys = {"table": "log", "schema": "analytics", "schedule": schedule, "refresh": "append", **more}
    project.write("log", {**keys, "main_sql": f"SELECT id, at FROM raw_data.ticks {where}"})
    return build_dag(read("log", project.configs)).test(logical_date=due, run_conf=conf)


def missing_and_double(admin: psycopg.Connection[Any], start: datetime, end: datetime) -> tuple[int, int]:
    """How many rows of this time are not there, and how many are there too often, or are of another time."""
    ((seen, different, inside),) = admin.execute(
        "SELECT count(*), count(DISTINCT id), count(DISTINCT id) FILTER (WHERE at >= %s AND at < %s) "
        "FROM analytics.log",
        (start.replace(tzinfo=None), end.replace(tzinfo=None)),
    ).fetchall()
    return int((end - start) / timedelta(minutes=30)) - inside, seen - min(different, inside)


CHANGES = {
    "later": ([(MIDNIGHT, at(19)), (NIGHT, at(19, 3)), (NIGHT, at(20, 3))], at(18), at(20, 3)),
    "earlier": ([(NIGHT, at(19, 3)), (MIDNIGHT, at(20)), (MIDNIGHT, at(21))], at(18, 3), at(21)),
    "hourly to daily": (
        [(HOURLY, at(19, 2)), (HOURLY, at(19, 3)), (HOURLY, at(19, 4)), (NIGHT, at(20, 3))],
        at(19, 1),
        at(20, 3),
    ),
    "weekly to daily": ([(WEEKLY, at(22)), (NIGHT, at(22, 3)), (NIGHT, at(23, 3))], at(15), at(23, 3)),
    "the same run again": ([(MIDNIGHT, at(19)), *[(NIGHT, at(day, 3)) for day in (19, 20, 19)]], at(18), at(20, 3)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_row_is_there_twice_and_none_is_missing(
    project: Project, admin: psycopg.Connection[Any], change: str
) -> None:
    runs, start, end = CHANGES[change]
    for schedule, due in runs:
        assert str(run(project, schedule, due).state) == "success"
    assert missing_and_double(admin, start, end) == (0, 0)


@pytest.mark.parametrize("where", [BY_DAY, ONE_DAY])
@pytest.mark.parametrize("change", ["later", "earlier"])
def test_a_query_of_whole_days_stays_right(
    project: Project, admin: psycopg.Connection[Any], change: str, where: str
) -> None:
    runs, *_ = CHANGES[change]
    for schedule, due in runs:
        ended = run(project, schedule, due, where, output_check=[{"row_count": {"min": 48, "max": 48}}])
        assert str(ended.state) == "success"
    days = (runs[-1][1].date() - runs[0][1].date()).days + 1
    assert missing_and_double(admin, at(18), at(18) + timedelta(days=days)) == (0, 0)


def test_the_log_says_what_is_built_of_a_run(
    project: Project, admin: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    run(project, MIDNIGHT, at(20))
    run(project, NIGHT, at(20, 3))
    assert (
        "Other runs have added a part of 2026-11-19 03:00 to 2026-11-20 03:00 UTC to analytics.log: this one builds "
        "the rest, 2026-11-20 00:00 to 2026-11-20 03:00 UTC. In its query `data_interval_start` and "
        "`data_interval_end` are those of the rest."
    ) in logged(capsys)
    assert missing_and_double(admin, at(19), at(20, 3)) == (0, 0)


def test_a_query_that_cannot_be_cut_is_refused_and_the_remedy_fixes_it(
    project: Project, admin: psycopg.Connection[Any]
) -> None:
    run(project, MIDNIGHT, at(20))
    ended = run(project, NIGHT, at(20, 3), NO_START)
    assert failed_tasks(ended) == ["create"]
    assert failure(ended, "create").error == (
        "analytics.log has the rows of a part of this run's interval, 2026-11-19 03:00 to 2026-11-20 03:00 UTC, "
        "already: they came with the run of 2026-11-19 00:00 to 2026-11-20 00:00 UTC. The query would give them once "
        "more, as it does not use `data_interval_start`. Nothing was done. Write `... >= '{{ data_interval_start }}' "
        "AND ... < '{{ data_interval_end }}'` in the query, and clear `create` of this run in Airflow."
    )
    run(project, NIGHT, at(20, 3), BY_TIME)
    assert missing_and_double(admin, at(19), at(20, 3)) == (0, 0)


def test_what_a_full_refresh_has_up_to_now_is_not_added_again(project: Project, admin: psycopg.Connection[Any]) -> None:
    refresh = {"append": {"start": "2026-11-18"}}
    run(project, MIDNIGHT, at(19), refresh=refresh)
    run(project, MIDNIGHT, at(19), refresh=refresh, conf={"full_refresh": True})
    run(project, NIGHT, at(19, 3), refresh=refresh)
    run(project, NIGHT, at(20, 3), refresh=refresh)
    assert missing_and_double(admin, at(18), at(20, 3)) == (0, 0)


def test_a_run_of_what_a_longer_one_has_adds_nothing(
    project: Project, admin: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    run(project, MIDNIGHT, at(19))
    ended = run(project, HOURLY, at(18, 6))
    assert (str(ended.state), states(ended)["publish"]) == ("success", "skipped")
    assert missing_and_double(admin, at(18), at(19)) == (0, 0)
    assert (
        "analytics.log has the rows of this run's interval, 2026-11-18 05:00 to 2026-11-18 06:00 UTC, already: they "
        "came with the run of 2026-11-18 00:00 to 2026-11-19 00:00 UTC, and adding them would double them. "
        "Nothing needs to be done. To build the whole table anew, start a run with the configuration "
        '{"full_refresh": true}.'
    ) in logged(capsys)


HOLE = (
    "No run has added the rows of 2026-11-19 00:00 to 2026-11-19 17:00 UTC to analytics.log. To add them, start a run "
    'with the configuration {"data_interval_start": "2026-11-19 00:00 UTC", '
    '"data_interval_end": "2026-11-19 17:00 UTC"}.'
)


@pytest.mark.parametrize(
    "refresh", ["append", {"delete_insert": {"time_column": "at"}}, {"merge": {"unique_key": "id"}}]
)
def test_a_hole_is_told_with_the_run_that_fills_it(
    project: Project,
    admin: psycopg.Connection[Any],
    refresh: Any,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    from summary_tables.airflow.run_records import from_record, recorded

    admin.execute("DROP TABLE IF EXISTS summary_tables.incident_log, summary_tables.message_log")
    run(project, MIDNIGHT, at(19), refresh=refresh)
    ended = run(project, "0 17,18 * * *", at(19, 18), refresh=refresh)
    assert missing_and_double(admin, at(18), at(19, 18)) == (34, 0)
    assert HOLE in logged(capsys)
    tell_digest()
    assert f"Publishing analytics.log warned: {HOLE} The table was published all the same." in caplog.text
    warning = from_record(recorded("log", ended.run_id, "publish", "warning"))
    assert warning == Failure(step="publish", table="analytics.log", error=HOLE, is_warning=True)
    assert str(warning) == f"Publishing analytics.log warned: {HOLE}"
    asked = re.search(r"configuration (\{.*\})\.", HOLE)
    assert asked
    import json

    run(project, "0 17,18 * * *", at(20, 17), refresh=refresh, conf=json.loads(asked[1]))
    assert missing_and_double(admin, at(18), at(19, 18)) == (0, 0)
    assert "No run has added" not in logged(capsys)
