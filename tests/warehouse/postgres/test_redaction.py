"""Where messages may show no values, the server's own words about a value do not get through. The whole text counts."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from summary_tables.model.table import DeclaredColumn, Index, Refresh, SummaryTable
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import WAREHOUSE, Database, table_with
from tests.warehouse.postgres.in_session import read_answer
from tests.warehouse.postgres.increments import build_day, day_run, run_day

JIN = "jin@example.com"
HIDDEN = (
    " What the warehouse says is not shown, as it may quote values (`samples: false` or `pii: true`); "
    "run the query yourself to see it."
)
PEOPLE = f"(VALUES ('{JIN}'), ('{JIN}')) AS people (email)"
PRIVATE = (DeclaredColumn(name="email", pii=True),)
UNIQUE = table_with(indexes=(Index(columns=("email",), unique=True),))

BUILDS: dict[str, str] = {
    f"SELECT CAST(email AS integer) AS email FROM {PEOPLE}": "A value cannot be converted to the type integer.",
    f"SELECT CAST(email AS double precision) AS email FROM {PEOPLE}": (
        "A value cannot be converted to the type double precision."
    ),
    f"SELECT CAST(email AS date) AS email FROM {PEOPLE}": "A value cannot be converted to the type date.",
    f"SELECT to_date(email, 'YYYY') AS email FROM {PEOPLE}": "A value cannot be converted to a date or a time.",
    f"SELECT CAST(email AS json) ->> 'a' AS email FROM {PEOPLE}": "A value cannot be converted to the type json.",
    f"SELECT 1 / (length(email) - {len(JIN)}) AS email FROM {PEOPLE}": "The query divides by zero.",
    f"SELECT (length(email) * 9999999999)::integer AS email FROM {PEOPLE}": (
        "A number is too large or too small for its type."
    ),
    f"SELECT raw_data.fails(email) AS email FROM {PEOPLE}": "A function that the query calls gave up.",
    f"SELECT raw_data.breaks(email) AS email FROM {PEOPLE}": "A value or a row could not be worked with (code XX000).",
    f"SELECT email FROM {PEOPLE}": "An index is declared unique, but the rows of the new build are not (email).",
}
SHOWN: dict[str, str] = {
    # What stands in the query is no value of a row.
    "SELECT CAST('x' AS integer) AS email": (
        'The warehouse says: invalid input syntax for type integer: "x", line 1 of the query.'
    ),
    "SELECT emial AS email FROM (SELECT 'x' AS email) AS people": (
        'There is no column "emial", line 1 of the query. Perhaps you meant to reference the column "people.email".'
    ),
}
"""Queries, and what is said of each."""

_FUNCTIONS = """
CREATE FUNCTION raw_data.fails(text) RETURNS text LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'not: %', $1; END$$;
CREATE FUNCTION raw_data.breaks(text) RETURNS text LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'not: %', $1 USING ERRCODE = 'XX000', HINT = $1; END$$;
"""


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(WarehouseError) as caught:
        work()
    assert JIN not in f"{caught.value!r} {caught.value.details}"
    return str(caught.value)


@pytest.mark.parametrize("table", [UNIQUE, replace(UNIQUE, columns=PRIVATE)], ids=["samples", "pii"])
def test_build(database: Database, table: SummaryTable) -> None:
    database.admin(_FUNCTIONS)
    samples = bool(table.columns)
    for query, words in {**{query: words + HIDDEN for query, words in BUILDS.items()}, **SHOWN}.items():
        said = refusal(lambda query=query: build_day(database, table, day_run(1), query, samples=samples))  # type: ignore[misc]  # called at once
        assert (query, said) == (query, words)


def test_check(database: Database) -> None:
    query = f"SELECT max(CAST(email AS integer)) FROM {PEOPLE}"
    with database.connect() as line:
        words = refusal(lambda: read_answer(line, query, width=1, most=2, warehouse=WAREHOUSE, shows_values=False))
    assert words == "A value cannot be converted to the type integer." + HIDDEN


def test_increment_whose_rows_are_refused(database: Database) -> None:
    table = replace(UNIQUE, refresh=Refresh(strategy="append"), columns=PRIVATE)
    query = f"SELECT '{JIN}' AS email"
    run_day(database, table, day_run(1), query)
    assert refusal(lambda: run_day(database, table, day_run(2), query)) == (
        "An index of the table is unique, and rows of this run have a key (email) that is there already." + HIDDEN
    )


def test_constraint_of_a_table_that_was_there_before(database: Database) -> None:
    database.admin(
        "CREATE TABLE analytics.daily (email text NOT NULL, n int CONSTRAINT small CHECK (n < 9));"
        "ALTER TABLE analytics.daily OWNER TO builder"
    )
    table = table_with(refresh=Refresh(strategy="append"), columns=(*PRIVATE, DeclaredColumn(name="n")))
    assert refusal(lambda: run_day(database, table, day_run(1), f"SELECT '{JIN}' AS email, 9 AS n")) == (
        'The constraint "small" of the table does not allow one of the rows.' + HIDDEN
    )
    assert refusal(lambda: run_day(database, table, day_run(1), "SELECT NULL::text AS email, 1 AS n")) == (
        'The column "email" of the table takes no empty value (NULL), and a row has one.' + HIDDEN
    )


def test_rows_that_cannot_be_added(database: Database) -> None:
    by_key = table_with(refresh=Refresh(strategy="merge", unique_key=("email",)))
    assert refusal(lambda: build_day(database, by_key, day_run(1), f"SELECT email FROM {PEOPLE}", samples=False)) == (
        "2 rows of the result share their unique key (email) with another. "
        "Let the query return one row for each (GROUP BY email), or add a column to `unique_key`."
    )
    by_day = table_with(refresh=Refresh(strategy="delete_insert", time_column="born"))
    query = "SELECT date '1990-01-31' AS born"
    said = refusal(lambda: build_day(database, by_day, day_run(1), query, samples=False))
    assert said == (
        "1 row of the result has a born outside of the run's data interval, 2026-11-01 00:00 to 2026-11-02 00:00 UTC, "
        "that is from 2026-11-01 to before 2026-11-02. Only rows of this interval are replaced. "
        "Write WHERE ... >= '{{ data_interval_start | ds }}' AND ... < '{{ data_interval_end | ds }}' in the query."
    )
