"""What a table is limited to holds in the warehouse itself, whatever its query tries."""

from collections.abc import Callable
from typing import Any, Self

import psycopg
import pytest

from summary_tables.model.table import Index, Limits
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import BUILDER, ROWS, WAREHOUSE, Database, create, run, table_with
from tests.warehouse.postgres.in_session import create_version, read_value

_SHORT = 0.0125  # minutes: long enough for what else a step asks the warehouse
_SLOW = "SELECT pg_sleep(600)::text AS a"
_STOPPED = (
    "The query ran longer than 0.0125 minutes and was stopped in the warehouse; make the query faster, or raise "
    "`statement_timeout_minutes` (at most 120, the `timeout_minutes` of the table)."
)
# Functions that switch the limit off: one while the query runs, one while it is planned.
_LIFTERS = """
CREATE FUNCTION raw_data.lifts() RETURNS int LANGUAGE plpgsql AS
    $$BEGIN PERFORM set_config('statement_timeout', '0', false); RETURN 1; END$$;
CREATE FUNCTION raw_data.sets(text, text, bool) RETURNS text LANGUAGE sql AS 'SELECT set_config($1, $2, $3)';
CREATE FUNCTION raw_data.lifts_early() RETURNS int LANGUAGE plpgsql IMMUTABLE AS
    $$BEGIN PERFORM set_config('statement_timeout', '0', false); RETURN 1; END$$;
"""
LIFTING = (
    "raw_data.sets('statement_timeout', '0', false)",
    "raw_data.sets('statement_timeout', '0', true)",
    "raw_data.lifts()",
    "raw_data.lifts_early()",
)
_NAMES = "'statement_timeout', 'work_mem', 'client_connection_check_interval'"
_seen: list[tuple[object, ...]] = []


def refusal(work: Callable[[], object]) -> WarehouseError:
    with pytest.raises(WarehouseError) as caught:
        work()
    return caught.value


def asleep(database: Database) -> int:
    return int(
        database.value(f"SELECT count(*) FROM pg_stat_activity WHERE usename = '{BUILDER}' AND state = 'active'")
    )


def check(database: Database, query: str, limits: Limits) -> object:
    with database.connect() as connection:
        return read_value(connection, query, WAREHOUSE, limits)


def test_build_that_runs_too_long_is_stopped_and_may_be_tried_again(database: Database) -> None:
    error = refusal(lambda: create(database, _SLOW, table_with(statement_timeout_minutes=_SHORT)))
    assert (str(error), error.may_pass) == (_STOPPED, True)
    assert (asleep(database), database.versions()) == (0, set())


def test_check_that_runs_too_long_is_stopped(database: Database) -> None:
    limits = table_with(statement_timeout_minutes=_SHORT).limits
    assert str(refusal(lambda: check(database, _SLOW, limits))) == _STOPPED
    assert asleep(database) == 0


def test_query_has_no_more_time_than_its_step(database: Database) -> None:
    words = (
        "The query ran longer than 0.0125 minutes and was stopped in the warehouse; make the query faster, or raise "
        "`timeout_minutes`."
    )
    limits = Limits(timeout_minutes=_SHORT, statement_timeout_minutes=1)
    assert str(refusal(lambda: check(database, _SLOW, limits))) == words


def test_work_of_ours_has_the_same_limit(database: Database) -> None:
    limits = table_with(statement_timeout_minutes=_SHORT).limits
    with database.connect() as connection, open_session(connection, WAREHOUSE, limits) as session:
        error = refusal(lambda: session.execute(_SLOW))
    assert str(error) == (
        "The work around the query (indexes, statistics) ran longer than 0.0125 minutes and was stopped in the "
        "warehouse; let the query return less, or raise `statement_timeout_minutes` (at most 120, the "
        "`timeout_minutes` of the table)."
    )


