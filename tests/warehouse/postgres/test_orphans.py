"""What is left of tables without a config is found and named; only what nothing depends on is dropped."""

from typing import Any

import psycopg
import pytest

from summary_tables.sql.dialects.postgres.dialect import statements
from summary_tables.warehouse.history.drop_orphan import Dropped, drop_orphan, kept
from summary_tables.warehouse.history.orphans import Leftovers, Orphan, leftovers
from summary_tables.warehouse.history.roll_back import roll_back
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import (
    AT_ONCE,
    BUILDER,
    READER,
    ROWS,
    TABLE,
    WAREHOUSE,
    Database,
    build_and_show,
    create,
    show,
    table_with,
)
from tests.warehouse.postgres.fragile import Work, killed_at_every_change

GONE = table_with(table="gone")


def look(database: Database, *configured: str, unsure: tuple[str, ...] = ()) -> Leftovers:
    with database.connect() as connection:
        return leftovers(connection, WAREHOUSE, configured or {"analytics.daily"}, unsure)


def found(database: Database) -> Orphan:
    (orphan,) = look(database).orphans
    return orphan


def drop(database: Database, orphan: Orphan, role: str = BUILDER, **options: Any) -> Dropped:
    with database.connect(role) as connection:
        return drop_orphan(connection, WAREHOUSE, orphan, **options)


def standing(database: Database) -> list[str]:
    rows = database.admin(
        "SELECT relname FROM pg_class WHERE relnamespace = 'analytics'::regnamespace AND relkind IN ('v', 'm', 'r') "
        "ORDER BY relname"
    )
    return [name for (name,) in rows]


@pytest.fixture
def gone(database: Database) -> Database:
    """`analytics.daily` has a config; of `analytics.gone`, two builds were published and one was not."""
    build_and_show(database)
    build_and_show(database, table=GONE)
    build_and_show(database, table=GONE, number=2)
    create(database, table=GONE, number=3)
    return database


def test_nothing_was_ever_built(database: Database) -> None:
    assert look(database) == Leftovers(orphans=(), unlogged=())


def test_what_has_a_config_or_may_have_one_is_no_orphan(gone: Database) -> None:
    assert look(gone, "analytics.daily", "analytics.gone").orphans == ()
    assert look(gone, "analytics.daily", unsure=("gone",)).orphans == ()
    assert [orphan.full_name for orphan in look(gone, "marts.gone").orphans] == ["analytics.daily", "analytics.gone"]


def test_what_is_found(gone: Database) -> None:
    orphan = found(gone)
    assert (orphan.full_name, orphan.has_view, orphan.log_rows, orphan.readers) == (
        "analytics.gone",
        True,
        3,
        (READER,),
    )
    assert [(version.rows, version.migrated, version.dependents) for version in orphan.versions] == [
        (ROWS, False, ()),
        (ROWS, False, ()),
        (ROWS, False, ()),
    ]
    assert all(version.size and version.size >= 8192 for version in orphan.versions)
    last = gone.value("SELECT max(published_at) FROM summary_tables.build_log WHERE table_name = 'gone'")
    assert orphan.last_published == last


def test_looking_changes_nothing(gone: Database) -> None:
    state = "SELECT xmin, oid, * FROM pg_class WHERE relnamespace >= 16384 ORDER BY oid"
    before = gone.admin(state), gone.admin("SELECT xmin, * FROM summary_tables.build_log")
    look(gone)
    assert (gone.admin(state), gone.admin("SELECT xmin, * FROM summary_tables.build_log")) == before


def test_everything_of_it_is_dropped_and_nothing_else(gone: Database) -> None:
    kept_versions = {name for name in gone.versions() if name.startswith("daily")}
    with gone.connect() as connection:
        first = found(gone).versions[-1]
        roll_back(connection, GONE, WAREHOUSE, first.name)
    orphan = found(gone)
    assert drop(gone, orphan) == Dropped(view=True, versions=orphan.versions, log_rows=3, kept=())
    assert standing(gone) == ["daily"]
    assert gone.versions() == kept_versions
    assert gone.admin("SELECT DISTINCT table_name FROM summary_tables.build_log") == [("daily",)]
    assert gone.value("SELECT count(*) FROM summary_tables.roll_back_log") == 0
    assert look(gone).orphans == ()


