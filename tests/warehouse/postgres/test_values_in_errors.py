"""Where messages may show no values, none gets out through an error, whatever casts it or is called with it.

Each expression in `tests/cases/values_in_errors.txt` fails at a value of `email`; most of the server's words quote it.
"""

import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from summary_tables.checks import check_from_item
from summary_tables.configs.config import Config
from summary_tables.model.settings import Settings
from summary_tables.model.table import DeclaredColumn, Grants, Refresh
from summary_tables.runs.dates import RunDates
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import WAREHOUSE, Database, create, run, show, table_with
from tests.warehouse.postgres.in_session import create_version, read_answer
from tests.warehouse.postgres.increments import day_run, run_day
from tests.warehouse.postgres.previews import preview

CORPUS = Path(__file__).parents[2] / "cases" / "values_in_errors.txt"
EXPRESSIONS = [line for line in CORPUS.read_text().splitlines() if not line.startswith("#")]
PRIVATE = table_with(columns=(DeclaredColumn(name="email", pii=True),))
VALUE = "jin@example.com"
PARTS = ("jin", "example", '"j"', '"ji"', '"@"')

_DAY = datetime(2026, 11, 21, tzinfo=UTC)
_DATES = RunDates(logical_date=_DAY, start=_DAY, end=_DAY.replace(day=22), due=_DAY.replace(day=22))

_SET_UP = f"""
CREATE TYPE raw_data.mood AS ENUM ('good');
CREATE DOMAIN raw_data.plz AS text CHECK (value ~ '^[0-9]+$');
CREATE TABLE raw_data.people AS SELECT '{VALUE}'::text AS email, 1 AS n;
GRANT SELECT ON raw_data.people TO builder;
CREATE FUNCTION raw_data.leak_raise(t text, code text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION USING ERRCODE = code, MESSAGE = 'bad ' || t, DETAIL = 'Key (' || t || ')=(' || t || ')', HINT = t,
        CONSTRAINT = t, COLUMN = t, TABLE = t, SCHEMA = t, DATATYPE = t;
END $$;
CREATE FUNCTION raw_data.leak_exec(t text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN
    EXECUTE 'SELECT ' || t INTO r; RETURN r;
END $$;
"""

WRITTEN = {
    "SELECT emial AS email FROM raw_data.people": (
        'There is no column "emial", line 1 of the query. Perhaps you meant to reference the column "people.email".'
    ),
    "SELECT email FROM raw_data.poeple": ('There is no table "raw_data.poeple" in the warehouse, line 1 of the query.'),
    "SELECT email FROM raw.people": ('There is no table "raw.people" in the warehouse, line 1 of the query.'),
    "SELECT email + n AS email\nFROM raw_data.people": (
        "The warehouse says: operator does not exist: text + integer, line 1 of the query. No operator "
        "matches the given name and argument types. You might need to add explicit type casts."
    ),
    "SELECT\n  lenght(email) AS email FROM raw_data.people": (
        "There is no function lenght(text) in the warehouse, line 2 of the query. No function matches "
        "the given name and argument types. You might need to add explicit type casts."
    ),
    "SELECT email::txt FROM raw_data.people": ('There is no type "txt" in the warehouse, line 1 of the query.'),
    "SELECT email, count(*) AS n FROM raw_data.people": (
        'The warehouse says: column "people.email" must appear in the GROUP BY clause or be used in an '
        "aggregate function, line 1 of the query."
    ),
    "SELECT email FROM FROM raw_data.people": ('The SQL cannot be read at "FROM", line 1 of the query (syntax error).'),
    "SELECT 'x'::regclass::text AS email FROM raw_data.people": (
        'There is no table "x" in the warehouse, line 1 of the query.'
    ),
    "SELECT secret AS email FROM raw_data.hidden": (
        "The role builder may not read the table raw_data.hidden. An administrator can allow it: GRANT "
        "SELECT ON raw_data.hidden TO builder;"
    ),
    "SELECT raw_data.writes() AS email": (
        "The query tries to change data (INSERT). It may only read, and so may every function that it calls."
    ),
}
"""Mistakes in what was written, and what is said of them in full."""

Line = psycopg.Connection[Any]


def build(line: Line, expression: str) -> None:
    query = f"SELECT ({expression})::text AS email FROM raw_data.people"
    create_version(line, PRIVATE, WAREHOUSE, run(), query)


def sql_check(line: Line, expression: str) -> None:
    query = f"SELECT max(({expression})::text) FROM raw_data.people"
    read_answer(line, query, width=1, most=2, warehouse=WAREHOUSE, shows_values=False)


