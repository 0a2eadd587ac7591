"""A plain table becomes a published view: everything that people hung on it goes over, or nothing changes."""

import pytest

from summary_tables.model.table import Grants
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import QUERY, READER, ROWS, Database, build_and_show, create, show, table_with

_PLAIN = """
CREATE TABLE analytics.daily AS SELECT day, count(*) AS n FROM raw_data.events WHERE day <= 7 GROUP BY day;
"""
_OURS = "ALTER TABLE analytics.daily OWNER TO builder;"

_HUNG_ON_IT = """
ALTER TABLE analytics.daily ADD PRIMARY KEY (day);
CREATE INDEX by_n ON analytics.daily (n);
CREATE SEQUENCE analytics.daily_numbers OWNED BY analytics.daily.n;
CREATE STATISTICS analytics.daily_both ON day, n FROM analytics.daily;
ALTER TABLE analytics.daily ADD CONSTRAINT positive CHECK (n > 0);
GRANT SELECT ON analytics.daily TO PUBLIC;
GRANT SELECT, INSERT ON analytics.daily TO other WITH GRANT OPTION;
GRANT SELECT (day), UPDATE (day) ON analytics.daily TO pg_monitor WITH GRANT OPTION;
GRANT REFERENCES (n) ON analytics.daily TO PUBLIC;
COMMENT ON TABLE analytics.daily IS 'It''s "daily" \\';
COMMENT ON COLUMN analytics.daily.n IS 'events';
CREATE VIEW analytics.inner_view WITH (security_barrier) AS
    SELECT d.day, d.n, raw.event FROM analytics.daily d JOIN raw_data.events raw USING (day) WHERE d.n > 0;
CREATE VIEW analytics.simple_view WITH (security_barrier, check_option = local) AS SELECT * FROM analytics.daily;
CREATE VIEW analytics.outer_view AS SELECT max(i.day) AS last FROM analytics.inner_view i, analytics.daily;
CREATE VIEW analytics.no_column AS SELECT FROM analytics.daily;
GRANT SELECT ON analytics.outer_view TO reader;
COMMENT ON VIEW analytics.inner_view IS 'inner';
"""

_STATE = (
    "SELECT relname, (SELECT array_agg(right_::text ORDER BY right_::text) FROM unnest(relacl) right_), "
    "obj_description(c.oid, 'pg_class'), "
    "(SELECT array_agg((attname, attacl, col_description(c.oid, attnum))::text ORDER BY attnum) FROM pg_attribute "
    "WHERE attrelid = c.oid AND attnum > 0) "
    "FROM pg_class c WHERE oid = 'analytics.daily'::regclass"
)
_VIEWS = (
    "SELECT relname, pg_get_viewdef(oid), reloptions, relacl, relowner, obj_description(oid, 'pg_class')"
    " FROM pg_class WHERE relnamespace = 'analytics'::regnamespace AND relkind = 'v' AND relname <> 'daily' ORDER BY 1"
)
_TABLE = table_with(grants=Grants())


def own_everything(database: Database) -> None:
    views = database.admin("SELECT viewname FROM pg_views WHERE schemaname = 'analytics'")
    for (view,) in views:
        database.admin(f"ALTER VIEW analytics.{view} OWNER TO builder")


def plain(database: Database, more: str = "") -> None:
    database.admin(_PLAIN + more + _OURS)
    own_everything(database)


def test_everything_goes_over(database: Database) -> None:
    plain(database, _HUNG_ON_IT)
    table, views = database.admin(_STATE), database.admin(_VIEWS)

    build = build_and_show(database, table=_TABLE)

    assert database.admin(_STATE) == table
    assert database.admin(_VIEWS) == views
    assert database.value("SELECT relkind FROM pg_class WHERE oid = 'analytics.daily'::regclass") == "v"
    assert database.value("SELECT count(*) FROM analytics.daily") == ROWS
    with database.connect(READER) as connection:
        assert connection.execute("SELECT last FROM analytics.outer_view").fetchone() == (ROWS,)
    assert len(database.versions()) == 2
    assert build.version in database.versions()


def test_the_old_table_is_kept_for_good(database: Database) -> None:
    plain(database, _HUNG_ON_IT)
    for number in range(1, 6):
        build_and_show(database, table=_TABLE, number=number)

    migrated = database.value("SELECT version_name FROM summary_tables.build_log WHERE origin = 'migrated'")
    assert len(database.versions()) == 4
    assert database.value(f'SELECT count(*) FROM summary_tables."{migrated}"') == 7
    assert database.value(f"SELECT count(*) FROM pg_indexes WHERE tablename = '{migrated}'") == 2
    log = database.admin("SELECT table_name, run_id, row_count, column_names FROM summary_tables.build_log LIMIT 2")
    assert ("daily", "", None, '["day", "n"]') in log


def test_the_old_table_can_be_put_back_by_hand(database: Database) -> None:
    plain(database)
    build_and_show(database, table=_TABLE)
    migrated = database.value("SELECT version_name FROM summary_tables.build_log WHERE origin = 'migrated'")
    database.admin(f'CREATE OR REPLACE VIEW analytics.daily AS SELECT day, n FROM summary_tables."{migrated}"')
    build_and_show(database, table=_TABLE, number=2)
    assert database.value("SELECT count(*) FROM analytics.daily") == ROWS


def test_a_partitioned_table(database: Database) -> None:
    database.admin(
        "CREATE TABLE analytics.daily (day int, n bigint) PARTITION BY RANGE (day);"
        "CREATE TABLE analytics.daily_low PARTITION OF analytics.daily FOR VALUES FROM (0) TO (100);"
        "ALTER TABLE analytics.daily OWNER TO builder"
    )
    build_and_show(database, table=_TABLE)
    assert database.value("SELECT count(*) FROM analytics.daily") == ROWS


def test_names_that_need_quotes(database: Database) -> None:
    database.admin(
        'CREATE SCHEMA "My Marts" AUTHORIZATION builder;'
        'CREATE TABLE "My Marts"."My ""Table" ("Da y" int, "n%" bigint);'
        'ALTER TABLE "My Marts"."My ""Table" OWNER TO builder;'
        'GRANT SELECT ("Da y") ON "My Marts"."My ""Table" TO other;'
        'COMMENT ON COLUMN "My Marts"."My ""Table"."n%" IS \'x\';'
        'CREATE VIEW "My Marts"."A view" AS SELECT "Da y" FROM "My Marts"."My ""Table";'
        'ALTER VIEW "My Marts"."A view" OWNER TO builder'
    )
    table = table_with(schema="My Marts", table='My "Table')
    build_and_show(database, 'SELECT day AS "Da y", count(*) AS "n%" FROM raw_data.events GROUP BY 1', table)
    assert database.value('SELECT count(*) FROM "My Marts"."A view"') == ROWS


OBSTACLES = {
    "CREATE MATERIALIZED VIEW analytics.stored AS SELECT * FROM analytics.daily": "materialized view analytics.stored",
    "ALTER TABLE analytics.daily ADD UNIQUE (day); "
    "CREATE TABLE analytics.child (day int REFERENCES analytics.daily (day))": (
        "constraint child_day_fkey on table analytics.child"
    ),
    "CREATE FUNCTION analytics.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; "
    "CREATE TRIGGER watch BEFORE INSERT ON analytics.daily FOR EACH ROW EXECUTE FUNCTION analytics.f()": (
        "trigger watch on table analytics.daily"
    ),
    "ALTER TABLE analytics.daily ENABLE ROW LEVEL SECURITY": "row level security on table analytics.daily",
    "CREATE POLICY own ON analytics.daily USING (true)": "policy own on table analytics.daily",
    "CREATE RULE nothing AS ON DELETE TO analytics.daily DO INSTEAD NOTHING": "rule nothing on table analytics.daily",
    "CREATE FUNCTION analytics.reads() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM analytics.daily; END": (
        "function analytics.reads()"
    ),
    "CREATE FUNCTION analytics.takes(analytics.daily) RETURNS int LANGUAGE sql AS 'SELECT 1'": (
        "function analytics.takes(analytics.daily)"
    ),
    "CREATE TABLE analytics.holds (row_of_it analytics.daily[])": "column row_of_it of table analytics.holds",
    "CREATE TABLE analytics.child () INHERITS (analytics.daily)": "table analytics.child",
    "CREATE PUBLICATION all_of_it FOR TABLE analytics.daily": (
        "publication of table analytics.daily in publication all_of_it"
    ),
    "CREATE INDEX taken ON analytics.daily (n); CREATE TABLE summary_tables.taken ()": (
        "the name of its index taken, which is taken in the schema summary_tables"
    ),
    "CREATE SEQUENCE analytics.taken; ALTER SEQUENCE analytics.taken OWNER TO builder; "
    "ALTER SEQUENCE analytics.taken OWNED BY analytics.daily.n; CREATE TABLE summary_tables.taken ()": (
        "the name of its sequence taken, which is taken in the schema summary_tables"
    ),
    "CREATE VIEW analytics.foreign_view AS SELECT 1 AS a FROM analytics.daily; "
    "ALTER VIEW analytics.foreign_view OWNER TO other": ("view analytics.foreign_view, which belongs to other"),
}