def test_a_view_that_something_reads_stays_with_its_version(gone: Database) -> None:
    gone.admin(
        "CREATE VIEW analytics.look AS SELECT day FROM analytics.gone;"
        "CREATE MATERIALIZED VIEW analytics.stored AS SELECT n FROM analytics.gone"
    )
    orphan = found(gone)
    assert orphan.dependents == ("materialized view analytics.stored", "view analytics.look")
    live = orphan.live.build
    assert live
    reasons = (
        "the view analytics.gone: materialized view analytics.stored, view analytics.look depend on it",
        f"the version {live.version}: view analytics.gone depends on it",
    )
    assert kept(orphan) == reasons
    done = drop(gone, orphan)
    assert (done.view, len(done.versions), done.log_rows, done.kept) == (False, 2, 0, reasons)
    assert standing(gone) == ["daily", "gone", "look", "stored"]
    assert gone.value("SELECT count(*) FROM analytics.look") == ROWS

    gone.admin("DROP VIEW analytics.look; DROP MATERIALIZED VIEW analytics.stored")
    assert drop(gone, found(gone)).kept == ()
    assert standing(gone) == ["daily"]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (
            "CREATE FUNCTION analytics.f() RETURNS SETOF {version} LANGUAGE sql AS 'SELECT * FROM {version}'",
            "function analytics.f()",
        ),
        ("CREATE TABLE analytics.child () INHERITS ({version})", "table analytics.child"),
        ("CREATE VIEW analytics.direct AS SELECT 1 AS a FROM {version}", "view analytics.direct"),
        ("CREATE VIEW raw_data.gone AS SELECT 1 AS a FROM {version}", "view raw_data.gone"),
    ],
)
def test_a_version_that_something_depends_on_stays(gone: Database, statement: str, what: str) -> None:
    name = found(gone).versions[-1].name
    gone.admin(statement.format(version=f'summary_tables."{name}"'))
    done = drop(gone, found(gone))
    assert done.kept == (f"the version {name}: {what} depends on it",)
    assert (done.view, len(done.versions)) == (True, 2)
    assert name in gone.versions()


def test_names_are_whole_whatever_the_role_searches(gone: Database) -> None:
    gone.admin(
        f"ALTER ROLE {BUILDER} IN DATABASE {gone.name} SET search_path = analytics;"
        "CREATE VIEW analytics.look AS SELECT day FROM analytics.gone"
    )
    orphan = found(gone)
    assert orphan.dependents == ("view analytics.look",)
    assert drop(gone, orphan).kept == kept(orphan)


def test_indexes_and_statistics_go_along(gone: Database) -> None:
    name = found(gone).versions[-1].name
    gone.admin(
        f'CREATE INDEX ON summary_tables."{name}" (day); ALTER TABLE summary_tables."{name}" ADD PRIMARY KEY (day);'
        f'CREATE STATISTICS summary_tables.s ON day, n FROM summary_tables."{name}"'
    )
    assert drop(gone, found(gone)).kept == ()


def test_the_plain_table_that_stood_there_before_is_never_dropped(database: Database) -> None:
    database.admin(
        "CREATE TABLE analytics.gone AS SELECT 1 AS day, 1::bigint AS n; ALTER TABLE analytics.gone OWNER TO builder"
    )
    build_and_show(database, table=GONE)
    orphan = found(database)
    plain = orphan.versions[-1]
    assert (plain.migrated, plain.rows) == (True, None)
    done = drop(database, orphan)
    assert done.kept == (
        f"the version {plain.name}: it is the plain table that was analytics.gone before, "
        "and only a person may drop it",
    )
    assert database.versions() == {plain.name}
    assert done.log_rows == 0

    database.admin(f'DROP TABLE summary_tables."{plain.name}"')
    assert drop(database, found(database)) == Dropped(view=False, versions=(), log_rows=2, kept=())
    assert look(database).orphans == ()


def test_what_somebody_else_put_there_is_left_alone(gone: Database) -> None:
    gone.admin("DROP VIEW analytics.gone; CREATE TABLE analytics.gone AS SELECT 1 AS a")
    orphan = found(gone)
    assert (orphan.has_view, orphan.live.what) == (False, "a table")
    done = drop(gone, orphan)
    assert (done.view, len(done.versions), done.kept) == (False, 3, ())
    assert standing(gone) == ["daily", "gone"]


