"""Columns that get wider: readers, their rights and their views stay, and no value changes."""

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from functools import wraps
from itertools import count, groupby
from typing import Any

import psycopg
import pytest

from summary_tables.model.build import Build
from summary_tables.model.table import Attributes, SummaryTable
from summary_tables.sql.dialects.postgres.wider_type import holds, is_stored_alike
from summary_tables.warehouse.history.roll_back import roll_back
from summary_tables.warehouse.increments.widen_base import take_place, widen
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import (
    AT_ONCE,
    BUILDER,
    OTHER,
    READER,
    TABLE,
    WAREHOUSE,
    Database,
    build_and_show,
    create,
    show,
)
from tests.warehouse.postgres.fragile import FragileConnection, FragileCursor
from tests.warehouse.postgres.in_session import publish
from tests.warehouse.postgres.increments import STRATEGIES, build_day, day_run, growing, run_day, seen
from tests.warehouse.postgres.reader_threads import count as readers_count
from tests.warehouse.postgres.reader_threads import hammering, nested_view, old_snapshot, with_views

NARROW = "SELECT 7 AS id, 'iOS'::varchar(8) AS platform, 2::int AS amount"
WIDE = "SELECT 3000000000 AS id, 'Android tablet'::varchar(16) AS platform, 2::bigint AS amount"
_MADE_BY_OTHER = f"SET ROLE {OTHER}; "


def with_readers_views(database: Database) -> None:
    """A chain of three views of two owners, with all that a view can have."""
    database.admin(
        f"GRANT {OTHER} TO {BUILDER};"
        "GRANT SELECT, UPDATE ON analytics.daily TO pg_read_all_settings WITH GRANT OPTION;"
        "GRANT SELECT (id), REFERENCES (platform) ON analytics.daily TO pg_monitor WITH GRANT OPTION;"
        f"GRANT SELECT ON analytics.daily TO {OTHER}, PUBLIC;"
        "COMMENT ON VIEW analytics.daily IS 'It''s theirs'; COMMENT ON COLUMN analytics.daily.id IS 'an id';"
        "ALTER VIEW analytics.daily SET (security_barrier = true);"
        f"{_MADE_BY_OTHER}"
        "CREATE VIEW analytics.first AS SELECT id, platform AS where_from FROM analytics.daily WHERE platform <> 'no';"
        "CREATE VIEW analytics.second WITH (security_invoker = true) AS "
        "SELECT id, where_from, id + 1 AS next FROM analytics.first;"
        f"GRANT SELECT ON analytics.first TO {BUILDER}; GRANT SELECT (id, where_from) ON analytics.second TO {BUILDER};"
        "GRANT SELECT (next) ON analytics.second TO PUBLIC; COMMENT ON COLUMN analytics.second.next IS 'and one';"
        f"SET ROLE {BUILDER};"
        "CREATE VIEW analytics.third WITH (check_option = local) AS "
        "SELECT id, where_from FROM analytics.second WHERE id > 0;"
        "CREATE VIEW analytics.both AS SELECT t.where_from, d.amount FROM analytics.third t JOIN analytics.daily d "
        "USING (id);"
        f"GRANT SELECT ON analytics.third TO {READER} WITH GRANT OPTION; RESET ROLE;"
        # What is created from now on would be given to everybody.
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {BUILDER} GRANT ALL ON TABLES TO PUBLIC"
    )


_BELONGINGS = """
SELECT c.relname, pg_get_userbyid(c.relowner), c.reloptions::text, obj_description(c.oid, 'pg_class'),
    (SELECT array_agg(a::text ORDER BY a::text)
        FROM unnest(COALESCE(c.relacl, acldefault('r', c.relowner))) a)::text,
    (SELECT array_agg(concat_ws(' ', attname, attacl, col_description(c.oid, attnum)) ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0)::text
FROM pg_class c WHERE relnamespace = 'analytics'::regnamespace AND relkind = 'v' ORDER BY 1"""


def types(database: Database, view: str = "daily") -> list[str]:
    rows = database.admin(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute "
        f"WHERE attrelid = 'analytics.{view}'::regclass AND attnum > 0 ORDER BY attnum"
    )
    return [name for (name,) in rows]