@pytest.mark.parametrize("call", LIFTING)
def test_query_cannot_lift_its_limit(database: Database, call: str) -> None:
    database.admin(_LIFTERS)
    table = table_with(statement_timeout_minutes=_SHORT)
    sleeping = f"SELECT concat(x, pg_sleep(600)) AS a FROM (SELECT {call} AS x OFFSET 0) AS lifted"
    assert str(refusal(lambda: create(database, sleeping, table))) == _STOPPED
    assert str(refusal(lambda: check(database, sleeping, table.limits))) == _STOPPED
    assert (asleep(database), database.versions()) == (0, set())


class WatchingCursor(psycopg.Cursor[Any]):
    """Notes the settings under which each statement after the query begins."""

    def execute(self, query: Any, *args: Any, **options: Any) -> Self:
        if "ANALYZE" in str(query):
            # It is a transaction of its own, whose settings come with it.
            _seen.append(("ANALYZE", *(f"SET LOCAL {name} = " in str(query) for name in _NAMES.split("'")[1::2])))
        if str(query).startswith(("CREATE INDEX", "INSERT INTO")):
            with psycopg.Cursor(self.connection) as other:
                settings = other.execute(f"SELECT setting FROM pg_settings WHERE name IN ({_NAMES}) ORDER BY name")
                _seen.append((str(query).split(" ", 1)[0], *(value for (value,) in settings.fetchall())))
        return super().execute(query, *args, **options)


def test_what_follows_a_query_that_changed_its_limits_has_them_again(database: Database) -> None:
    changes = "VALUES ('client_connection_check_interval', '0'), ('statement_timeout', '0'), ('work_mem', '1GB')"
    database.admin(_LIFTERS)
    query = f"SELECT raw_data.sets(name, value, false) AS a FROM ({changes}) AS x (name, value)"
    table = table_with(statement_timeout_minutes=30, work_mem_mb=17, indexes=(Index(columns=("a",)),))
    _seen.clear()
    with database.connect(cursor_factory=WatchingCursor) as connection:
        create_version(connection, table, WAREHOUSE, run(), query)
    # The first is the index of the log, which this database does not have yet.
    in_force = [(word, "2000", "1800000", "17408") for word in ("CREATE", "INSERT", "CREATE", "INSERT")]
    assert _seen == [*in_force, ("ANALYZE", True, True, True)]


def test_query_has_the_memory_that_its_table_says(database: Database) -> None:
    assert check(database, "SELECT current_setting('work_mem')", Limits(work_mem_mb=17)) == "17MB"


@pytest.mark.parametrize(
    ("of_the_role", "limits", "in_force"),
    [
        ("0", Limits(timeout_minutes=120), "2h"),
        ("10min", Limits(timeout_minutes=120), "10min"),
        ("10min", Limits(timeout_minutes=5), "5min"),
        ("10min", Limits(timeout_minutes=120, statement_timeout_minutes=30), "30min"),
        ("10min", Limits(), "10min"),
    ],
)
def test_shorter_limit_of_the_role_holds_unless_the_table_has_one(
    database: Database, of_the_role: str, limits: Limits, in_force: str
) -> None:
    database.admin(f"ALTER ROLE {BUILDER} IN DATABASE {database.name} SET statement_timeout = '{of_the_role}'")
    assert check(database, "SELECT current_setting('statement_timeout')", limits) == in_force


def test_build_with_too_many_rows_is_thrown_away(database: Database) -> None:
    error = refusal(lambda: create(database, table=table_with(max_rows=ROWS - 1)))
    assert (str(error), error.may_pass) == (
        "The query returned 50 rows; at most 49 are allowed (`max_rows`). Nothing of them was kept. "
        "Look for a JOIN that multiplies rows; if so many are right, raise `max_rows`.",
        False,
    )
    assert database.versions() == set()
    assert create(database, table=table_with(max_rows=ROWS)).rows == ROWS


def test_rows_are_counted_where_a_function_has_to_be_watched(database: Database) -> None:
    database.admin(_LIFTERS)
    query = "SELECT raw_data.lifts() AS a FROM generate_series(1, 1200)"
    error = refusal(lambda: create(database, query, table_with(max_rows=1000)))
    assert str(error).startswith("The query returned 1,200 rows; at most 1,000 are allowed (`max_rows`).")
    assert database.versions() == set()
