"""The server's refusals, as an analyst reads them. The whole text counts."""

import pytest

from summary_tables.model.table import Grants
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import (
    BUILDER,
    PASSWORD,
    TABLE,
    WAREHOUSE,
    Database,
    create,
    run,
    show,
    table_with,
)
from tests.warehouse.postgres.in_session import create_version, read_value

MISTAKES = {
    "SELECT count(*)\nFROM raw_data.evnts": 'There is no table "raw_data.evnts" in the warehouse, line 2 of the query.',
    "SELECT count(*) FROM rawdata.events": 'There is no table "rawdata.events" in the warehouse, line 1 of the query.',
    "SELECT dayy\nFROM raw_data.events": (
        'There is no column "dayy", line 1 of the query. Perhaps you meant to reference the column "events.day".'
    ),
    "SELECT e.dayofweek FROM raw_data.events e": 'There is no column "e.dayofweek", line 1 of the query.',
    "SELECT\nround(day::float8, 2) FROM raw_data.events": (
        "There is no function round(double precision, integer) in the warehouse, line 2 of the query. "
        "No function matches the given name and argument types. You might need to add explicit type casts."
    ),
    "SELEC 1": 'The SQL cannot be read at "SELEC", line 1 of the query (syntax error).',
    "SELECT day,\n\nFROM raw_data.events": 'The SQL cannot be read at "FROM", line 3 of the query (syntax error).',
    "SELECT (1": "The SQL cannot be read: syntax error at end of input.",
    "SELECT 'a": 'The SQL cannot be read at "\'a", line 1 of the query (unterminated quoted string).',
    "SELECT day, event FROM raw_data.events GROUP BY day": (
        'The warehouse says: column "events.event" must appear in the GROUP BY clause or be used in an aggregate '
        "function, line 1 of the query."
    ),
    "SELECT CAST('x' AS integer)": (
        'The warehouse says: invalid input syntax for type integer: "x", line 1 of the query.'
    ),
    "SELECT count(*) / 0 FROM raw_data.events": "The warehouse says: division by zero.",
    "SELECT day FROM raw_data.secret": (
        "The role builder may not read the table raw_data.secret. "
        "An administrator can allow it: GRANT SELECT ON raw_data.secret TO builder;"
    ),
    "SELECT a FROM hidden.t": (
        "The role builder may not use the schema hidden. "
        "An administrator can allow it: GRANT USAGE ON SCHEMA hidden TO builder;"
    ),
    "SELECT raw_data.denied()": (
        "The role builder may not call the function raw_data.denied. "
        "An administrator can allow it: GRANT EXECUTE ON FUNCTION raw_data.denied TO builder;"
    ),
    "SELECT raw_data.fails('postgresql://bob:hunter2@host/db password=hunter2 token: ''x y''')": (
        "The warehouse says: cannot reach postgresql://... password=... token: ...."
    ),
}


@pytest.fixture
def warehouse(database: Database) -> Database:
    database.admin(
        "CREATE TABLE raw_data.secret AS SELECT 1 AS day; CREATE SCHEMA hidden; CREATE TABLE hidden.t AS SELECT 1 AS a;"
        "CREATE FUNCTION raw_data.denied() RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "REVOKE EXECUTE ON FUNCTION raw_data.denied() FROM PUBLIC;"
        "CREATE FUNCTION raw_data.fails(text) RETURNS int LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION ''cannot reach %'', $1; END'"
    )
    return database


def test_mistakes_of_a_query(warehouse: Database) -> None:
    with warehouse.connect() as connection:
        for query, words in MISTAKES.items():
            with pytest.raises(WarehouseError) as caught:
                read_value(connection, query)
            assert (query, str(caught.value)) == (query, words)


def test_statement_timeout(database: Database) -> None:
    with database.connect(options="-c statement_timeout=50ms") as connection:
        with pytest.raises(WarehouseError) as caught:
            create_version(connection, TABLE, WAREHOUSE, run(), "SELECT pg_sleep(60)::text AS a")
        assert str(caught.value) == "The query ran longer than the warehouse allows (statement_timeout)."


def test_a_locked_input(database: Database) -> None:
    with (
        database.server.connect(database.name) as holder,
        database.connect(options="-c lock_timeout=50ms") as connection,
    ):
        holder.execute("BEGIN; LOCK TABLE raw_data.events")
        with pytest.raises(WarehouseError) as caught:
            read_value(connection, "SELECT count(*) FROM raw_data.events")
    assert str(caught.value) == "A table was locked by somebody else, and the wait for it was given up."


def test_a_lost_connection_gives_nothing_away(database: Database) -> None:
    with database.connect() as connection:
        database.admin(f"SELECT pg_terminate_backend({connection.info.backend_pid}, 5000)")
        with pytest.raises(WarehouseError) as caught:
            read_value(connection, "SELECT 1")
    words = str(caught.value)
    assert words == "The warehouse is shutting down or an administrator ended the session."
    assert PASSWORD not in words
    assert BUILDER not in words


def test_a_closed_connection(database: Database) -> None:
    with database.connect() as connection:
        connection.close()
        with pytest.raises(WarehouseError, match=r"^The connection to the warehouse was lost\.$"):
            read_value(connection, "SELECT 1")


def test_a_role_that_does_not_exist(database: Database) -> None:
    table = table_with(grants=Grants(select=("nobody",)))
    build = create(database)
    with pytest.raises(WarehouseError) as caught:
        show(database, build, table)
    assert str(caught.value) == 'There is no role "nobody" in the warehouse.'