def definitions(database: Database) -> list[tuple[object, ...]]:
    return database.admin(
        "SELECT viewname, definition FROM pg_views WHERE schemaname = 'analytics' AND viewname <> 'daily' ORDER BY 1"
    )


def test_a_source_that_gets_wider(database: Database) -> None:
    """A whole table and one that grows, without a word in their files."""
    database.admin(
        "CREATE TABLE raw_data.users (id int, platform varchar(8), amount int);"
        "INSERT INTO raw_data.users VALUES (1, 'iOS', 5); GRANT SELECT ON raw_data.users TO builder"
    )
    tables = replace(TABLE, table="users_summary"), growing("merge", "users_growing", key="id")
    query = "SELECT id, platform, amount FROM raw_data.users"
    for table in tables:
        run_day(database, table, day_run(1), query)
    database.admin(
        "ALTER TABLE raw_data.users ALTER id TYPE bigint, ALTER platform TYPE varchar(16), ALTER amount TYPE bigint;"
        "INSERT INTO raw_data.users VALUES (3000000000, 'Android tablet', 6000000000)"
    )
    for table in tables:
        run_day(database, table, day_run(2), query)
        rows = [(1, "iOS", 5), (3000000000, "Android tablet", 6000000000)]
        assert seen(database, "id, platform, amount", table.table) == rows
        assert types(database, table.table) == ["bigint", "character varying(16)", "bigint"]


def test_all_that_readers_hung_on_the_view_stays(any_database: Database, caplog: pytest.LogCaptureFixture) -> None:
    build_and_show(any_database, NARROW)
    with_readers_views(any_database)
    before, defined = any_database.admin(_BELONGINGS), definitions(any_database)
    with caplog.at_level("INFO", logger="summary_tables"):
        build_and_show(any_database, WIDE, number=2)
    assert any_database.admin(_BELONGINGS) == before
    assert definitions(any_database) == defined
    assert types(any_database) == ["bigint", "character varying(16)", "bigint"]
    assert types(any_database, "third") == ["bigint", "character varying(16)"]
    assert any_database.admin("SELECT * FROM analytics.third") == [(3000000000, "Android tablet")]
    assert any_database.admin("SELECT * FROM analytics.both") == [("Android tablet", 2)]
    assert [record.getMessage() for record in caplog.records if "wider" in record.getMessage()] == [
        'analytics.daily has wider columns now: "id" from integer to bigint, "platform" from varchar(8) to '
        'varchar(16), "amount" from integer to bigint. The views that read it were created again: analytics.first, '
        "analytics.second, analytics.third, analytics.both."
    ]


def refusal(database: Database, build: Build) -> str:
    before = database.value("SELECT count(*) FROM analytics.daily"), database.admin(_BELONGINGS)
    with pytest.raises(WarehouseError) as caught:
        show(database, build)
    assert (database.value("SELECT count(*) FROM analytics.daily"), database.admin(_BELONGINGS)) == before
    return str(caught.value)


def test_what_our_role_cannot_create_again_is_named_and_its_owner_can_do_what_is_said(database: Database) -> None:
    build_and_show(database, NARROW)
    database.admin(
        f"GRANT SELECT ON analytics.daily TO {OTHER}; {_MADE_BY_OTHER}"
        "CREATE VIEW analytics.theirs AS SELECT id FROM analytics.daily;"
        f"GRANT SELECT ON analytics.theirs TO {BUILDER}; SET ROLE {BUILDER};"
        "CREATE VIEW analytics.ours AS SELECT id FROM analytics.theirs;"
        "CREATE VIEW analytics.free AS SELECT id FROM analytics.daily;"
        f"{_MADE_BY_OTHER}CREATE MATERIALIZED VIEW analytics.kept AS SELECT id FROM analytics.daily;"
        "CREATE FUNCTION analytics.ids() RETURNS SETOF analytics.daily LANGUAGE sql AS 'SELECT * FROM analytics.daily'"
    )
    wider = create(database, WIDE, number=2)
    assert refusal(database, wider) == (
        'analytics.daily cannot get its wider columns ("id" from integer to bigint, "platform" from varchar(8) to '
        'varchar(16), "amount" from integer to bigint) because of: function analytics.ids(), which belongs to other; '
        "view analytics.ours, which belongs to builder; materialized view analytics.kept, which belongs to other; "
        "view analytics.theirs, which belongs to other. The role builder cannot create these again. Nothing was "
        "changed. Their owners drop them, in this order; then the publish task runs again; then they are created "
        "again, on the wider columns."
    )
    database.admin(
        f"{_MADE_BY_OTHER} DROP FUNCTION analytics.ids(); SET ROLE {BUILDER}; DROP VIEW analytics.ours;"
        f"{_MADE_BY_OTHER} DROP MATERIALIZED VIEW analytics.kept; DROP VIEW analytics.theirs"
    )
    show(database, wider)
    database.admin(f"{_MADE_BY_OTHER} CREATE MATERIALIZED VIEW analytics.kept AS SELECT id FROM analytics.daily")
    assert types(database, "free") == types(database, "kept") == ["bigint"]