def test_what_was_built_since_somebody_looked_is_left_alone(gone: Database) -> None:
    orphan = found(gone)
    create(gone, table=GONE, number=4)
    with pytest.raises(WarehouseError) as caught:
        drop(gone, orphan)
    assert str(caught.value) == (
        "analytics.gone was built or published meanwhile: something still runs it. It was left alone."
    )
    assert len(found(gone).versions) == 4


def test_what_was_published_since_somebody_looked_is_left_alone(gone: Database) -> None:
    fourth = create(gone, table=GONE, number=4)
    orphan = found(gone)
    show(gone, fourth, GONE)
    with pytest.raises(WarehouseError, match=r"^analytics\.gone was built or published meanwhile"):
        drop(gone, orphan)
    assert "gone" in standing(gone)


def test_a_publish_that_is_under_way_is_not_overtaken(gone: Database) -> None:
    orphan = found(gone)
    with gone.connect() as publishing, publishing.transaction():
        publishing.execute(statements(WAREHOUSE.versions_schema).locks.lock_table("analytics", "gone").encode())
        with pytest.raises(WarehouseError, match=r"^A table was locked by somebody else"):
            drop(gone, orphan, lock_wait=AT_ONCE)
    assert found(gone) == orphan


def test_tables_that_only_look_like_versions_are_named_and_left(gone: Database) -> None:
    name = "gone__20261122T030405_f97565be1312"
    gone.admin(f'CREATE TABLE summary_tables."{name}" (a int); CREATE TABLE summary_tables.notes (a int)')
    assert look(gone).unlogged == (name,)
    drop(gone, found(gone))
    assert {name, "notes"} <= gone.versions()


def test_a_table_that_is_being_read_stays_whole(gone: Database) -> None:
    orphan = found(gone)
    with gone.connect(READER) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM analytics.gone")
        with pytest.raises(WarehouseError) as caught:
            drop(gone, orphan, lock_wait=AT_ONCE)
    assert str(caught.value) == "A table was locked by somebody else, and the wait for it was given up."
    assert found(gone) == orphan


def test_what_depends_on_it_only_now_is_no_cascade(gone: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalog is read a moment before the view is dropped."""
    orphan = found(gone)
    monkeypatch.setattr("summary_tables.warehouse.history.drop_orphan.orphan", lambda *_: orphan)
    gone.admin("CREATE VIEW analytics.look AS SELECT day FROM analytics.gone")
    with pytest.raises(WarehouseError) as caught:
        drop(gone, orphan)
    assert str(caught.value) == "Something has begun to depend on analytics.gone meanwhile. Look again."
    assert "look" in standing(gone)


def test_killed_at_every_change(gone: Database) -> None:
    """Either all of it stands, or nothing."""

    def prepare() -> Work:
        build_and_show(gone, table=GONE)
        orphan = found(gone)
        return lambda connection: drop_orphan(connection, WAREHOUSE, orphan)

    for _ in killed_at_every_change(gone, prepare):
        left = look(gone).orphans
        assert [orphan.has_view for orphan in left] in ([True], [])
        assert gone.value(f"SELECT count(*) FROM {TABLE.full_name}") == ROWS
    assert look(gone).orphans == ()


def test_a_role_that_does_not_own_it(gone: Database) -> None:
    gone.admin("GRANT USAGE ON SCHEMA summary_tables TO other; GRANT SELECT ON summary_tables.build_log TO other")
    orphan = found(gone)
    with pytest.raises(WarehouseError) as caught:
        drop(gone, orphan, role="other")
    assert str(caught.value) == "The role other does not own the view gone, and only its owner may do this."
    assert found(gone) == orphan


def test_a_blind_role_is_told_what_it_lacks(gone: Database) -> None:
    with gone.connect(READER) as connection, pytest.raises(WarehouseError, match=r"^The role reader may not look into"):
        leftovers(connection, WAREHOUSE, (), ())


def test_the_session_is_left_clean(gone: Database) -> None:
    with gone.connect() as connection:
        drop_orphan(connection, WAREHOUSE, found(gone))
        assert connection.execute("SHOW search_path").fetchone() == ('"$user", public',)
        assert connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE
