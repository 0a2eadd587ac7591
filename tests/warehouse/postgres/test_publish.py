"""Publishing changes what readers see, and nothing else."""

from datetime import timedelta

import pytest

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
    run,
    show,
    table_with,
)
from tests.warehouse.postgres.in_session import live_table, publish


def refusal(database: Database, query: str) -> str:
    """Why a build of `query` is not published."""
    build = create(database, query, number=2)
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    return str(caught.value)


def test_readers_see_the_build(database: Database) -> None:
    build = build_and_show(database)
    assert build.published_at is not None
    assert build.published_at >= build.started_at
    with database.connect(READER) as connection:
        assert connection.execute("SELECT count(*), sum(n) FROM analytics.daily").fetchone() == (ROWS, ROWS * 3)


def test_twice_is_once(database: Database) -> None:
    build = create(database)
    first = show(database, build)
    before = database.admin("SELECT xmin, * FROM pg_class WHERE relname = 'daily'")
    log = database.admin("SELECT xmin, * FROM summary_tables.build_log")

    assert show(database, build) == first
    assert database.admin("SELECT xmin, * FROM pg_class WHERE relname = 'daily'") == before
    assert database.admin("SELECT xmin, * FROM summary_tables.build_log") == log


def test_an_earlier_build_published_again_changes_nothing(database: Database) -> None:
    first = build_and_show(database)
    second = build_and_show(database, number=2)
    assert show(database, first) == first
    assert database.value("SELECT pg_get_viewdef('analytics.daily'::regclass)").count(second.version) == 1


def test_a_dropped_view_is_made_again(database: Database) -> None:
    build = build_and_show(database)
    database.admin("DROP VIEW analytics.daily")
    assert show(database, build) == build
    assert database.value("SELECT count(*) FROM analytics.daily") == ROWS


def test_an_older_build_never_replaces_a_newer_one(database: Database) -> None:
    older, newer = create(database), create(database, number=2)
    show(database, newer)
    with pytest.raises(WarehouseError) as caught:
        show(database, older)
    assert str(caught.value) == (
        f"A newer build of analytics.daily is live already: it began at {newer.started_at:%Y-%m-%d %H:%M:%S} UTC, "
        f"this one at {older.started_at:%Y-%m-%d %H:%M:%S} UTC. Nothing needs to be done."
    )


def test_an_unknown_build(database: Database) -> None:
    with database.connect() as connection, pytest.raises(WarehouseError) as caught:
        publish(connection, TABLE, WAREHOUSE, "daily__none")
    assert str(caught.value) == "There is no build daily__none of analytics.daily. Run the table again."


def test_the_build_of_another_table(database: Database) -> None:
    build = create(database)
    with pytest.raises(WarehouseError, match=r"^There is no build .* of analytics\.other\."):
        show(database, build, table_with(table="other"))


def test_a_build_that_was_dropped(database: Database) -> None:
    build = create(database)
    database.admin(f'DROP TABLE summary_tables."{build.version}"')
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    assert str(caught.value) == (
        "What this run built of analytics.daily has been dropped without having been published: it failed or waited "
        "for too long, and newer builds followed. To build it once more, clear `create` of this run in Airflow."
    )


def test_columns_keep_their_order_and_new_ones_come_last(database: Database) -> None:
    build_and_show(database, "SELECT 1 AS a, 2 AS b")
    build_and_show(database, "SELECT 0 AS first, 20 AS b, 5 AS middle, 10 AS a")
    with database.server.connect(database.name) as connection:
        cursor = connection.execute("SELECT * FROM analytics.daily")
        assert [column.name for column in cursor.description or ()] == ["a", "b", "first", "middle"]
        assert cursor.fetchall() == [(10, 20, 0, 5)]


