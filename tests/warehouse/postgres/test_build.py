"""A version is built beside the live table, by a role that may do no more than it must."""

import pytest

from summary_tables.model.settings import Warehouse
from summary_tables.model.table import Attributes, Index, SummaryTable
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import BUILDER, QUERY, ROWS, TABLE, WAREHOUSE, Database, create, run, table_with
from tests.warehouse.postgres.in_session import create_version


def test_rows_are_stored_and_logged(database: Database) -> None:
    build = create(database)

    assert build.rows == ROWS
    assert build.columns == ("day", "n")
    assert build.run_id == "run 1"
    assert build.run_at == run().run_at
    assert build.published_at is None
    assert database.value(f'SELECT sum(n) FROM summary_tables."{build.version}"') == ROWS * 3
    assert database.admin("SELECT version_name, try_number, row_count, origin FROM summary_tables.build_log") == [
        (build.version, 1, ROWS, "built")
    ]


def test_build_role_is_no_superuser(database: Database) -> None:
    assert database.admin(f"SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = '{BUILDER}'") == [
        (False, False, False)
    ]


def test_readers_see_nothing_of_versions_and_log(database: Database) -> None:
    create(database)
    assert database.value("SELECT has_schema_privilege('reader', 'summary_tables', 'USAGE')") is False
    assert database.value("SELECT has_table_privilege('reader', 'summary_tables.build_log', 'SELECT')") is False


def test_every_column_of_the_log_is_described(database: Database) -> None:
    create(database)
    undescribed = database.admin(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'summary_tables.build_log'::regclass AND attnum > 0 "
        "AND col_description(attrelid, attnum) IS NULL"
    )
    assert undescribed == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1 AS a;",
        "SELECT 1 AS a ;\n ;\n",
        "SELECT 1 AS a -- the end",
        "SELECT 1 AS a; -- the end",
        "SELECT 1 AS a /* the end */",
        "-- first\n/* second */ SELECT 1 AS a",
        "(SELECT 1 AS a)",
        "((SELECT 1 AS a) UNION ALL (SELECT 2)) LIMIT 1",
        "WITH x AS (SELECT 1 AS a) SELECT * FROM x",
        "VALUES (1)",
        "TABLE raw_data.one",
        "SELECT ';' || '--' || $$;$$ AS a",
        "SELECT '%s %% {} {a} ? $1 :a' AS a",
        "SELECT raw_data.own(1) AS a; -- takes the way through a temporary table",
        "VALUES (raw_data.own(1))",
    ],
)
def test_a_query_may_be_written_like_this(database: Database, query: str) -> None:
    database.admin(
        "CREATE TABLE raw_data.one AS SELECT 1 AS a; GRANT SELECT ON raw_data.one TO builder;"
        "CREATE FUNCTION raw_data.own(int) RETURNS int LANGUAGE sql AS 'SELECT $1'"
    )
    assert create(database, query).rows == 1


def test_signs_of_formatting_mean_themselves(database: Database) -> None:
    build = create(database, "SELECT '%s %% {} {a} ? $1 :a \\' AS a")
    assert database.value(f'SELECT a FROM summary_tables."{build.version}"') == "%s %% {} {a} ? $1 :a \\"


def test_each_try_has_its_own_version(database: Database) -> None:
    assert create(database).version != create(database).version
    assert len(database.versions()) == 2


def test_attributes_and_indexes(database: Database) -> None:
    table = table_with(
        attributes=Attributes(fillfactor=70),
        indexes=(Index(columns=("day",), unique=True), Index(columns=("n", "day"), method="btree")),
    )
    version = create(database, table=table).version

    assert database.value(f"SELECT reloptions FROM pg_class WHERE relname = '{version}'") == ["fillfactor=70"]
    definitions = database.admin(f"SELECT indexdef FROM pg_indexes WHERE tablename = '{version}' ORDER BY 1")
    assert [definition.partition(" USING ")[2] for (definition,) in definitions] == ["btree (n, day)", "btree (day)"]
    assert "UNIQUE" in definitions[1][0]


def test_statistics_are_there(database: Database) -> None:
    version = create(database).version
    assert database.value(f"SELECT reltuples FROM pg_class WHERE relname = '{version}'") == ROWS


