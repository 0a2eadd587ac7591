"""Columns as a contract on a real server: what is built, what is refused, and what the warehouse says of them."""

import pytest

from summary_tables.model.table import DeclaredColumn, SummaryTable
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import QUERY, Database, build_and_show, create, show, table_with

DAY = DeclaredColumn(name="day", type="int4", description="Day, it's 100% $1.")
N = DeclaredColumn(name="n", type="int8")


def with_columns(*columns: DeclaredColumn) -> SummaryTable:
    return table_with(columns=columns)


def of_types(*types: str) -> SummaryTable:
    return with_columns(*(DeclaredColumn(name=f"c{place}", type=written) for place, written in enumerate(types)))


def comments(database: Database, relation: str) -> dict[str, str]:
    found = database.admin(
        "SELECT attname, col_description(attrelid, attnum) FROM pg_attribute "
        f"WHERE attrelid = '{relation}'::regclass AND attnum > 0 AND col_description(attrelid, attnum) IS NOT NULL"
    )
    return dict(found)


def test_columns_that_keep_the_contract_are_built_in_any_order(database: Database) -> None:
    assert create(database, table=with_columns(N, DAY)).columns == ("day", "n")


def test_other_columns_are_refused_before_anything_is_made(database: Database) -> None:
    with pytest.raises(WarehouseError) as error:
        create(database, table=with_columns(DAY, DeclaredColumn(name="n", type="integer"), DeclaredColumn(name="x")))

    assert str(error.value) == (
        'The columns of the query are not those of `columns` in the file: "n" is bigint and not integer; "x" is '
        "missing. Mend the query, or, where the query is right, `columns`. Widening a type in the file loses nothing: "
        '"n" (`type: bigint`). A CAST to the narrower one may cut values.'
    )
    assert error.value.details == (
        "in the file     in the query\n"
        "day  int4       day  integer\n"
        "n    integer    n    bigint   <- another type\n"
        "x               -             <- missing"
    )
    assert not error.value.may_pass
    assert database.versions() == set()


def test_query_that_would_fail_while_it_runs_is_refused_for_its_columns_first(database: Database) -> None:
    with pytest.raises(WarehouseError, match='"b" is not in the file'):
        create(
            database, "SELECT 1 AS day, 2::bigint AS n, 1 / (day - day) AS b FROM raw_data.events", with_columns(DAY, N)
        )


def test_types_by_any_name(database: Database) -> None:
    database.admin(
        "CREATE TYPE analytics.mood AS ENUM ('glad'); CREATE DOMAIN 일 AS integer; "
        "CREATE DOMAIN never_empty AS text NOT NULL"
    )
    given = {
        "int": "1",
        "decimal": "1.5::numeric(10,2)",
        "numeric(10, 2)": "1.5::numeric(10,2)",
        "varchar": "'a'::character varying(20)",
        "text": "'a'",
        "timestamptz": "now()",
        "TIMESTAMP WITH TIME ZONE": "now()",
        "float": "1::double precision",
        "bool": "true",
        "text[]": "ARRAY['a']",
        "analytics.mood": "'glad'::analytics.mood",
        "일": "1::일",
        "never_empty": "'a'::text",
    }
    values = ", ".join(f"{value} AS c{place}" for place, value in enumerate(given.values()))
    assert create(database, f"SELECT {values}", of_types(*given)).rows == 1


def test_types_that_are_not_the_same(database: Database) -> None:
    values = "1.5::numeric(12,2) AS c0, 'a'::varchar AS c1, now() AS c2, 1 AS c3"
    with pytest.raises(WarehouseError) as error:
        create(database, f"SELECT {values}", of_types("numeric(10,2)", "varchar(20)", "timestamp", "bigint"))
    assert str(error.value) == (
        'The columns of the query are not those of `columns` in the file: "c0" is numeric(12,2) and not numeric(10,2); '
        '"c1" is varchar and not varchar(20); "c2" is timestamptz and not timestamp; "c3" is integer and not bigint. '
        "Mend the query, or, where the query is right, `columns`. Widening a type in the file loses nothing: "
        '"c0" (`type: numeric(12,2)`), "c1" (`type: varchar`). A CAST to the narrower one may cut values.'
    )
    wider = of_types("numeric(12,2)", "varchar", "timestamptz", "int")
    assert create(database, f"SELECT {values}", wider).rows == 1


def test_type_that_the_warehouse_does_not_take(database: Database) -> None:
    reasons = {
        "numbr": 'There is no type "numbr" in the warehouse.',
        "numeric(2000,1)": "The warehouse says: NUMERIC precision 2000 must be between 1 and 1000.",
        "int) AS a, CAST(1 AS int": "It is more than one type.",
        "int); DROP TABLE raw_data.events; SELECT (1": (
            "Only one statement is allowed, and here are two or more. Write one SELECT, without a semicolon inside."
        ),
    }
    for written, why in reasons.items():
        with pytest.raises(WarehouseError) as error:
            create(database, "SELECT 1 AS c0, 2 AS c1", of_types("int", written))
        assert str(error.value) == (
            f'`columns` in the file gives the column "c1" the type {written}, which the warehouse does not take. {why}'
        )
    assert database.value("SELECT count(*) FROM raw_data.events") > 0


def test_descriptions_are_comments_of_the_view_and_of_the_version(database: Database) -> None:
    build = build_and_show(database, table=with_columns(DAY, DeclaredColumn(name="n", pii=True)))
    expected = {"day": "Day, it's 100% $1.", "n": "Personal data."}
    assert comments(database, "analytics.daily") == expected
    assert comments(database, f'summary_tables."{build.version}"') == expected


def test_comments_of_others_stay_where_the_file_has_no_description(database: Database) -> None:
    build_and_show(database, table=with_columns(DAY, N))
    database.admin(
        "COMMENT ON COLUMN analytics.daily.n IS 'by hand'; COMMENT ON COLUMN analytics.daily.day IS 'by hand'"
    )
    build_and_show(database, table=with_columns(DAY, N), number=2)
    assert comments(database, "analytics.daily") == {"day": DAY.description, "n": "by hand"}


def test_file_that_was_changed_after_the_build_does_not_stop_the_publish(database: Database) -> None:
    build = create(database, QUERY, with_columns(DAY, N))
    gone = DeclaredColumn(name="gone", description="Not there any more.")
    show(database, build, with_columns(DAY, N, gone))
    assert comments(database, "analytics.daily") == {"day": DAY.description}
