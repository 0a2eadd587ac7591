"""A query reaches the server as one statement that can only read, whatever its author tries."""

import pytest

from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import BUILDER, Database, create
from tests.warehouse.postgres.in_session import read_value

_ONE_STATEMENT = (
    "Only one statement is allowed, and here are two or more. Write one SELECT, without a semicolon inside."
)
_WRITES = "The query tries to change data ({}). It may only read, and so may every function that it calls."

# What the build role owns or may write: everything that a smuggled statement could harm.
_TARGETS = f"""
CREATE TABLE raw_data.mine AS SELECT 1 AS a;
ALTER TABLE raw_data.mine OWNER TO {BUILDER};
CREATE SEQUENCE raw_data.numbers;
ALTER SEQUENCE raw_data.numbers OWNER TO {BUILDER};
CREATE FUNCTION raw_data.writes() RETURNS int LANGUAGE plpgsql AS
    'BEGIN INSERT INTO raw_data.mine VALUES (2); RETURN 1; END';
CREATE FUNCTION raw_data.hidden() RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN raw_data.writes(); END';
CREATE FUNCTION raw_data.drops() RETURNS int LANGUAGE plpgsql AS 'BEGIN DROP TABLE raw_data.mine; RETURN 1; END';
CREATE FUNCTION raw_data.escapes() RETURNS int LANGUAGE plpgsql AS
    'BEGIN SET transaction_read_only = off; DELETE FROM raw_data.mine; RETURN 1; END';
CREATE FUNCTION raw_data.changes() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS
    'BEGIN DELETE FROM raw_data.mine; RETURN 1; END';
CREATE FUNCTION raw_data.positive(int) RETURNS bool LANGUAGE plpgsql AS
    'BEGIN PERFORM raw_data.writes(); RETURN true; END';
CREATE DOMAIN raw_data.checked AS int CHECK (raw_data.positive(VALUE));
CREATE OPERATOR raw_data.!!! (RIGHTARG = int, FUNCTION = raw_data.positive);
CREATE FUNCTION raw_data.counts() RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''raw_data.numbers'')';
CREATE FUNCTION raw_data.runs_text() RETURNS xml LANGUAGE sql AS
    $$SELECT query_to_xml('DELETE FROM raw_data.mine', true, true, '')$$;
CREATE FUNCTION raw_data.sets(text, text, bool DEFAULT false) RETURNS text LANGUAGE sql AS
    'SELECT set_config($1, $2, $3)';
CREATE FUNCTION raw_data.locks() RETURNS text LANGUAGE sql AS 'SELECT pg_advisory_lock(1)::text';
CREATE VIEW raw_data.calls AS SELECT raw_data.hidden() AS a;
CREATE VIEW raw_data.nested AS SELECT * FROM raw_data.calls;
CREATE TABLE raw_data.guarded AS SELECT 1 AS a;
ALTER TABLE raw_data.guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON raw_data.guarded USING (raw_data.writes() = 1);
CREATE FUNCTION raw_data.last(int) RETURNS int LANGUAGE sql AS 'SELECT raw_data.writes()';
CREATE AGGREGATE raw_data.total(int) (SFUNC = int4pl, STYPE = int, FINALFUNC = raw_data.last);
GRANT SELECT ON ALL TABLES IN SCHEMA raw_data TO {BUILDER};
"""
STATEMENTS = {
    "SELECT 1 AS a; DROP TABLE raw_data.mine": _ONE_STATEMENT,
    "SELECT 1 AS a;\n-- harmless\nDELETE FROM raw_data.mine;": _ONE_STATEMENT,
    "SELECT 1 AS a; COMMIT; DROP TABLE raw_data.mine": _ONE_STATEMENT,
    "SELECT E'\\';' AS a; DROP TABLE raw_data.mine": _ONE_STATEMENT,
    "SELECT $q$ ' $q$ AS a; DROP TABLE raw_data.mine": _ONE_STATEMENT,
    "SELECT 1 AS a /* /* */ */; DROP TABLE raw_data.mine": _ONE_STATEMENT,
    "SELECT 1 AS a) ; DROP TABLE raw_data.mine; --": (
        'The SQL cannot be read at ")", line 1 of the query (syntax error).'
    ),
    "SELECT 1 AS a WITH NO DATA": 'The SQL cannot be read at "WITH", line 1 of the query (syntax error).',
    "EXECUTE prepared": "Only SELECT is allowed, not EXECUTE, line 1 of the query.",
    "DELETE FROM raw_data.mine": "Only SELECT is allowed, not DELETE, line 1 of the query.",
    "\n update raw_data.mine SET a = 2": "Only SELECT is allowed, not UPDATE, line 2 of the query.",
    "INSERT INTO raw_data.mine VALUES (2) RETURNING a": "Only SELECT is allowed, not INSERT, line 1 of the query.",
    "MERGE INTO raw_data.mine m USING raw_data.mine x ON true WHEN MATCHED THEN DELETE": (
        "Only SELECT is allowed, not MERGE, line 1 of the query."
    ),
    "TRUNCATE raw_data.mine": "Only SELECT is allowed, not TRUNCATE, line 1 of the query.",
    "DO $$ BEGIN DELETE FROM raw_data.mine; END $$": "Only SELECT is allowed, not DO, line 1 of the query.",
    "COPY raw_data.mine TO STDOUT": "Only SELECT is allowed, not COPY, line 1 of the query.",
    "CALL something()": "Only SELECT is allowed, not CALL, line 1 of the query.",
    "SET search_path = raw_data": "Only SELECT is allowed, not SET, line 1 of the query.",
    "COMMIT": "Only SELECT is allowed, not COMMIT, line 1 of the query.",
    "EXPLAIN ANALYZE DELETE FROM raw_data.mine": "Only SELECT is allowed, not EXPLAIN, line 1 of the query.",
    "WITH gone AS (DELETE FROM raw_data.mine RETURNING a) SELECT * FROM gone": (
        "The query changes data in a WITH clause. It may only read: INSERT, UPDATE, DELETE, MERGE are refused."
    ),
    "SELECT a\nINTO raw_data.stolen FROM raw_data.mine": (
        "SELECT ... INTO is not allowed, line 2 of the query: only a plain SELECT is, "
        "the table is made from its result."
    ),
    "SELECT a FROM raw_data.mine FOR UPDATE": "FOR UPDATE is not allowed: the query may only read.",
    "SELECT a FROM raw_data.mine FOR KEY SHARE": "FOR KEY SHARE is not allowed: the query may only read.",
    "SELECT * FROM (SELECT a FROM raw_data.mine FOR UPDATE) x": _WRITES.format("SELECT FOR UPDATE"),
    "SELECT a FROM raw_data.mine WHERE a = $1": "The query holds a placeholder such as $1; write the value itself.",
}

