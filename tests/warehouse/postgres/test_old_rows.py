"""After 400 days the logs forget, but nothing about a version that still counts."""

import pytest

from summary_tables.checks import CheckName, CheckResult
from summary_tables.model.build import Build
from summary_tables.model.check_run import CheckRun
from summary_tables.warehouse.history.roll_back import roll_back
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, build_and_show, create, run, show, table_with
from tests.warehouse.postgres.in_session import log_check
from tests.warehouse.postgres.increments import day_run, growing, run_day, with_visits
from tests.warehouse.postgres.made_incidents import DAY, START, Slack, delivered, event, recorded


def age(database: Database, log: str, column: str, days: int) -> None:
    database.admin(f"UPDATE summary_tables.{log} SET {column} = {column} - interval '{days} days'")


def logged(database: Database) -> set[str]:
    return {name for (name,) in database.admin("SELECT version_name FROM summary_tables.build_log")}


def log_one_check(database: Database) -> None:
    checked = CheckRun(
        step="input_check",
        position=1,
        name=CheckName(label="x", key="x"),
        severity="error",
        result=CheckResult(passed=True, expected="", actual=""),
    )
    with database.connect() as connection:
        log_check(connection, WAREHOUSE, TABLE, run(), checked)


def checks(database: Database) -> int:
    return int(database.value("SELECT count(*) FROM summary_tables.check_log"))


@pytest.fixture
def five(database: Database) -> list[Build]:
    """Of five builds the first two have been dropped."""
    return [build_and_show(database, number=number) for number in range(1, 6)]


def test_what_is_too_old_goes_with_the_next_publish(database: Database, five: list[Build]) -> None:
    log_one_check(database)
    for log, column in (("build_log", "started_at"), ("check_log", "checked_at")):
        age(database, log, column, 401)
    log_one_check(database)
    sixth = build_and_show(database, number=6)
    assert logged(database) == {five[3].version, five[4].version, sixth.version}
    assert checks(database) == 1


def test_a_year_stays(database: Database, five: list[Build]) -> None:
    log_one_check(database)
    for log, column in (("build_log", "started_at"), ("check_log", "checked_at")):
        age(database, log, column, 399)
    build_and_show(database, number=6)
    assert logged(database) > {build.version for build in five}
    assert checks(database) == 1


def test_what_the_roll_back_log_names_stays(database: Database, five: list[Build]) -> None:
    with database.connect() as connection:
        roll_back(connection, TABLE, WAREHOUSE, five[3].version)
    for number in (6, 7, 8):
        build_and_show(database, number=number)
    assert database.versions().isdisjoint({build.version for build in five})
    age(database, "build_log", "started_at", 401)
    build_and_show(database, number=9)
    assert {five[3].version, five[4].version} == logged(database) & {build.version for build in five}


def test_what_a_standing_version_was_added_to_stays(database: Database, five: list[Build]) -> None:
    database.admin(
        f"UPDATE summary_tables.build_log SET applied_to = '{five[0].version}' WHERE version_name = '{five[4].version}'"
    )
    age(database, "build_log", "started_at", 401)
    build_and_show(database, number=6)
    assert five[0].version in logged(database)
    assert five[1].version not in logged(database)


def test_what_was_added_to_a_standing_version_stays(database: Database) -> None:
    """Which times a growing table has must be known for ever: a run that meets an old one adds no row twice."""
    with_visits(database)
    added = [run_day(database, growing("append"), day_run(day)) for day in (1, 2)]
    age(database, "build_log", "started_at", 401)
    run_day(database, growing("append"), day_run(3))
    assert {build.version for build in added} < logged(database)


def test_other_tables_are_left_alone(database: Database) -> None:
    other = table_with(table="other")
    for number in range(1, 6):
        build_and_show(database, table=other, number=number)
    log_one_check(database)
    for log, column in (("build_log", "started_at"), ("check_log", "checked_at")):
        age(database, log, column, 401)
    database.admin("UPDATE summary_tables.check_log SET table_name = 'other'")
    before = logged(database)
    live = build_and_show(database)
    assert logged(database) == before | {live.version}
    assert checks(database) == 1


def test_what_was_wrong_is_forgotten_once_it_has_been_over_for_so_long(database: Database) -> None:
    with database.connect() as connection:
        recorded(connection, event("failed"), event("published", 2), event("failed", 3))
        delivered(connection, Slack(), START + 3 * DAY)
    for log, columns in (("incident_log", ("opened_at", "closed_at")), ("message_log", ("recorded_at", "done_at"))):
        for column in columns:
            age(database, log, column, 401)
    build_and_show(database)
    assert database.admin("SELECT opened_by, closed_at FROM summary_tables.incident_log") == [("run 3", None)]
    assert database.value("SELECT count(*) FROM summary_tables.message_log") == 0


def test_a_log_that_somebody_holds_does_not_fail_a_publish(database: Database) -> None:
    log_one_check(database)
    age(database, "check_log", "checked_at", 401)
    waiting = create(database, number=6)
    with database.server.connect(database.name) as holder:
        holder.execute("BEGIN")
        holder.execute("LOCK TABLE summary_tables.check_log")
        assert show(database, waiting).version == waiting.version
    assert checks(database) == 1
    build_and_show(database, number=7)
    assert checks(database) == 0