def snapshot(database: Database) -> list[tuple[object, ...]]:
    return database.admin(
        "SELECT oid, relname, relnamespace, relkind, relacl::text, reloptions FROM pg_class "
        "WHERE relnamespace IN ('analytics'::regnamespace, 'summary_tables'::regnamespace) ORDER BY oid"
    )


@pytest.mark.parametrize("statements", OBSTACLES)
def test_what_cannot_go_over_is_named_and_nothing_is_changed(database: Database, statements: str) -> None:
    plain(database, _HUNG_ON_IT)
    database.admin(statements)
    build = create(database)
    before = snapshot(database)
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    assert str(caught.value) == (
        "analytics.daily is a plain table, and it cannot be made a published view because of: "
        f"{OBSTACLES[statements]}. Nothing was changed. Drop or move these and run again, "
        "or give the summary table another name."
    )
    assert snapshot(database) == before


def test_a_partition_of_another_table(database: Database) -> None:
    database.admin(
        "CREATE TABLE analytics.whole (day int, n bigint) PARTITION BY LIST (day);"
        "CREATE TABLE analytics.daily PARTITION OF analytics.whole DEFAULT;"
        "ALTER TABLE analytics.daily OWNER TO builder"
    )
    build = create(database)
    with pytest.raises(WarehouseError, match=r"because of: its being a part of table analytics\.whole\."):
        show(database, build)


def test_several_obstacles_are_named_at_once(database: Database) -> None:
    plain(database)
    database.admin("CREATE MATERIALIZED VIEW analytics.m AS TABLE analytics.daily; CREATE POLICY p ON analytics.daily")
    build = create(database)
    with pytest.raises(
        WarehouseError, match=r"of: materialized view analytics\.m; policy p on table analytics\.daily\."
    ):
        show(database, build)


def test_the_table_of_another_owner(database: Database) -> None:
    plain(database)
    database.admin("ALTER TABLE analytics.daily OWNER TO other")
    build = create(database)
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    assert str(caught.value) == (
        "analytics.daily is a plain table that belongs to other, so the role builder may not put the published view "
        'in its place. An administrator runs: ALTER TABLE "analytics"."daily" OWNER TO "builder";'
    )


def test_all_that_is_missing_is_named_at_once(database: Database) -> None:
    plain(database)
    build = create(database)
    database.admin(
        "ALTER TABLE analytics.daily OWNER TO other;"
        "CREATE MATERIALIZED VIEW analytics.m AS TABLE analytics.daily;"
        "CREATE VIEW analytics.theirs AS SELECT day FROM analytics.daily; ALTER VIEW analytics.theirs OWNER TO other"
    )
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    assert str(caught.value) == (
        "analytics.daily is a plain table that belongs to other, so the role builder may not put the published view "
        'in its place. An administrator runs: ALTER TABLE "analytics"."daily" OWNER TO "builder"; '
        "Besides, it cannot be made a published view because of: materialized view analytics.m; view "
        "analytics.theirs, which belongs to other. Nothing was changed. "
        "Drop or move these and run again, or give the summary table another name."
    )
    database.admin(
        'ALTER TABLE "analytics"."daily" OWNER TO "builder";'
        "DROP MATERIALIZED VIEW analytics.m; DROP VIEW analytics.theirs"
    )
    show(database, build)


def test_a_view_that_needs_the_primary_key(database: Database) -> None:
    plain(database, "ALTER TABLE analytics.daily ADD PRIMARY KEY (day);")
    database.admin(
        "CREATE VIEW analytics.grouped AS SELECT day, n FROM analytics.daily GROUP BY day;"
        "ALTER VIEW analytics.grouped OWNER TO builder"
    )
    build = create(database)
    before = snapshot(database)
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    assert str(caught.value) == (
        "The view analytics.grouped reads the table and cannot read a published view in its place: The warehouse says: "
        'column "daily.n" must appear in the GROUP BY clause or be used in an aggregate function. '
        "Nothing was changed. Change or drop that view and run again."
    )
    assert snapshot(database) == before


def test_columns_that_do_not_fit(database: Database) -> None:
    plain(database)
    build = create(database, "SELECT day FROM raw_data.events")
    before = snapshot(database)
    with pytest.raises(WarehouseError, match=r'does not fit .*: column "n" \(bigint\) is missing\.'):
        show(database, build)
    assert snapshot(database) == before


def test_declared_grants_come_on_top(database: Database) -> None:
    plain(database, "GRANT SELECT ON analytics.daily TO other;")
    build_and_show(database, QUERY)
    assert database.grants_to_others("daily") == ["other=r/builder", "reader=r/builder"]