FUNCTIONS = {
    "SELECT raw_data.writes() AS a": _WRITES.format("INSERT"),
    "SELECT raw_data.hidden() AS a": _WRITES.format("INSERT"),
    "SELECT raw_data.drops() AS a": _WRITES.format("DROP TABLE"),
    "SELECT raw_data.changes() AS a": _WRITES.format("DELETE"),
    "SELECT raw_data.last(1) AS a": _WRITES.format("INSERT"),
    "SELECT raw_data.total(1) AS a": _WRITES.format("INSERT"),
    "SELECT OPERATOR(raw_data.!!!) 1 AS a": _WRITES.format("INSERT"),
    "SELECT 1::raw_data.checked AS a": _WRITES.format("INSERT"),
    "SELECT a FROM raw_data.nested": _WRITES.format("INSERT"),
    "SELECT a FROM raw_data.guarded": _WRITES.format("INSERT"),
    "SELECT 1 AS a FROM raw_data.mine ORDER BY raw_data.writes()": _WRITES.format("INSERT"),
    "SELECT a FROM raw_data.mine LIMIT (SELECT raw_data.writes())": _WRITES.format("INSERT"),
    "SELECT raw_data.counts() AS a": _WRITES.format("nextval()"),
    "SELECT raw_data.runs_text()::text AS a": _WRITES.format("DELETE"),
}

# The server words these differently inside and outside of a savepoint.
ESCAPES = ("SELECT raw_data.escapes() AS a", "SELECT raw_data.sets('transaction_read_only', 'off', true) AS a")


@pytest.fixture
def targets(database: Database) -> Database:
    database.admin(_TARGETS)
    return database


def unharmed(database: Database) -> bool:
    same = database.admin("SELECT a FROM raw_data.mine") == [(1,)]
    return same and database.value("SELECT is_called FROM raw_data.numbers") is False and not database.versions()


def test_nothing_smuggled_reaches_a_build(targets: Database) -> None:
    for query, words in (STATEMENTS | FUNCTIONS).items():
        with pytest.raises(WarehouseError) as caught:
            create(targets, query)
        assert (query, str(caught.value)) == (query, words)
        assert unharmed(targets), query


def test_nothing_smuggled_reaches_a_check(targets: Database) -> None:
    with targets.connect() as connection:
        for query, words in (STATEMENTS | FUNCTIONS).items():
            with pytest.raises(WarehouseError) as caught:
                read_value(connection, query)
            assert (query, str(caught.value)) == (query, words)
            assert unharmed(targets), query


@pytest.mark.parametrize("query", ESCAPES)
def test_read_only_cannot_be_left(targets: Database, query: str) -> None:
    with pytest.raises(WarehouseError, match="read-write mode"):
        create(targets, query)
    with targets.connect() as connection, pytest.raises(WarehouseError, match="read-write mode"):
        read_value(connection, query)
    assert unharmed(targets)


def test_a_function_that_only_reads_may_be_called(targets: Database) -> None:
    targets.admin(
        "CREATE FUNCTION raw_data.doubled(int) RETURNS int LANGUAGE sql AS "
        "'SELECT count(*)::int * $1 FROM raw_data.mine'"
    )
    build = create(targets, "SELECT raw_data.doubled(a) AS a, a::numeric(5,2) AS b FROM raw_data.mine")
    assert targets.admin(f'SELECT a, b::text FROM summary_tables."{build.version}"') == [(1, "1.00")]
    assert targets.value("SELECT count(*) FROM pg_class WHERE relname LIKE 'summary_tables_%'") == 0


def test_without_temporary_tables_such_a_function_cannot_be_called(targets: Database) -> None:
    targets.admin(f"REVOKE TEMPORARY ON DATABASE {targets.name} FROM PUBLIC")
    with pytest.raises(WarehouseError) as caught:
        create(targets, "SELECT raw_data.writes() AS a")
    assert str(caught.value) == (
        "The query calls a function that might change data; to keep it from doing so, its rows go through a temporary "
        "table, which the role builder may not create. An administrator can allow it: "
        f"GRANT TEMPORARY ON DATABASE {targets.name} TO builder;"
    )
    assert create(targets, "SELECT random() AS a, now() AS b, round(1.5) AS c").rows == 1


@pytest.mark.parametrize(
    "setting", ["'search_path', 'raw_data'", "'role', 'other'", "'application_name', 'x'", "'lock_timeout', '1ms'"]
)
def test_settings_of_a_query_end_with_it(targets: Database, setting: str) -> None:
    database = targets
    database.admin("GRANT other TO builder")
    with database.connect() as connection:
        build = create(database, f"SELECT raw_data.sets({setting}) AS a")
        owner = f"SELECT tableowner FROM pg_tables WHERE tablename = '{build.version}'"
        assert database.value(owner) == BUILDER
        read_value(connection, f"SELECT raw_data.sets({setting})")
        assert read_value(connection, "SELECT current_user::text") == BUILDER


def test_locks_of_a_query_end_with_it(targets: Database) -> None:
    database = targets
    create(database, "SELECT raw_data.locks() AS a")
    assert database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0
