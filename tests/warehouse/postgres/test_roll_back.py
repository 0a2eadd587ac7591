"""Rolling back shows readers an earlier version, with the promises of publishing."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from summary_tables.model.build import Build
from summary_tables.model.version import Version
from summary_tables.sql.dialects.postgres.dialect import statements
from summary_tables.warehouse.history.roll_back import RolledBack, roll_back
from summary_tables.warehouse.history.target import version_before
from summary_tables.warehouse.history.versions import versions_of_table
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import (
    AT_ONCE,
    BUILDER,
    OTHER,
    READER,
    ROWS,
    TABLE,
    WAREHOUSE,
    Database,
    build_and_show,
    create,
    show,
)


def days(count: int) -> str:
    """A query whose number of rows tells which build it is."""
    return f"SELECT day, count(*) AS n FROM raw_data.events WHERE day <= {count} GROUP BY day"


def back_to(database: Database, build: Build, role: str = BUILDER, **options: Any) -> RolledBack:
    with database.connect(role) as connection:
        return roll_back(connection, TABLE, WAREHOUSE, build.version, **options)


def versions(database: Database) -> tuple[Version, ...]:
    with database.connect() as connection:
        return versions_of_table(connection, TABLE, WAREHOUSE)


def back(database: Database) -> RolledBack:
    """As the command does where no run is named."""
    return back_to(database, version_before("analytics.daily", versions(database)).build)


def states(database: Database) -> list[str]:
    """Newest first."""
    return [version.state for version in versions(database)]


def rows_seen(database: Database) -> int:
    with database.connect(READER) as connection:
        (count,) = connection.execute("SELECT count(*) FROM analytics.daily").fetchone() or (0,)
    return int(count)


def refusal(database: Database, build: Build, **options: Any) -> str:
    with pytest.raises(WarehouseError) as caught:
        back_to(database, build, **options)
    return str(caught.value)


@pytest.fixture
def three(database: Database) -> list[Build]:
    """Builds of 1, 2 and 3 rows; the last one is live."""
    return [build_and_show(database, days(number), number=number) for number in (1, 2, 3)]


def test_readers_see_the_version_before(database: Database, three: list[Build]) -> None:
    assert back(database) == RolledBack(before=three[2], after=three[1])
    assert rows_seen(database) == 2
    assert states(database) == ["rolled back", "live", "published"]


def test_twice_is_once(database: Database, three: list[Build]) -> None:
    back(database)
    view = database.admin("SELECT xmin, * FROM pg_class WHERE relname = 'daily'")
    assert back(database) == RolledBack(before=three[1], after=three[1])
    assert back_to(database, three[1]) == RolledBack(before=three[1], after=three[1])
    assert database.admin("SELECT xmin, * FROM pg_class WHERE relname = 'daily'") == view
    assert database.value("SELECT count(*) FROM summary_tables.roll_back_log") == 1


def test_any_version_that_stands_and_forward_again(database: Database, three: list[Build]) -> None:
    back_to(database, three[0])
    assert (rows_seen(database), states(database)) == (1, ["rolled back", "rolled back", "live"])
    back_to(database, three[2])
    assert (rows_seen(database), states(database)) == (3, ["live", "published", "published"])


def test_who_and_when_are_remembered(database: Database, three: list[Build]) -> None:
    before = datetime.now(UTC)
    back(database)
    newest, live, _ = versions(database)
    assert newest.roll_back == live.roll_back
    assert live.roll_back
    assert (live.roll_back.role, live.roll_back.from_version, live.roll_back.to_version) == (
        BUILDER,
        three[2].version,
        three[1].version,
    )
    assert before <= live.roll_back.at <= datetime.now(UTC)


def test_who_logged_in_is_remembered_not_the_role_that_was_taken(database: Database, three: list[Build]) -> None:
    database.admin(f"GRANT {BUILDER} TO {OTHER}; ALTER ROLE {OTHER} SET role = {BUILDER}")
    try:
        back_to(database, three[1], role=OTHER)
    finally:
        database.admin(f"REVOKE {BUILDER} FROM {OTHER}; ALTER ROLE {OTHER} RESET role")
    assert database.value("SELECT rolled_back_by FROM summary_tables.roll_back_log") == OTHER


def test_the_next_publish_says_that_it_ends_a_roll_back(database: Database, three: list[Build]) -> None:
    assert three[2].replaced is None
    back(database)
    fourth = build_and_show(database, days(4), number=4)
    assert fourth.replaced
    assert (fourth.replaced.from_version, fourth.replaced.role) == (three[2].version, BUILDER)
    assert build_and_show(database, days(5), number=5).replaced is None
    assert rows_seen(database) == 5


def test_after_a_roll_back_what_was_wrong_is_passed_over(database: Database, three: list[Build]) -> None:
    back(database)
    build_and_show(database, days(4), number=4)
    assert back(database).after == three[1]
    assert rows_seen(database) == 2


def test_a_publish_that_is_tried_again_does_not_undo_it(database: Database, three: list[Build]) -> None:
    back(database)
    with pytest.raises(WarehouseError) as caught:
        show(database, three[2])
    at = versions(database)[0].roll_back
    assert at
    assert str(caught.value) == (
        f"This build of analytics.daily has been published, and builder rolled the table back from it at "
        f"{at.at:%Y-%m-%d %H:%M:%S} UTC; it stays rolled back. Run the table again, or undo the roll-back: "
        f"summary-tables rollback analytics.daily --to {three[2].version}"
    )
    assert not caught.value.may_pass
    assert rows_seen(database) == 2


def test_what_readers_see_is_never_dropped(database: Database, three: list[Build]) -> None:
    back_to(database, three[0])
    for number in range(4, 8):
        create(database, days(number), number=number)
    assert three[0].version in database.versions()
    assert rows_seen(database) == 1


@pytest.mark.usefixtures("three")
def test_rights_comments_and_views_of_others_survive(database: Database) -> None:
    database.admin(
        "GRANT SELECT ON analytics.daily TO other; COMMENT ON VIEW analytics.daily IS 'by hand';"
        "COMMENT ON COLUMN analytics.daily.n IS 'events'; ALTER VIEW analytics.daily SET (security_barrier = on);"
        "CREATE VIEW analytics.look AS SELECT max(day) AS last FROM analytics.daily"
    )
    state = (
        "SELECT relname, relacl, reloptions, pg_get_userbyid(relowner), obj_description(c.oid), "
        "col_description(c.oid, 2) FROM pg_class c WHERE relnamespace = 'analytics'::regnamespace ORDER BY relname"
    )
    before = database.admin(state)
    back(database)
    assert database.admin(state) == before
    assert database.value("SELECT last FROM analytics.look") == 2


def test_columns_that_a_view_cannot_lose_are_named(database: Database) -> None:
    first = build_and_show(database)
    build_and_show(
        database, "SELECT day, count(*) AS n, 'a'::varchar(5) AS kind FROM raw_data.events GROUP BY 1", number=2
    )
    assert refusal(database, first) == (
        "The build of 2026-11-01 03:00 UTC does not have the columns that readers of analytics.daily see now, and a "
        'view cannot lose any: column "kind" (character varying(5)) is missing. Nothing was changed. '
        "Roll back to a build that has them, or correct the query and run the table."
    )
    assert states(database) == ["live", "published"]


@pytest.mark.usefixtures("three")
def test_a_build_that_was_never_published(database: Database) -> None:
    unpublished = create(database, number=4)
    assert refusal(database, unpublished) == (
        f"The build {unpublished.version} of analytics.daily was never published, so it is not shown again."
    )


def test_a_build_that_was_dropped(database: Database, three: list[Build]) -> None:
    build_and_show(database, number=4)
    assert refusal(database, three[0]) == (
        f"The build {three[0].version} of analytics.daily has been dropped and cannot be shown again."
    )


def test_a_table_that_shows_no_build(database: Database, three: list[Build]) -> None:
    database.admin("DROP VIEW analytics.daily")
    assert refusal(database, three[0]) == (
        "analytics.daily does not exist: it shows no build of ours, so there is nothing to roll back. "
        "Nothing was changed."
    )
    database.admin("CREATE VIEW analytics.daily AS SELECT 1 AS day")
    assert refusal(database, three[0]) == (
        "analytics.daily is a view that was made by somebody else: it shows no build of ours, so there is nothing to "
        "roll back. Nothing was changed."
    )


def test_what_went_live_since_somebody_looked_is_left_alone(database: Database, three: list[Build]) -> None:
    build_and_show(database, days(4), number=4)
    assert refusal(database, three[1], replacing=three[2].version) == (
        "Meanwhile another build of analytics.daily went live: that of 2026-11-04 03:00 UTC. "
        "Nothing was changed. Look at it, and roll back again if it is wrong, too."
    )
    assert rows_seen(database) == 4


def test_what_went_live_since_may_be_what_is_wanted(database: Database, three: list[Build]) -> None:
    back(database)
    assert back_to(database, three[1], replacing=three[2].version) == RolledBack(before=three[1], after=three[1])


def test_a_publish_that_is_under_way_is_not_overtaken(database: Database, three: list[Build]) -> None:
    with database.connect() as publishing, publishing.transaction():
        publishing.execute(statements(WAREHOUSE.versions_schema).locks.lock_table("analytics", "daily").encode())
        assert refusal(database, three[0], lock_wait=AT_ONCE).startswith("analytics.daily was kept locked for too long")
    assert rows_seen(database) == 3


def test_transactions_that_would_see_the_version_empty_are_waited_for(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """They took their snapshot before it was filled, e.g. for a long report."""
    with database.connect(READER) as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT count(*) FROM pg_class")
        first, _ = (
            show(database, create(database, days(number), number=number), snapshot_wait=AT_ONCE) for number in (1, 2)
        )
        caplog.clear()
        with caplog.at_level(logging.INFO):
            back_to(database, first, snapshot_wait=AT_ONCE)
    assert caplog.messages == [f"Transactions that may see {first.version} empty until they end: 1."]


def test_who_holds_the_lock_is_named(database: Database, three: list[Build]) -> None:
    with database.connect(READER) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM analytics.daily")
        assert refusal(database, three[0], lock_wait=AT_ONCE, snapshot_wait=AT_ONCE) == (
            f"analytics.daily was kept locked for too long by session {reader.info.backend_pid} of reader. "
            "Nothing was changed: when that session has ended, roll back again."
        )


def test_a_role_that_does_not_own_the_view(database: Database, three: list[Build]) -> None:
    database.admin(
        "GRANT USAGE ON SCHEMA summary_tables TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA summary_tables TO reader"
    )
    with database.connect(READER) as connection, pytest.raises(WarehouseError) as caught:
        roll_back(connection, TABLE, WAREHOUSE, three[0].version)
    assert str(caught.value) == (
        "The view analytics.daily belongs to builder, and the role reader may not change it. "
        "Connect to the warehouse as builder. Nothing was changed."
    )


def test_an_administrator_leaves_a_log_that_the_builder_can_read(database: Database, three: list[Build]) -> None:
    with database.server.connect(database.name) as connection:
        roll_back(connection, TABLE, WAREHOUSE, three[1].version)
    assert database.value("SELECT tableowner FROM pg_tables WHERE tablename = 'roll_back_log'") == BUILDER
    assert build_and_show(database, number=4).replaced
    assert database.value("SELECT viewowner FROM pg_views WHERE viewname = 'daily'") == BUILDER


def test_back_to_the_plain_table_that_stood_there_before(database: Database) -> None:
    database.admin(
        "CREATE TABLE analytics.daily AS SELECT day, 0::bigint AS n FROM generate_series(1, 9) day;"
        "ALTER TABLE analytics.daily OWNER TO builder"
    )
    build = build_and_show(database)
    assert states(database) == ["live", "before"]
    back(database)
    assert (rows_seen(database), states(database)) == (9, ["rolled back", "live"])
    assert build_and_show(database, number=2).rows == ROWS == build.rows


@pytest.mark.usefixtures("three")
def test_a_role_that_may_not_see_the_log_is_told_how(database: Database) -> None:
    with database.connect(READER) as connection, pytest.raises(WarehouseError) as caught:
        versions_of_table(connection, TABLE, WAREHOUSE)
    assert str(caught.value) == (
        'The role reader may not look into the schema "summary_tables". An administrator runs: '
        'GRANT USAGE ON SCHEMA "summary_tables" TO "reader"; '
        'GRANT SELECT ON "summary_tables"."build_log" TO "reader";'
    )