def test_columns_that_do_not_fit(database: Database) -> None:
    live = build_and_show(database, "SELECT 1 AS a, 'x'::varchar(7) AS b, 1.5::numeric(5,2) AS c, 1 AS d")
    words = refusal(database, "SELECT 'x' AS a, 'x'::char(8) AS b, 1.5::numeric(5,3) AS c, 1 AS e")
    assert words == (
        'The new build does not fit the columns of analytics.daily: column "a" was integer and is now text; '
        'column "b" was character varying(7) and is now character(8); '
        'column "c" was numeric(5,2) and is now numeric(5,3); column "d" (integer) is missing. '
        'New in it: "e" (integer). '
        "Give the query the missing column again, under the same name and with the same type. Values are never cast to "
        "a type that does not hold all of them: correct the query if the change of type was a mistake. "
        "To change them for good, use a new table name, "
        "or drop analytics.daily in the warehouse once nobody reads it and run again."
    )
    assert live.version in database.value("SELECT pg_get_viewdef('analytics.daily'::regclass)")
    assert len(database.versions()) == 2


def test_a_collation_that_does_not_fit(database: Database) -> None:
    build_and_show(database, "SELECT 'x' AS a")
    words = refusal(database, """SELECT 'x' COLLATE "C" AS a""")
    assert 'column "a" was text and is now text COLLATE "C"' in words


def test_what_others_did_to_the_view_survives(database: Database) -> None:
    build_and_show(database)
    database.admin(
        "GRANT SELECT ON analytics.daily TO other;"
        "GRANT SELECT (day) ON analytics.daily TO pg_monitor WITH GRANT OPTION;"
        "COMMENT ON COLUMN analytics.daily.n IS 'events'; COMMENT ON VIEW analytics.daily IS 'by hand';"
        "ALTER VIEW analytics.daily SET (security_barrier = on);"
        "CREATE VIEW analytics.inner_view WITH (security_barrier) AS SELECT day, n FROM analytics.daily WHERE n > 0;"
        "CREATE VIEW analytics.outer_view AS SELECT max(day) AS last FROM analytics.inner_view;"
        "GRANT SELECT ON analytics.outer_view TO reader"
    )
    state = (
        "SELECT relname, relkind, relacl, reloptions, pg_get_userbyid(relowner), obj_description(c.oid, 'pg_class'), "
        "(SELECT array_agg((attname, attacl, col_description(c.oid, attnum)) ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = c.oid) "
        "FROM pg_class c WHERE relnamespace = 'analytics'::regnamespace ORDER BY relname"
    )
    before = database.admin(state)
    build_and_show(database, "SELECT day, count(*) AS n FROM raw_data.events WHERE day <= 10 GROUP BY day", number=2)

    assert database.admin(state) == before
    with database.connect(READER) as connection:
        assert connection.execute("SELECT last FROM analytics.outer_view").fetchone() == (10,)


def test_the_description_is_the_comment(database: Database) -> None:
    build_and_show(database, table=table_with(description="It's 100% \\ daily."))
    assert database.value("SELECT obj_description('analytics.daily'::regclass)") == "It's 100% \\ daily."


def test_an_owner_who_may_not_read_builds_would_lock_out_readers(database: Database) -> None:
    build_and_show(database)
    database.admin("ALTER VIEW analytics.daily OWNER TO other; GRANT other TO builder")
    build = create(database, number=2)
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    assert str(caught.value) == (
        "The view belongs to other, who may not read the builds. "
        'An administrator runs: GRANT USAGE ON SCHEMA "summary_tables" TO "other";'
    )
    database.admin("GRANT USAGE ON SCHEMA summary_tables TO other")
    show(database, build)
    with database.connect(READER) as connection:
        assert connection.execute("SELECT count(*) FROM analytics.daily").fetchone() == (ROWS,)
    assert database.value("SELECT viewowner FROM pg_views WHERE viewname = 'daily'") == "other"


