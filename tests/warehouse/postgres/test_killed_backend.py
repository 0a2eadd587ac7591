"""`kill -9` of the backend at every change: readers have the complete old or the complete new table, always."""

from contextlib import suppress
from itertools import count

import pytest

from summary_tables.model.build import Build
from summary_tables.model.table import Index
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import (
    QUERY,
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
from tests.warehouse.postgres.first_days import first_days, rows_seen
from tests.warehouse.postgres.fragile import CutConnection, FragileCursor, Work, fragile, killed_at_every_change
from tests.warehouse.postgres.in_session import create_version, publish

_NEW_ROWS = 7
_NEW = "SELECT day, count(*) AS n FROM raw_data.events WHERE day <= 7 GROUP BY day"
_CAREFUL = "SELECT day, raw_data.own() AS n FROM raw_data.events WHERE day <= 7 GROUP BY day"
_TABLE = table_with(indexes=(Index(columns=("day",)),), description="Events per day.")


def assert_nothing_is_left_over(database: Database, kept: int) -> None:
    """After a run that got through: the published versions, all of them in the log, and no lock or temporary table."""
    versions = database.versions()
    assert len(versions) <= kept
    logged = database.admin("SELECT version_name FROM summary_tables.build_log")
    assert versions <= {name for (name,) in logged}
    assert database.value("SELECT count(*) FROM pg_class WHERE relname LIKE 'summary_tables\\_%'") == 0


@pytest.mark.parametrize("query", [_NEW, _CAREFUL])
def test_create(database: Database, query: str) -> None:
    database.admin("CREATE FUNCTION raw_data.own() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'")
    build_and_show(database, QUERY, _TABLE)

    def prepare() -> Work:
        return lambda connection: create_version(connection, _TABLE, WAREHOUSE, run(2), query)

    for _ in killed_at_every_change(database, prepare):
        assert rows_seen(database) == ROWS
    build_and_show(database, QUERY, _TABLE)
    assert_nothing_is_left_over(database, kept=2)


def test_the_first_create_of_all(database: Database) -> None:
    database.admin(f"GRANT CREATE ON DATABASE {database.name} TO builder")

    def prepare() -> Work:
        database.admin("DROP SCHEMA summary_tables CASCADE")
        return lambda connection: create_version(connection, TABLE, WAREHOUSE, run(), QUERY)

    for _ in killed_at_every_change(database, prepare):
        assert create(database).rows == ROWS


def test_publish(database: Database) -> None:
    """Every kill is followed by a try that gets through."""
    shown = [build_and_show(database, first_days(days), _TABLE) for days in (1, 2, 3)]

    def prepare() -> Work:
        shown.append(create(database, first_days(len(shown) + 1), _TABLE))
        return lambda connection: publish(connection, _TABLE, WAREHOUSE, shown[-1].version)

    seen = set()
    for _ in killed_at_every_change(database, prepare):
        rows = rows_seen(database)
        seen.add(rows - len(shown))
        show(database, shown[-1], _TABLE)
        assert rows_seen(database) == len(shown)
        assert_nothing_is_left_over(database, kept=3)
    assert seen == {-1, 0}


def test_publish_whose_line_is_cut(database: Database) -> None:
    """At whichever statement, also one that only reads, no other error comes of it than one in words."""
    shown = [build_and_show(database, first_days(1), _TABLE)]
    for fatal in count(1):
        with database.connect_as(CutConnection, cursor_factory=FragileCursor) as connection:
            connection.fatal = fatal
            build = create(database, first_days(len(shown) + 1), _TABLE)
            with suppress(WarehouseError):
                publish(connection, _TABLE, WAREHOUSE, build.version)
            if connection.statements < fatal:
                break
        assert rows_seen(database) in (len(shown), len(shown) + 1)
        if rows_seen(database) > len(shown):
            shown.append(build)
    assert fatal > 40


def test_migration(database: Database) -> None:
    shown: list[Build] = []

    def prepare() -> Work:
        database.admin(
            "DROP SCHEMA analytics CASCADE; CREATE SCHEMA analytics AUTHORIZATION builder;"
            "GRANT USAGE ON SCHEMA analytics TO reader;"
            "CREATE TABLE analytics.daily AS SELECT day, count(*) AS n FROM raw_data.events GROUP BY day;"
            "ALTER TABLE analytics.daily OWNER TO builder; GRANT SELECT ON analytics.daily TO reader;"
            "COMMENT ON COLUMN analytics.daily.n IS 'events';"
            "CREATE VIEW analytics.look AS SELECT count(*) AS n FROM analytics.daily;"
            "ALTER VIEW analytics.look OWNER TO builder"
        )
        shown.append(create(database, _NEW))
        return lambda connection: publish(connection, TABLE, WAREHOUSE, shown[-1].version)

    seen = set()
    for _ in killed_at_every_change(database, prepare):
        seen.add(rows_seen(database))
        rows = database.admin("SELECT n, col_description('analytics.daily'::regclass, 2) FROM analytics.look")
        assert rows == [(rows_seen(database), "events")]
        show(database, shown[-1])
        assert rows_seen(database) == database.value("SELECT n FROM analytics.look") == _NEW_ROWS
    assert seen == {ROWS, _NEW_ROWS}


def test_a_lost_reply_to_commit(database: Database) -> None:
    build = create(database)
    with fragile(database) as connection:
        connection.cut_at_commit = True
        with pytest.raises(WarehouseError, match=r"^The connection to the warehouse was lost\.$"):
            publish(connection, TABLE, WAREHOUSE, build.version)
    published_at = database.value("SELECT published_at FROM summary_tables.build_log")
    assert rows_seen(database) == ROWS
    with database.connect() as connection:
        assert publish(connection, TABLE, WAREHOUSE, build.version).published_at == published_at

    with fragile(database) as connection:
        connection.cut_at_commit = True
        with pytest.raises(WarehouseError, match=r"^The connection to the warehouse was lost\.$"):
            create_version(connection, TABLE, WAREHOUSE, run(2), QUERY)
    assert len(database.versions()) == 2
    third = build_and_show(database, number=2)
    assert database.versions() == {build.version, third.version}
