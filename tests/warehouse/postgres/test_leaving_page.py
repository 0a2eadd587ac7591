"""docs/leaving.md: its block leaves plain tables with all that people hung on the views, and readers notice nothing."""

import re

import psycopg
import pytest

from summary_tables.model.table import Grants, Index
from tests.conftest import REPOSITORY
from tests.warehouse.postgres.database import QUERY, READER, ROWS, Database, build_and_show, table_with
from tests.warehouse.postgres.increments import day_run, growing, run_day, with_visits

PAGE = (REPOSITORY / "docs" / "leaving.md").read_text("utf-8")
(BLOCK,) = re.findall(r"```sql\n(.*?)\n```", PAGE, re.DOTALL)

_HUNG_ON_IT = """
GRANT SELECT, INSERT ON analytics.daily TO other WITH GRANT OPTION;
GRANT SELECT (day) ON analytics.daily TO pg_monitor;
COMMENT ON COLUMN analytics.daily.n IS 'It''s events';
CREATE VIEW analytics.last WITH (security_barrier) AS SELECT max(d.day) AS day FROM analytics.daily d;
CREATE VIEW analytics.after_last AS SELECT day + 1 AS day FROM analytics.last;
GRANT SELECT ON analytics.last TO reader;
"""
_KINDS = (
    "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'analytics'::regnamespace AND relkind IN ('r', 'v')"
)
_STATE = (
    "SELECT pg_get_userbyid(relowner), (SELECT array_agg(r::text ORDER BY r::text) FROM unnest(relacl) r WHERE "
    "r::text NOT LIKE 'builder=%'), obj_description(c.oid, 'pg_class'), (SELECT array_agg((attname, attacl, "
    "col_description(c.oid, attnum))::text ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0) "
    "FROM pg_class c WHERE oid = 'analytics.daily'::regclass"
)


def leave(database: Database) -> list[str]:
    """Runs the block as the role that builds; returns its warnings."""
    said: list[str] = []
    with database.connect() as connection:
        connection.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
        connection.execute(BLOCK.encode())
    return said


def kinds(database: Database) -> dict[str, str]:
    return dict(database.admin(_KINDS))


@pytest.fixture
def published(database: Database) -> Database:
    """A table with an index that was published twice, and what people hung on it."""
    table = table_with(description="Events per day.", indexes=(Index(columns=("day",), unique=True),))
    for number in (1, 2):
        build_and_show(database, table=table, number=number)
    database.admin(_HUNG_ON_IT)
    database.admin("ALTER VIEW analytics.last OWNER TO builder; ALTER VIEW analytics.after_last OWNER TO builder")
    return database


def test_plain_table_with_all_that_hung_on_the_view(published: Database) -> None:
    before = published.admin(_STATE)
    rows = published.admin("SELECT * FROM analytics.daily ORDER BY 1")
    assert leave(published) == []
    assert kinds(published) == {"daily": "r", "last": "v", "after_last": "v"}
    assert published.admin(_STATE) == before
    assert published.admin("SELECT * FROM analytics.daily ORDER BY 1") == rows
    assert published.admin("SELECT indexdef FROM pg_indexes WHERE tablename = 'daily'") == [
        ("CREATE UNIQUE INDEX daily_day_idx ON analytics.daily USING btree (day)",)
    ]
    published.admin("DROP SCHEMA summary_tables CASCADE")
    with published.connect(READER) as connection:
        assert connection.execute("SELECT count(*) FROM analytics.daily").fetchone() == (ROWS,)
        assert connection.execute("SELECT day FROM analytics.last").fetchone() == (ROWS,)
    assert published.admin("SELECT day FROM analytics.after_last") == [(ROWS + 1,)]
    assert published.admin("SELECT reloptions FROM pg_class WHERE relname = 'last'") == [(["security_barrier=true"],)]


def test_second_time_finds_nothing_to_do(published: Database) -> None:
    leave(published)
    before = published.admin("SELECT 'analytics.daily'::regclass::oid")
    assert leave(published) == []
    assert published.admin("SELECT 'analytics.daily'::regclass::oid") == before


def test_table_that_grows_loses_no_row_and_shows_no_column_of_ours(database: Database) -> None:
    with_visits(database)
    table = growing("append")
    for day in (1, 2):
        run_day(database, table, day_run(day))
    rows = database.admin("SELECT * FROM analytics.daily ORDER BY 1, 2")
    assert len(rows) == 8
    assert leave(database) == []
    assert database.admin("SELECT * FROM analytics.daily ORDER BY 1, 2") == rows


def test_what_cannot_be_done_is_named_and_stays_as_it_is(published: Database) -> None:
    other = table_with(table="more", grants=Grants())
    build_and_show(published, QUERY, table=other)
    published.admin("CREATE MATERIALIZED VIEW analytics.kept AS SELECT * FROM analytics.daily")
    (words,) = leave(published)
    assert words.startswith(
        "analytics.daily stays a view: cannot drop view analytics.daily__view because other objects"
    )
    assert kinds(published) == {"daily": "v", "more": "r", "last": "v", "after_last": "v"}
    published.admin("DROP MATERIALIZED VIEW analytics.kept")
    assert leave(published) == []
    assert kinds(published)["daily"] == "r"


def test_reader_who_holds_the_view_is_not_waited_for_longer_than_it_says(published: Database) -> None:
    with (
        published.connect(
            READER,
        ) as connection,
        connection.transaction(),
    ):
        connection.execute("SELECT 1 FROM analytics.daily LIMIT 1")
        assert leave(published) == ["analytics.daily stays a view: canceling statement due to lock timeout"]
    assert leave(published) == []


def test_block_is_refused_in_a_transaction(published: Database) -> None:
    words = pytest.raises(psycopg.errors.InvalidTransactionTermination)
    with words, published.connect() as connection, connection.transaction():
        connection.execute(BLOCK.encode())
    assert kinds(published)["daily"] == "v"