def test_a_rule_a_trigger_a_default_and_a_temporary_view(database: Database) -> None:
    build_and_show(database, NARROW)
    database.admin(
        "CREATE RULE quiet AS ON INSERT TO analytics.daily DO INSTEAD NOTHING;"
        "CREATE FUNCTION analytics.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
        "CREATE TRIGGER never INSTEAD OF DELETE ON analytics.daily FOR EACH ROW EXECUTE FUNCTION analytics.f();"
        "ALTER VIEW analytics.daily ALTER COLUMN id SET DEFAULT 1"
    )
    wider = create(database, WIDE, number=2)
    with database.connect(READER) as reader:
        reader.execute("CREATE TEMPORARY VIEW mine AS SELECT id FROM analytics.daily")
        words = refusal(database, wider)
    assert (
        "because of: default value for column id of view analytics.daily, which belongs to builder; rule quiet on view "
        "analytics.daily, which belongs to builder; trigger never on view analytics.daily, which belongs to builder; "
        "view pg_temp_"
    ) in words
    database.admin(
        "ALTER VIEW analytics.daily ALTER COLUMN id DROP DEFAULT; DROP RULE quiet ON analytics.daily;"
        "DROP TRIGGER never ON analytics.daily"
    )
    show(database, wider)


def test_a_view_that_cannot_read_the_wider_columns(database: Database) -> None:
    build_and_show(database, NARROW)
    database.admin(
        "CREATE FUNCTION analytics.twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1';"
        f"SET ROLE {BUILDER}; CREATE VIEW analytics.doubled AS SELECT analytics.twice(id) AS id FROM analytics.daily"
    )
    wider = create(database, WIDE, number=2)
    assert refusal(database, wider) == (
        'analytics.daily cannot get its wider columns ("id" from integer to bigint, "platform" from varchar(8) to '
        'varchar(16), "amount" from integer to bigint) because of: view analytics.doubled, which belongs to builder. '
        "It could not be created again on them: There is no function analytics.twice(bigint) in the warehouse. Nothing "
        "was changed. Its owner drops it, and first what reads it; then the publish task runs again; then it is "
        "created again, on the wider columns."
    )
    database.admin("DROP VIEW analytics.doubled")
    show(database, wider)


