"""What the catalogue reads from the logs: of all tables at once, and of one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks import made_history
from summary_tables.checks import CheckName
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.table_history import TableHistory
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.redshift.statements.table_histories import RedshiftTableHistories
from summary_tables.warehouse.history.roll_back import roll_back
from summary_tables.warehouse.history.table_histories import history, latest, with_recent_runs
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session, open_session
from tests.warehouse.postgres.database import OTHER, TABLE, WAREHOUSE, Database, build_and_show, create, show
from tests.warehouse.postgres.logged_checks import checked, log
from tests.warehouse.postgres.made_logs import SCALE, fill

_NAME = TABLE.full_name
_INDEX = "build_log_schema_name_table_name_started_at_idx"


def _latest(database: Database) -> Mapping[str, TableHistory]:
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        return with_recent_runs(session, latest(session), latest(session).keys())


def _history(database: Database, table: str = TABLE.table) -> TableHistory:
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        return history(session, TABLE.schema, table)


def test_an_empty_warehouse_knows_no_table(database: Database) -> None:
    database.admin("DROP SCHEMA summary_tables")
    assert _latest(database) == {}
    assert _history(database) == TableHistory()


def test_a_missing_log_ends_no_transaction(database: Database) -> None:
    with (
        database.connect() as connection,
        open_session(connection, WAREHOUSE) as session,
        session.transaction(read_only=True),
    ):
        assert (latest(session), history(session, "analytics", "daily")) == ({}, TableHistory())
        assert session.value("SELECT 1") == 1


def test_a_table_of_which_only_checks_are_known(database: Database) -> None:
    log(database, checked(3, step="input_check", error="There is no table raw_data.events."))
    found = _latest(database)[_NAME]
    assert (found.live, found.newest, found.points) == (None, None, ())
    assert found.last_run == found.runs[0]
    assert found.last_run is not None
    assert (found.last_run.run_id, found.last_run.outcome) == ("run 3", "failed")
    assert [check.check.error for check in found.failing] == ["There is no table raw_data.events."]
    assert _listed(_history(database)) == found


def test_what_was_built_and_not_published_is_not_what_readers_see(database: Database) -> None:
    live = build_and_show(database, number=1)
    later = create(database, number=2)
    found = _latest(database)[_NAME]
    assert (_version(found.live), _version(found.newest)) == (live.version, live.version)
    assert [(point.run_id, point.rows, point.is_published) for point in found.points] == [
        ("run 2", 50, False),
        ("run 1", 50, True),
    ]
    page = _history(database)
    assert [(version.build.version, version.state) for version in page.versions] == [
        (later.version, "not published"),
        (live.version, "live"),
    ]
    assert [build.version for build in page.builds] == [later.version, live.version]
    assert _listed(page) == found


def test_a_table_that_was_only_built_is_known(database: Database) -> None:
    create(database)
    found = _latest(database)[_NAME]
    assert (found.live, found.newest, len(found.points)) == (None, None, 1)


def test_a_roll_back(database: Database) -> None:
    first, second = (build_and_show(database, number=number) for number in (1, 2))
    with database.connect() as connection:
        roll_back(connection, TABLE, WAREHOUSE, first.version, by="ana")
    found = _latest(database)[_NAME]
    assert (_version(found.live), _version(found.newest)) == (first.version, second.version)
    page = _history(database)
    assert [(event.from_version, event.to_version, event.role) for event in page.roll_backs] == [
        (second.version, first.version, "ana")
    ]
    assert page.roll_back == page.roll_backs[0]
    assert {version.build.version: version.state for version in page.versions} == {
        first.version: "live",
        second.version: "rolled back",
    }


def test_a_view_of_somebody_else_on_a_version_does_not_count(database: Database) -> None:
    live = build_and_show(database)
    database.admin(f'CREATE VIEW analytics.mine AS SELECT * FROM summary_tables."{live.version}"')
    assert {name: _version(found.live) for name, found in _latest(database).items()} == {_NAME: live.version}


def test_the_last_answer_of_a_run_counts(database: Database) -> None:
    log(database, checked(1), checked(1, passed=True, try_number=2), checked(1, position=3, severity="warn"))
    found = _latest(database)[_NAME]
    assert found.last_run is not None
    assert (found.last_run.passed, found.last_run.failed, found.last_run.warned) == (1, 0, 1)
    assert found.last_run.outcome == "warned"
    assert [check.check.position for check in found.failing] == [3]
    assert _listed(_history(database)) == found


def test_what_a_run_asked_days_before_its_end_does_not_count(database: Database) -> None:
    log(database, checked(1), checked(1, position=3, passed=True))
    database.admin(
        "UPDATE summary_tables.check_log SET checked_at = checked_at - INTERVAL '49 hours' WHERE position = 2"
    )
    found = _latest(database)[_NAME]
    assert found.last_run is not None
    assert (found.last_run.passed, found.last_run.failed, found.failing) == (1, 0, ())


def test_a_check_fails_since_it_passed_last_also_when_its_number_changed(database: Database) -> None:
    renamed = CheckName(label="at least 15 rows", key="at least rows")
    log(
        database,
        checked(1),
        checked(2, passed=True),
        checked(3, expected="at least 12 rows", actual="7 rows"),
        checked(4),
        checked(5, name=renamed, expected="at least 15 rows", actual="7 rows"),
    )
    found = _latest(database)[_NAME]
    (failing,) = found.failing
    assert (failing.since, failing.runs) == (datetime(2026, 11, 3, 3, tzinfo=UTC), 3)
    assert (failing.check.name, failing.check.expected, failing.check.actual) == (
        "at least 15 rows",
        "at least 15 rows",
        "7 rows",
    )
    assert _history(database).failing == found.failing


def test_rows_from_before_checks_had_keys(database: Database) -> None:
    log(database, checked(1), checked(2))
    database.admin("UPDATE summary_tables.check_log SET check_key = NULL, seconds = NULL, version_name = NULL")
    (failing,) = _latest(database)[_NAME].failing
    assert (failing.check.key, failing.runs) == ("at least 12 rows", 2)
    assert _history(database).failing == (failing,)


def test_the_list_the_page_and_the_other_warehouse_say_the_same(database: Database) -> None:
    fill(database)
    found = _latest(database)
    expected = {made_history.SCHEMA + "." + made_history.table_name(number) for number in range(SCALE.tables)}
    assert found.keys() == {name for name in expected if not made_history.never_built(int(name[-4:]))}
    assert {name: _listed(_history(database, name.partition(".")[2])) for name in found} == found
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        other = _as_on_redshift(session)
        assert with_recent_runs(other, latest(other), found.keys()) == found
    failing = {name for name, history in found.items() if any(c.check.severity == "error" for c in history.failing)}
    assert failing == {name for name in found if made_history.failing(int(name[-4:]))}
    assert {check.runs for name in failing for check in found[name].failing} == {3}


def test_a_log_of_an_earlier_release_is_said_to_be_one(database: Database) -> None:
    log(database, checked())
    database.admin("ALTER TABLE summary_tables.check_log DROP COLUMN check_key")
    with pytest.raises(WarehouseError, match="those of an earlier release; the next run brings them up to date"):
        _latest(database)


def test_who_may_not_look_is_told_which_right_is_missing(database: Database) -> None:
    build_and_show(database)
    with (
        database.connect(OTHER) as connection,
        open_session(connection, WAREHOUSE) as session,
        pytest.raises(WarehouseError, match="The role other may not use the schema summary_tables"),
    ):
        latest(session)


def test_a_build_log_of_an_earlier_release_gets_its_index_and_readers_pass_by(database: Database) -> None:
    build_and_show(database)
    index = (
        "SELECT indexname FROM pg_indexes WHERE tablename = 'build_log' AND indexdef LIKE '%(schema_name, %started_at)'"
    )
    database.admin(f"DROP INDEX summary_tables.{database.value(index)}")
    with database.connect() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM summary_tables.build_log")
        create(database, number=2)
        assert len(database.admin(index)) == 1
        create(database, number=3)
    assert len(database.admin(index)) == 1


def test_a_build_does_not_wait_for_the_index(database: Database) -> None:
    build_and_show(database)
    database.admin(f"DROP INDEX summary_tables.{_INDEX}")
    with database.connect() as writer:
        writer.execute("BEGIN")
        writer.execute("UPDATE summary_tables.build_log SET origin = origin WHERE false")
        with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
            tables.ensure_index(session, BUILD_LOG)
    assert not _has_index(database)
    show(database, create(database, number=2))
    assert _has_index(database)


def _has_index(database: Database) -> bool:
    return bool(database.admin(f"SELECT 1 FROM pg_indexes WHERE indexname = '{_INDEX}'"))


def _version(build: object) -> str | None:
    return getattr(build, "version", None)


def _listed(page: TableHistory) -> TableHistory:
    """What the list has of it, too."""
    return replace(page, roll_back=None, builds=(), checks=(), roll_backs=(), versions=())


def _as_on_redshift(session: Session) -> Session:
    """Its statements here are ones that PostgreSQL takes, too."""
    statements = RedshiftTableHistories(VersionsSchema(WAREHOUSE.versions_schema))
    return replace(session, sql=replace(session.sql, table_histories=statements))