def test_names_of_any_kind(database: Database) -> None:
    table = SummaryTable(table='Tägliche "Zahlen" ' + "長" * 20, schema="analytics", main_sql="", description="a'b\\")
    build = create(database, 'SELECT 1 AS "A ""b"" %s", 2 AS "長"', table)
    assert build.columns == ('A "b" %s', "長")
    assert build.version in database.versions()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT", "The query returns no columns."),
        ("", "The query is empty."),
        (" \n", "The query is empty."),
        ("SELECT 1 AS a\0", "The query contains a NUL character."),
        ("SELECT day, 1 + 1 FROM raw_data.events", "Column 2 of the query has no name; write ... AS name."),
        (
            "SELECT 1 AS a, 2 AS b, 3 AS a",
            'Columns 1 and 3 of the query are both called "a"; write ... AS another_name.',
        ),
    ],
)
def test_columns_without_usable_names(database: Database, query: str, words: str) -> None:
    with pytest.raises(WarehouseError) as caught:
        create(database, query)
    assert str(caught.value) == words
    assert database.versions() == set()


def test_missing_versions_schema_is_created(database: Database) -> None:
    database.admin(f"DROP SCHEMA summary_tables; GRANT CREATE ON DATABASE {database.name} TO builder")
    assert create(database).rows == ROWS


def test_missing_versions_schema_that_may_not_be_created(database: Database) -> None:
    database.admin("DROP SCHEMA summary_tables")
    with pytest.raises(WarehouseError) as caught:
        create(database)
    assert str(caught.value) == (
        'There is no schema "summary_tables" in the warehouse, and the role builder may not create it. '
        'An administrator runs: CREATE SCHEMA "summary_tables" AUTHORIZATION "builder";'
    )


def test_missing_target_schema_is_told_before_anything_is_built(database: Database) -> None:
    with pytest.raises(WarehouseError) as caught:
        create(database, table=table_with(schema="Marts"))
    assert str(caught.value) == (
        'There is no schema "Marts" in the warehouse. An administrator runs: CREATE SCHEMA "Marts"; '
        'GRANT USAGE, CREATE ON SCHEMA "Marts" TO "builder";'
    )
    assert database.versions() == set()


def test_target_schema_without_rights(database: Database) -> None:
    database.admin("REVOKE CREATE ON SCHEMA analytics FROM builder")
    with pytest.raises(WarehouseError) as caught:
        create(database)
    assert str(caught.value) == (
        'The role builder may not create anything in the schema "analytics". '
        'An administrator runs: GRANT USAGE, CREATE ON SCHEMA "analytics" TO "builder";'
    )


@pytest.mark.parametrize(
    "query", ["SELECT day, 1 / (day - 50) AS n FROM raw_data.events", "SELECT raw_data.bad() AS a"]
)
def test_a_failing_query_leaves_nothing_behind(database: Database, query: str) -> None:
    database.admin("CREATE FUNCTION raw_data.bad() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1 / 0; END'")
    with pytest.raises(WarehouseError) as caught:
        create(database, query)
    assert str(caught.value) == "The warehouse says: division by zero."
    assert database.versions() == set()
    assert database.value("SELECT count(*) FROM summary_tables.build_log") == 0


def test_a_failing_index_leaves_nothing_behind(database: Database) -> None:
    table = table_with(indexes=(Index(columns=("n",), unique=True),))
    with pytest.raises(WarehouseError) as caught:
        create(database, table=table)
    assert str(caught.value) == (
        "An index is declared unique, but the rows of the new build are not. Key (n)=(3) is duplicated."
    )
    assert database.versions() == set()


def test_an_index_on_a_column_that_is_not_there(database: Database) -> None:
    with pytest.raises(WarehouseError) as caught:
        create(database, table=table_with(indexes=(Index(columns=("day", "dya")),)))
    assert str(caught.value) == (
        'An index or key is declared on the column "dya", which the query does not return. Its columns are: day, n.'
    )


def test_the_search_path_of_the_role_is_the_querys(database: Database) -> None:
    with database.connect(options="-c search_path=raw_data") as connection:
        build = create_version(connection, TABLE, WAREHOUSE, run(), "SELECT count(*) AS n FROM events")
    assert database.value(f'SELECT n FROM summary_tables."{build.version}"') == ROWS * 3


def test_another_versions_schema(database: Database) -> None:
    database.admin('CREATE SCHEMA "Old versions" AUTHORIZATION builder')
    with database.connect() as connection:
        build = create_version(connection, TABLE, Warehouse(versions_schema="Old versions"), run(), QUERY)
    assert database.value(f'SELECT count(*) FROM "Old versions"."{build.version}"') == ROWS