def test_whole_numbers_that_get_fractions_are_told(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    build_and_show(database, "SELECT 3::bigint AS n")
    with caplog.at_level("INFO", logger="summary_tables"):
        build_and_show(database, "SELECT 3::numeric AS n", number=2)
    assert 'Where a query divides "n", the result is no longer cut to a whole number.' in caplog.text


def test_narrower_builds_and_roll_backs_keep_the_wider_columns(database: Database) -> None:
    narrow = build_and_show(database, NARROW)
    build_and_show(database, WIDE, number=2)
    database.admin(f"SET ROLE {OTHER}; CREATE VIEW analytics.v AS SELECT id FROM analytics.daily")
    wide = types(database)
    with database.connect() as connection:
        roll_back(connection, TABLE, WAREHOUSE, narrow.version)
    assert types(database) == wide
    assert database.admin("SELECT * FROM analytics.daily") == [(7, "iOS", 2)]
    build_and_show(database, NARROW, number=3)
    assert types(database) == wide
    build_and_show(database, WIDE, number=4)
    assert database.admin("SELECT * FROM analytics.daily") == [(3000000000, "Android tablet", 2)]


def test_a_view_of_another_owner_of_ours(database: Database) -> None:
    build_and_show(database, NARROW)
    database.admin(
        f"GRANT {OTHER} TO {BUILDER}; ALTER VIEW analytics.daily OWNER TO {OTHER};"
        f"GRANT USAGE ON SCHEMA summary_tables TO {OTHER}"
    )
    build_and_show(database, WIDE, number=2)
    assert database.value("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'daily'") == OTHER
    with database.connect(READER) as reader:
        assert reader.execute("SELECT id FROM analytics.daily").fetchone() == (3000000000,)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_growing_tables(any_database: Database, strategy: str) -> None:
    table = growing(strategy, key="id")
    narrow = "SELECT date '2026-11-01' + {0} AS day, {0}::int AS id, 'iOS'::varchar(8) AS platform"
    wide = "SELECT date '2026-11-01' + {0} AS day, 3000000000 + {0} AS id, 'Android tablet'::varchar(16) AS platform"
    run_day(any_database, table, day_run(1), narrow.format(0))
    with_chain(any_database)
    run_day(any_database, table, day_run(2), f"{wide.format(1)}, 1 AS more")
    assert types(any_database) == ["date", "bigint", "character varying(16)", "integer"]
    run_day(any_database, table, day_run(3), f"{narrow.format(2)}, 2::smallint AS more")
    rows = [(0, "iOS", None), (3000000001, "Android tablet", 1), (2, "iOS", 2)]
    assert any_database.admin("SELECT id, platform, more FROM analytics.daily ORDER BY day") == rows
    assert any_database.admin("SELECT id FROM analytics.outer_one ORDER BY 1") == [(0,), (2,), (3000000001,)]


def with_chain(database: Database) -> None:
    database.admin(
        f"SET ROLE {BUILDER}; CREATE VIEW analytics.inner_one AS SELECT id FROM analytics.daily;"
        "CREATE VIEW analytics.outer_one AS SELECT id FROM analytics.inner_one;"
        f"GRANT SELECT ON analytics.outer_one, analytics.inner_one TO {READER}"
    )


def test_transactions_that_began_before_see_no_empty_table(database: Database) -> None:
    """Rows of a growing table that must be written anew are written into a copy, which waits for them."""
    table = growing("append")
    run_day(database, table, day_run(1), "SELECT 1 AS id, 'x'::varchar(8) AS kind")
    wider = build_day(database, table, day_run(2), "SELECT 3000000000 AS id, 'y'::varchar(9) AS kind")
    publisher = threading.Thread(target=show, args=[database, wider, table])
    with database.connect(READER) as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT 1")
        publisher.start()
        while not any(name.startswith("wider__") for name in database.versions()):
            assert publisher.is_alive()
        publisher.join(0.3)
        assert publisher.is_alive()
        assert reader.execute("SELECT id FROM analytics.daily").fetchall() == [(1,)]
        reader.execute("COMMIT")
        publisher.join()
    assert seen(database, "id") == [(1,), (3000000000,)]
    assert not any(name.startswith("wider__") for name in database.versions())


def test_a_copy_keeps_indexes_and_rights_and_is_written_only_where_rows_change(database: Database) -> None:
    table = replace(growing("append"), attributes=Attributes(fillfactor=90))
    base = run_day(database, table, day_run(1), "SELECT 1 AS id, 'x'::varchar(8) AS kind, 1.5::numeric(5,2) AS n")
    database.admin(
        f'CREATE UNIQUE INDEX ON summary_tables."{base.version}" (id);'
        f'GRANT SELECT (id) ON summary_tables."{base.version}" TO {OTHER};'
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {BUILDER} GRANT ALL ON TABLES TO PUBLIC"
    )
    standing = (
        "SELECT c.oid, i.indexdef, c.reloptions::text, c.relacl::text, a.attacl::text FROM pg_class c "
        "JOIN pg_attribute a ON attrelid = c.oid AND attname = 'id' JOIN pg_indexes i ON i.tablename = c.relname "
        f"WHERE c.relname = '{base.version}'"
    )
    [(oid, index, *before)] = database.admin(standing)
    run_day(database, table, day_run(2), "SELECT 2 AS id, 'xxxxxxxxx'::varchar(9) AS kind, 1.5::numeric AS n")
    assert database.value(standing) == oid
    run_day(database, table, day_run(3), "SELECT 3000000000 AS id, 'x'::varchar(9) AS kind, 1.5::numeric AS n")
    [(new, new_index, *after)] = database.admin(standing)
    assert new != oid
    assert new_index.partition(" ON ")[2] == index.partition(" ON ")[2]
    assert [text or f"{{{BUILDER}=arwdDxtm/{BUILDER}}}" for text in before] == after


def test_a_copy_of_rows_that_have_changed_is_not_shown(database: Database) -> None:
    table = growing("append")
    base = run_day(database, table, day_run(1), "SELECT 1 AS id")
    wider = build_day(database, table, day_run(2), "SELECT 3000000000 AS id")
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        with session.transaction():
            copy = widen(session, table, base.version, wider.version, may_copy=True)
        run_day(database, table, day_run(3), "SELECT 2 AS id")
        assert copy
        with session.transaction():
            take_place(session, table, copy, base.version)
    assert seen(database, "id") == [(1,), (2,)]
    assert copy.name not in database.versions()
    show(database, wider, table)
    assert seen(database, "id") == [(1,), (2,), (3000000000,)]


def test_a_growing_table_whose_view_was_dropped(database: Database) -> None:
    table = growing("append")
    run_day(database, table, day_run(1), "SELECT 1 AS id")
    database.admin("DROP VIEW analytics.daily")
    run_day(database, table, day_run(2), "SELECT 3000000000 AS id")
    assert database.admin("SELECT id FROM analytics.daily ORDER BY 1") == [(1,), (3000000000,)]


def test_a_plain_table_that_grows(database: Database) -> None:
    database.admin("CREATE TABLE analytics.daily AS SELECT 1 AS id; ALTER TABLE analytics.daily OWNER TO builder")
    with_chain(database)
    run_day(database, growing("append"), day_run(2), "SELECT 3000000000 AS id")
    assert database.admin("SELECT id FROM analytics.outer_one ORDER BY 1") == [(1,), (3000000000,)]


def test_a_plain_table_whose_first_build_is_wider(database: Database) -> None:
    database.admin("CREATE TABLE analytics.daily AS SELECT 1 AS id; ALTER TABLE analytics.daily OWNER TO builder")
    with_chain(database)
    build_and_show(database, "SELECT 3000000000 AS id")
    assert database.admin("SELECT id FROM analytics.outer_one") == [(3000000000,)]


def test_a_view_that_reads_the_build_itself(database: Database) -> None:
    table = growing("append")
    base = run_day(database, table, day_run(1), "SELECT 1 AS id")
    database.admin(f'CREATE VIEW analytics.aside AS SELECT id FROM summary_tables."{base.version}"')
    wider = build_day(database, table, day_run(2), "SELECT 3000000000 AS id")
    standing = database.versions()
    with pytest.raises(WarehouseError) as caught:
        show(database, wider, table)
    assert database.versions() == standing
    assert str(caught.value) == (
        'The rows of analytics.daily cannot get the wider types of the new ones ("id" bigint) because of: view '
        "analytics.aside. That reads the build itself, and not analytics.daily. Nothing was changed. Its owner "
        "lets it read analytics.daily instead, or drops it; then the publish task runs again."
    )
    database.admin(
        "CREATE OR REPLACE VIEW analytics.aside AS SELECT id FROM analytics.daily; "
        f"ALTER VIEW analytics.aside OWNER TO {BUILDER}"
    )
    database.admin(f'CREATE MATERIALIZED VIEW analytics.m AS SELECT id FROM summary_tables."{base.version}"')
    with pytest.raises(
        WarehouseError, match=r"because of: materialized view analytics.m\. That reads the build itself"
    ):
        show(database, wider, table)
    database.admin("DROP MATERIALIZED VIEW analytics.m")
    show(database, wider, table)
    assert database.admin("SELECT id FROM analytics.aside ORDER BY 1") == [(1,), (3000000000,)]


class CutBeforeAChange(FragileConnection):
    """Its line is cut at its `fatal`-th moment; the server lives on and rolls back."""

    def kill(self) -> None:
        with socket.socket(fileno=os.dup(self.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def _wider_build(database: Database, table: SummaryTable) -> Build:
    """A table with a chain of views, and a build of it that has a wider column."""
    database.admin(
        "DROP VIEW IF EXISTS analytics.daily CASCADE; DROP SCHEMA summary_tables CASCADE;"
        f"CREATE SCHEMA summary_tables AUTHORIZATION {BUILDER}"
    )
    show(database, build_day(database, table, day_run(1), "SELECT 1 AS id"), table)
    with_chain(database)
    return build_day(database, table, day_run(2), "SELECT 3000000000 AS id")


@pytest.mark.parametrize("table", [TABLE, growing("merge", key="id")], ids=["whole", "growing"])
def test_cut_off_at_any_moment_readers_have_all_of_one_build(database: Database, table: SummaryTable) -> None:
    """The old one or the new one, with the views that read it and their rights."""
    old = [(1,)]
    new = [(1,), (3000000000,)] if table.refresh.is_incremental else [(3000000000,)]
    shown, is_untouched = [], False
    for moment in count(1):
        if not is_untouched:
            wide = _wider_build(database, table)
        with database.connect_as(CutBeforeAChange, cursor_factory=FragileCursor) as connection:
            connection.fatal = moment
            with suppress(WarehouseError):
                publish(connection, table, WAREHOUSE, wide.version, snapshot_wait=AT_ONCE)
        with database.connect(READER) as reader:
            rows = [
                sorted(reader.execute(f"SELECT id FROM analytics.{view}".encode()).fetchall())
                for view in ("daily", "inner_one", "outer_one")
            ]
        assert rows in ([old] * 3, [new] * 3)
        shown.append(rows[0])
        if rows[0] == new:
            break
        is_untouched = types(database) == ["integer"]
    assert [rows for rows, _ in groupby(shown)] == [old, new]
    assert len(shown) > 10


def unprepared(read: Callable[[psycopg.Connection[Any]], object]) -> Callable[[psycopg.Connection[Any]], object]:
    """Left to itself, the driver prepares what it is asked for the sixth time."""

    @wraps(read)
    def reading(connection: psycopg.Connection[Any]) -> object:
        connection.prepare_threshold = None
        return read(connection)

    return reading


def test_readers_notice_nothing_of_columns_that_get_wider(database: Database) -> None:
    query = "SELECT day::{0} AS day, count(*)::{0} AS n FROM raw_data.events GROUP BY day"
    build_and_show(database, query.format("smallint"))
    with_views(database)
    with hammering(database, tuple(map(unprepared, (readers_count, nested_view, old_snapshot)))) as readers:
        for number, wider in enumerate(("integer", "bigint", "numeric(20,0)", "numeric"), 2):
            build_and_show(database, query.format(wider), number=number)
    assert readers.wrong == []
    assert readers.reads > 20


def test_statements_of_before_must_be_prepared_again(database: Database) -> None:
    build_and_show(database, NARROW)
    with database.connect(READER) as reader:
        for _ in range(7):
            reader.execute("SELECT id FROM analytics.daily", prepare=True)
        build_and_show(database, WIDE, number=2)
        with pytest.raises(psycopg.errors.FeatureNotSupported, match="cached plan must not change result type"):
            reader.execute("SELECT id FROM analytics.daily", prepare=True)
        reader.execute("DEALLOCATE ALL")
        assert reader.execute("SELECT id FROM analytics.daily", prepare=False).fetchone() == (3000000000,)


_VALUES = {
    "smallint": ("-32768", "0", "32767"),
    "integer": ("-2147483648", "3", "2147483647"),
    "bigint": ("-9223372036854775808", "9223372036854775807"),
    "numeric(5,2)": ("-999.99", "0.01", "1.50", "NaN"),
    "numeric(6,2)": ("-9999.99", "1.5", "NaN"),
    "numeric(7,3)": ("-9999.999", "0.001", "NaN"),
    "numeric(19,0)": ("-9999999999999999999", "NaN"),
    "numeric(21,2)": ("9999999999999999999.99", "NaN"),
    "numeric(3,-2)": ("-99900", "100", "NaN"),
    "numeric": ("1e400", "-0.000000001", "NaN", "Infinity", "-Infinity"),
    "real": ("0.1", "3.4028235e38", "-0", "1e-45", "NaN", "Infinity"),
    "double precision": ("0.1", "1.7976931348623157e308", "-0", "NaN", "-Infinity"),
    "character varying(8)": ("", "  a b  ", "größe 日本", "12345678"),
    "character varying(16)": ("", "1234567890123456"),
    "character varying": ("", "x" * 99),
    "text": ("", "  ", "x" * 99),
    "character(2)": ("", "a", "ab"),
    "character(3)": ("", "a ", "abc"),
    "bit(2)": ("01",),
    "bit varying(3)": ("", "101"),
    "bit varying": ("", "10101"),
    "date": ("2026-11-01", "infinity"),
    "timestamp(0) without time zone": ("2026-11-01 00:00:01", "-infinity"),
    "timestamp without time zone": ("2026-11-01 00:00:00.000001", "infinity"),
    "timestamp(3) with time zone": ("2026-11-01 00:00:00.001+02",),
    "timestamp with time zone": ("2026-11-01 00:00:00.000001+02",),
    "time(0) without time zone": ("24:00:00",),
    "time without time zone": ("23:59:59.999999",),
    "interval(0)": ("1 mon -3 days 00:00:01",),
    "interval": ("1 mon -3 days 00:00:00.000001",),
    "integer[]": ("{1,NULL,-2147483648}", "{{1,2},{3,4}}", "{}"),
    "bigint[]": ("{9223372036854775807}",),
    "character varying(8)[]": ('{"a, b",NULL}',),
    "text[]": ('{"","x y"}',),
    "boolean": ("t", "f"),
    "uuid": ("00000000-0000-0000-0000-000000000000",),
    "json": ('{"a": 1,  "a": 2}',),
    "jsonb": ('{"a": 2}',),
}
_PAIRS = [(narrow, wide) for narrow in _VALUES for wide in _VALUES if narrow != wide]


def test_no_value_of_any_type_changes_in_a_type_that_is_called_wider(database: Database) -> None:
    """Numbers may get decimals: they are equal. All others are the same text, and all are the same when cast back."""
    wrong = []
    with database.connect() as connection:
        for narrow, wide in [pair for pair in _PAIRS if holds(pair[1], pair[0])]:
            for value in _VALUES[narrow]:
                query = (
                    f"SELECT v::{wide}::{narrow}::text = v::text, v::{wide}::text, v::text "
                    f"FROM (SELECT CAST(%s AS {narrow}) AS v) AS one"
                )
                [(back, after, before)] = connection.execute(query.encode(), [value]).fetchall()
                same = after == before or ("num" in wide and Decimal(after) == Decimal(before)) or narrow == "real"
                if not (back and same):
                    wrong.append((narrow, wide, value))
    assert wrong == []


def test_values_that_are_called_stored_alike_are_not_written_anew(database: Database) -> None:
    pairs = [pair for pair in _PAIRS if holds(pair[1], pair[0]) and is_stored_alike(pair[1], pair[0])]
    assert ("character varying(8)", "text") in pairs
    for narrow, wide in pairs:
        database.admin(f"DROP TABLE IF EXISTS raw_data.t; CREATE TABLE raw_data.t (a {narrow})")
        file = database.value("SELECT pg_relation_filenode('raw_data.t')")
        database.admin(f"ALTER TABLE raw_data.t ALTER a TYPE {wide}")
        assert (narrow, wide, database.value("SELECT pg_relation_filenode('raw_data.t')")) == (narrow, wide, file)


def test_each_other_change_of_type_is_refused(database: Database) -> None:
    """All at once, each in a column of its own; no remedy casts anything."""
    apart = [pair for pair in _PAIRS if not holds(*pair) and not holds(*reversed(pair))][::7]
    before, after = (
        "SELECT " + ", ".join(f'NULL::{pair[side]} AS "{place}"' for place, pair in enumerate(apart)) for side in (0, 1)
    )
    build_and_show(database, before)
    words = refusal(database, create(database, after, number=2))
    changes = (f'column "{place}" was {narrow} and is now {wide}' for place, (narrow, wide) in enumerate(apart))
    assert words == (
        f"The new build does not fit the columns of analytics.daily: {'; '.join(changes)}. Values are never cast to a "
        "type that does not hold all of them: correct the query if the change of type was a mistake. To change them "
        "for good, use a new table name, or drop analytics.daily in the warehouse once nobody reads it and run again."
    )