def named_check(line: Line, _expression: str) -> None:
    """Of a view of somebody else's, which has the expression as its column."""
    check = check_from_item({"not_null": "email", "table": "raw_data.computed"}).without_samples()
    read_answer(line, check.sql, width=check.width, most=6, warehouse=WAREHOUSE, shows_values=False)


def shown_preview(line: Line, expression: str) -> str:
    query = f"SELECT ({expression})::text AS email FROM raw_data.people"
    table = table_with(columns=PRIVATE.columns, main_sql=query)
    return preview(line, Config(table=table, settings=Settings(), path=Path("daily.yaml")), _DATES, 3).build_error


def words(work: Callable[[], str | None]) -> str:
    """Everything that a log, a task's result or a traceback could hold of the refusal."""
    try:
        said = work()
    except WarehouseError as error:
        return f"{error!r} {error.details} {''.join(traceback.format_exception(error))}"
    assert said, "nothing failed"
    return said


@pytest.mark.parametrize("place", [build, sql_check, shown_preview])
def test_no_value_is_shown(database: Database, place: Callable[[Line, str], str | None]) -> None:
    database.admin(_SET_UP)
    with database.connect() as line:
        said = {expression: words(partial(place, line, expression)) for expression in EXPRESSIONS}
    assert {e: w for e, w in said.items() if any(part in w for part in PARTS)} == {}
    assert len(said) > 150


def test_no_value_of_somebodys_view(database: Database) -> None:
    """And where no column holds it by that name: the server meets the expression in the view."""
    database.admin(_SET_UP)
    said: dict[str, str] = {}
    with database.connect() as line:
        for expression in EXPRESSIONS[::3]:
            database.admin(
                "DROP VIEW IF EXISTS raw_data.computed; "
                f"CREATE VIEW raw_data.computed AS SELECT ({expression})::text AS email FROM raw_data.people; "
                "GRANT SELECT ON raw_data.computed TO builder"
            )
            said[expression] = words(partial(named_check, line, expression))
    assert {e: w for e, w in said.items() if any(part in w for part in PARTS)} == {}


def test_no_value_of_a_constraint(database: Database) -> None:
    """A plain table that grows now has constraints of its own, which are computed when rows are added."""
    database.admin(_SET_UP + "CREATE TABLE analytics.daily (email text); ALTER TABLE analytics.daily OWNER TO builder;")
    table = table_with(columns=PRIVATE.columns, refresh=Refresh(strategy="append"), lock_timeout_minutes=0.001)
    query = "SELECT email FROM raw_data.people WHERE false"
    base = run_day(database, table, day_run(1), query).applied_to
    said: dict[str, str] = {}
    for expression in (each for each in EXPRESSIONS[::6] if "nnest" not in each):
        database.admin(
            f'ALTER TABLE summary_tables."{base}" DROP CONSTRAINT IF EXISTS mine, '
            f"ADD CONSTRAINT mine CHECK (({expression})::text <> '')"
        )
        said[expression] = words(lambda: str(run_day(database, table, day_run(2), "SELECT email FROM raw_data.people")))
    assert {e: w for e, w in said.items() if any(part in w for part in PARTS)} == {}


def test_what_was_written_is_explained(database: Database) -> None:
    database.admin(
        _SET_UP + "CREATE TABLE raw_data.hidden (secret text); CREATE TABLE raw_data.notes (note text);"
        "CREATE FUNCTION raw_data.writes() RETURNS text LANGUAGE sql AS "
        "$$INSERT INTO raw_data.notes VALUES ('x') RETURNING note$$; GRANT INSERT, SELECT ON raw_data.notes TO builder"
    )
    said = {}
    with database.connect() as line:
        for query in WRITTEN:
            with pytest.raises(WarehouseError) as caught:
                create_version(line, replace(PRIVATE, columns=()), WAREHOUSE, run(), query, samples=False)
            said[query] = str(caught.value)
    assert said == WRITTEN


def test_our_own_statements_are_explained(database: Database) -> None:
    """The server gives no place in them, and they hold no value of a row."""
    table = table_with(columns=PRIVATE.columns, grants=Grants(select=("soon_gone",)))
    database.admin("CREATE ROLE soon_gone")
    version = create(database, f"SELECT '{VALUE}' AS email", table)
    database.admin("DROP ROLE soon_gone")
    with pytest.raises(WarehouseError) as caught:
        show(database, version, table)
    assert str(caught.value) == 'There is no role "soon_gone" in the warehouse.'
