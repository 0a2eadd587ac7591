"""Which of two builds is newer does not hang on the warehouse's clock, which may be set back."""

from datetime import datetime, timedelta

import pytest

from summary_tables.warehouse.history.roll_back import roll_back
from summary_tables.warehouse.history.versions import versions_of_table
from summary_tables.warehouse.logs.check_log import FailingSince
from tests.warehouse.postgres.database import TABLE, WAREHOUSE, Database, build_and_show, run
from tests.warehouse.postgres.increments import STRATEGIES, day_run, growing, query_of, run_day, seen, with_visits
from tests.warehouse.postgres.logged_checks import checked, log

_MOMENTS = {
    "build_log": ("started_at", "built_at", "published_at"),
    "roll_back_log": ("rolled_back_at",),
    "check_log": ("checked_at",),
}


def set_clock_back(database: Database, log_name: str = "build_log") -> datetime:
    """An hour: all that is in the log then lies an hour ahead. Its last moment."""
    moments = _MOMENTS[log_name]
    database.admin(
        f"UPDATE summary_tables.{log_name} SET {', '.join(f'{m} = {m} + interval $$1 hour$$' for m in moments)}"
    )
    last = database.value(f"SELECT max(greatest({', '.join(moments)})) FROM summary_tables.{log_name}")
    assert isinstance(last, datetime)
    return last


def test_a_table_is_replaced_all_the_same(database: Database) -> None:
    build_and_show(database)
    last = set_clock_back(database)
    build = build_and_show(database, "SELECT 1 AS day, 2::bigint AS n", number=2)
    assert (build.skip_reason, database.value("SELECT count(*) FROM analytics.daily")) == ("", 1)
    assert build.built_at
    assert build.published_at
    assert last < build.started_at <= build.built_at < build.published_at < last + timedelta(milliseconds=1)
    build_and_show(database, number=3)
    build_and_show(database, number=4)
    assert len(database.versions()) == 3
    assert build.version in database.versions()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_day_is_replaced_all_the_same(database: Database, strategy: str) -> None:
    with_visits(database)
    table = growing(strategy)
    for day in (1, 2):
        run_day(database, table, day_run(day))
    set_clock_back(database)
    database.admin("UPDATE raw_data.visits SET visits = 7 WHERE day = '2026-11-02'")
    build = run_day(database, table, day_run(2), query_of(day_run(2)))
    assert build.skip_reason == ""
    assert {row for row in seen(database) if row[0] == "2026-11-02"} == {
        ("2026-11-02", f"visitor {n}", 7) for n in range(1, 5)
    }


def test_roll_backs_stay_in_their_order(database: Database) -> None:
    first, second, third = (build_and_show(database, number=number) for number in (1, 2, 3))
    with database.connect() as connection:
        roll_back(connection, TABLE, WAREHOUSE, second.version)
        set_clock_back(database, "roll_back_log")
        set_clock_back(database)
        roll_back(connection, TABLE, WAREHOUSE, first.version)
        versions = versions_of_table(connection, TABLE, WAREHOUSE)
        assert [version.build.version for version in versions] == [third.version, second.version, first.version]
        assert [version.state for version in versions] == ["rolled back", "rolled back", "live"]
        newest = build_and_show(database, number=4)
        versions = versions_of_table(connection, TABLE, WAREHOUSE)
        assert (versions[0].build.version, versions[0].state) == (newest.version, "live")


def test_a_check_knows_since_when_it_fails(database: Database) -> None:
    log(database, checked(1, passed=True))
    set_clock_back(database, "check_log")
    assert log(database, checked(2), checked(3)) == FailingSince(run_at=run(2).run_at, runs=2)
