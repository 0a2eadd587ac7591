"""What each check found is stored, and a check that fails knows since when it does."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from summary_tables.checks import CheckName
from summary_tables.warehouse.logs.check_log import FailingSince
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from tests.warehouse.postgres.database import AT_ONCE, BUILDER, OTHER, WAREHOUSE, Database, build_and_show, table_with
from tests.warehouse.postgres.in_session import log_check
from tests.warehouse.postgres.logged_checks import checked, log

_WORDS = 'it\'s "한글" 100% $1 \\ {{ ds }} 😀'


def words(since: FailingSince | None) -> str:
    assert since
    return since.words("UTC")


def test_the_first_check_of_all_makes_the_schema_and_the_log(database: Database) -> None:
    database.admin(f"DROP SCHEMA summary_tables; GRANT CREATE ON DATABASE {database.name} TO {BUILDER}")
    before = datetime.now(UTC)
    log(
        database,
        checked(
            3, name=CheckName(label=_WORDS, key=_WORDS), expected=_WORDS, actual=_WORDS, version="v 1", try_number=2
        ),
        checked(4, step="input_check", error=_WORDS),
    )
    found = database.admin("SELECT * FROM summary_tables.check_log ORDER BY run_id")
    assert [(*row[:-2], row[-1]) for row in found] == [
        (
            *("analytics", "daily", "output_check", 2, _WORDS, "error", False, _WORDS, _WORDS, "", 0.25),
            *("run 3", 2, datetime(2026, 11, 3, 3, tzinfo=UTC), "v 1", _WORDS),
        ),
        (
            *("analytics", "daily", "input_check", 2, "at least 12 rows", "error", False, "", "", _WORDS, 0.25),
            *("run 4", 1, datetime(2026, 11, 4, 3, tzinfo=UTC), "", "at least rows"),
        ),
    ]
    assert all(before <= row[-2] <= datetime.now(UTC) for row in found)


def test_every_column_is_explained_in_the_warehouse(database: Database) -> None:
    log(database, checked())
    comments = (
        "SELECT count(*), count(col_description(attrelid, attnum)), min(obj_description(attrelid)) FROM pg_attribute "
        "WHERE attrelid = 'summary_tables.check_log'::regclass AND attnum > 0"
    )
    assert database.admin(comments) == [(17, 17, "Checks of summary tables, one row each time that one was run.")]


def test_a_log_of_an_earlier_release_gets_what_it_lacks(database: Database) -> None:
    log(database, checked())
    database.admin("ALTER TABLE summary_tables.check_log DROP COLUMN seconds, DROP COLUMN checked_at")
    log(database, checked(2))
    assert database.admin("SELECT run_id, seconds FROM summary_tables.check_log ORDER BY 1") == [
        ("run 1", None),
        ("run 2", 0.25),
    ]


def test_a_check_fails_since_the_first_run_in_which_it_did(database: Database) -> None:
    assert log(database, checked(1)) is None
    since = log(database, checked(2), checked(3))
    assert since == FailingSince(run_at=datetime(2026, 11, 1, 3, tzinfo=UTC), runs=3)
    assert words(since) == "Failing since 2026-11-01 03:00 UTC (3 runs)."


def test_tries_of_one_run_are_one(database: Database) -> None:
    assert log(database, checked(1), checked(1, try_number=2)) is None
    assert words(log(database, checked(2), checked(2, try_number=2))) == "Failing since 2026-11-01 03:00 UTC (2 runs)."


def test_a_check_that_passes_begins_anew(database: Database) -> None:
    assert log(database, checked(1), checked(2), checked(3, passed=True)) is None
    assert log(database, checked(4)) is None
    assert log(database, checked(4, try_number=2, passed=True), checked(5)) is None


def test_a_check_that_could_not_be_asked_failed_all_the_same(database: Database) -> None:
    since = log(database, checked(1, error="There is no table."), checked(2))
    assert since == FailingSince(run_at=datetime(2026, 11, 1, 3, tzinfo=UTC), runs=2)


def test_another_step_or_key_or_table_is_another_check(database: Database) -> None:
    others = (
        checked(1, step="input_check"),
        checked(1, name=CheckName(label="at least 12 rows", key="at least rows where x")),
        checked(1, table=table_with(table="x")),
    )
    assert log(database, *others, checked(2)) is None


def test_another_number_is_the_same_check(database: Database) -> None:
    asks_more = checked(2, name=CheckName(label="at least 20 rows", key="at least rows"))
    assert words(log(database, checked(1), asks_more)) == "Failing since 2026-11-01 03:00 UTC (2 runs)."


def test_a_row_from_before_there_were_keys_is_known_by_its_name(database: Database) -> None:
    log(database, checked(1), checked(1, name=CheckName(label="x", key="at least rows")))
    database.admin("UPDATE summary_tables.check_log SET check_key = NULL")
    assert words(log(database, checked(2))) == "Failing since 2026-11-01 03:00 UTC (2 runs)."


def test_a_backfill_of_an_earlier_day_fails_since_the_run_that_failed_first(database: Database) -> None:
    assert words(log(database, checked(9), checked(2))) == "Failing since 2026-11-09 03:00 UTC (2 runs)."


def test_somebody_who_holds_the_log_is_not_waited_for_long(database: Database) -> None:
    log(database, checked())
    with database.server.connect(database.name) as holder:
        holder.execute("BEGIN")
        holder.execute("LOCK TABLE summary_tables.check_log")
        with pytest.raises(WarehouseError):
            log(database, checked(2), lock_wait=AT_ONCE)
    log(database, checked(3))
    assert database.value("SELECT count(*) FROM summary_tables.check_log") == 2


def test_a_role_that_may_not_write_is_told(database: Database) -> None:
    log(database, checked())
    with database.connect(OTHER) as connection, pytest.raises(WarehouseError) as refused:
        log_check(connection, WAREHOUSE, *checked(2))
    assert refused.value.sqlstate == INSUFFICIENT_PRIVILEGE


def test_two_checks_at_once_make_one_log(database: Database) -> None:
    threads = [Thread(target=log, args=(database, checked(number))) for number in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.value("SELECT count(*) FROM summary_tables.check_log") == 5


def test_a_build_says_how_large_it_is_and_how_long_it_took(database: Database) -> None:
    build = build_and_show(database)
    relation = f"'summary_tables.\"{build.version}\"'::regclass"
    assert build.size_bytes == database.value(f"SELECT pg_table_size({relation}) + pg_indexes_size({relation})")
    assert build.built_at is not None
    assert timedelta(0) < build.built_at - build.started_at < timedelta(minutes=10)
