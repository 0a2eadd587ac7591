"""Which builds a new one is compared with."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from summary_tables.model.build import BuildRun
from summary_tables.model.table import Refresh
from summary_tables.warehouse.comparisons import earlier_builds, readable_earlier_builds
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import (
    BUILDER,
    OTHER,
    TABLE,
    WAREHOUSE,
    Database,
    build_and_show,
    create,
    run,
    table_with,
)

_RUN = run(21)


def found(database: Database, run: BuildRun = _RUN, **changes: Any) -> list[tuple[int, int, bool]]:
    """Day, number of rows and whether the weekday is the same, latest first."""
    relation = earlier_builds(table_with(**changes), WAREHOUSE, run)
    with database.connect() as connection:
        rows = connection.execute(
            f"SELECT run_at, row_count, is_same_weekday FROM {relation} AS b ORDER BY run_at DESC".encode()
        ).fetchall()
    return [(run_at.astimezone(UTC).day, count, is_same) for run_at, count, is_same in rows]


def rows(count: int) -> str:
    return f"SELECT generate_series(1, {count}) AS n"


def test_those_that_were_published_for_earlier_runs(database: Database) -> None:
    for number, count in ((14, 7), (16, 16), (17, 17), (20, 8), (21, 9), (22, 10)):
        build_and_show(database, rows(count), number=number)
    create(database, rows(11), number=19)
    build_and_show(database, rows(12), table_with(table="other"), number=18)
    # A table of the same name in another schema, and the plain table that stood there before the first build.
    for count, change in ((16, "schema_name = 'marts'"), (17, "origin = 'migrated'")):
        database.admin(f"UPDATE summary_tables.build_log SET {change} WHERE row_count = {count}")
    assert found(database) == [(20, 8, False), (14, 7, True)]


def test_what_a_run_adds_is_compared_with_what_others_added(database: Database) -> None:
    for number, count in ((14, 7), (20, 8)):
        build_and_show(database, rows(count), number=number)
    database.admin("UPDATE summary_tables.build_log SET strategy = 'append' WHERE row_count = 7")
    assert found(database) == [(20, 8, False)]
    assert found(database, refresh=Refresh(strategy="append")) == [(14, 7, True)]
    assert found(database, replace(_RUN, full_refresh=True), refresh=Refresh(strategy="append")) == [(20, 8, False)]
    # A build of an earlier release.
    database.admin("UPDATE summary_tables.build_log SET strategy = NULL WHERE row_count = 8")
    assert found(database) == [(20, 8, False)]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
def test_weekdays_are_those_of_utc(database: Database, zone: str) -> None:
    database.admin(f"ALTER DATABASE {database.name} SET TimeZone = '{zone}'")
    for number in (14, 15):
        build_and_show(database, rows(1), number=number)
    saturday = [(15, 1, False), (14, 1, True)]
    for moment in ("2026-11-21T23:00+00:00", "2026-11-21T00:00+00:00", "2026-11-22T08:00+09:00"):
        assert found(database, replace(_RUN, run_at=datetime.fromisoformat(moment))) == saturday
    assert found(database, run(22)) == [(15, 1, True), (14, 1, False)]


def test_a_preview_sees_none_where_there_is_no_log_or_an_old_one_or_no_right_to_read_it(database: Database) -> None:
    def readable(role: str = BUILDER) -> bool:
        with database.connect(role) as connection, open_session(connection, WAREHOUSE) as session:
            relation = readable_earlier_builds(session, TABLE, _RUN)
            connection.execute(f"SELECT * FROM {relation} AS b".encode())
            return relation != session.sql.builds.no_earlier_builds()

    assert not readable()
    create(database)
    assert readable()
    assert not readable(OTHER)
    database.admin("GRANT USAGE ON SCHEMA summary_tables TO other")
    assert not readable(OTHER)
    database.admin("ALTER TABLE summary_tables.build_log DROP COLUMN strategy")
    assert not readable()