def test_a_view_that_reads_with_its_readers_rights(database: Database) -> None:
    live = build_and_show(database)
    database.admin(
        "ALTER VIEW analytics.daily SET (security_invoker = on); GRANT USAGE ON SCHEMA summary_tables TO reader;"
        f'GRANT SELECT ON summary_tables."{live.version}" TO reader'
    )
    build_and_show(database, number=2)
    with database.connect(READER) as connection:
        assert connection.execute("SELECT count(*) FROM analytics.daily").fetchone() == (ROWS,)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE VIEW analytics.daily AS SELECT 1 AS day", "a view that was made by somebody else"),
        ("CREATE MATERIALIZED VIEW analytics.daily AS SELECT 1 AS day", "a materialized view"),
        ("CREATE SEQUENCE analytics.daily", "a sequence"),
        ("CREATE TYPE analytics.daily AS (day int)", "a composite type"),
        (
            "CREATE FOREIGN DATA WRAPPER f; CREATE SERVER s FOREIGN DATA WRAPPER f; "
            "CREATE FOREIGN TABLE analytics.daily (day int) SERVER s",
            "a foreign table",
        ),
        (
            "CREATE VIEW analytics.daily AS SELECT v.* FROM summary_tables.build_log v",
            "a view that was made by somebody else",
        ),
    ],
)
def test_what_is_not_ours_is_left_alone(database: Database, statement: str, what: str) -> None:
    build = create(database)
    database.admin(statement)
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    assert str(caught.value) == (
        f"analytics.daily is {what}; publishing would destroy it, so it was left alone. "
        "Rename or drop it in the warehouse, or give the summary table another name, and run again."
    )


def test_a_view_on_our_versions_made_by_hand_is_a_roll_back(database: Database) -> None:
    first = build_and_show(database)
    build_and_show(database, number=2)
    database.admin(f'CREATE OR REPLACE VIEW analytics.daily AS SELECT day, n FROM summary_tables."{first.version}"')
    third = build_and_show(database, number=3)
    assert third.version in database.value("SELECT pg_get_viewdef('analytics.daily'::regclass)")


def test_who_holds_the_lock_is_named(database: Database) -> None:
    build_and_show(database)
    build = create(database, number=2)
    with database.connect(READER) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM analytics.daily")
        with pytest.raises(WarehouseError) as caught:
            show(database, build, table_with(lock_timeout_minutes=0.001), snapshot_wait=AT_ONCE)
        assert str(caught.value) == (
            "analytics.daily was kept locked for longer than 0.001 minutes (`lock_timeout_minutes`) by "
            f"session {reader.info.backend_pid} of reader. "
            "The new build is kept: when that session has ended, run the publish task again."
        )
    assert show(database, build).published_at


def test_a_step_with_little_time_gives_up_before_it_is_stopped(database: Database) -> None:
    build_and_show(database)
    build = create(database, number=2)
    with database.connect(READER) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM analytics.daily")
        with pytest.raises(WarehouseError) as caught:
            show(database, build, table_with(timeout_minutes=0.0125))
        assert str(caught.value) == (
            "analytics.daily was kept locked for longer than 0.01 minutes (most of the 0.0125 minutes that the step "
            f"may take, `timeout_minutes`) by session {reader.info.backend_pid} of reader. "
            "The new build is kept: when that session has ended, run the publish task again."
        )


def test_the_session_is_left_clean(database: Database) -> None:
    build = create(database)
    with database.connect() as connection:
        publish(connection, TABLE, WAREHOUSE, build.version, snapshot_wait=timedelta(seconds=1))
        assert connection.execute("SHOW lock_timeout").fetchone() == ("0",)
        assert database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0
        assert connection.execute("SELECT current_user::text").fetchone() == (BUILDER,)


def test_a_warehouse_may_write_its_times_as_it_likes(database: Database) -> None:
    database.admin(f"ALTER DATABASE {database.name} SET DateStyle = 'SQL, DMY'")
    database.admin(f"ALTER DATABASE {database.name} SET TimeZone = 'America/New_York'")
    build = build_and_show(database)
    with database.connect() as connection:
        live = live_table(connection, TABLE, WAREHOUSE)
    assert live.build
    assert (live.build.run_at, live.build.started_at) == (run().run_at, build.started_at)
