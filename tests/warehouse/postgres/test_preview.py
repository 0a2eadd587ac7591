"""A preview on a real warehouse: what it says, that it can only read, and that it leaves nothing."""

import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from summary_tables.checks import CheckResult, SqlCount
from summary_tables.checks.kinds.freshness import Freshness
from summary_tables.checks.kinds.row_count import RowCount
from summary_tables.checks.kinds.row_count_change import RowCountChange
from summary_tables.checks.kinds.sum import Sum
from summary_tables.commands.preview.report import preview_text
from summary_tables.commands.preview.result import PreviewResult
from summary_tables.model.column import Column
from summary_tables.model.table import DeclaredColumn, Index, Refresh, SummaryTable
from summary_tables.runs.dates import RunDates, full_refresh
from summary_tables.runs.render import main_query
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import (
    OTHER,
    QUERY,
    READER,
    ROWS,
    WAREHOUSE,
    Database,
    build_and_show,
    table_with,
)
from tests.warehouse.postgres.in_session import create_version, publish
from tests.warehouse.postgres.previews import CATALOG, DATES, DAY, pid_of_the_build, show

FRESH = "{schema}.temp_{table}"
SLOW = "SELECT day, pg_sleep(60)::text AS n FROM raw_data.events"


def table(main_sql: str = QUERY, **values: Any) -> SummaryTable:
    return table_with(main_sql=main_sql, **values)


def counted(sql: str, count: int, name: str = "") -> SqlCount:
    return SqlCount(sql=sql, count=count, name=name)


def test_personal_data_is_not_shown(database: Database) -> None:
    query = "SELECT day, CASE WHEN day > 1 THEN 'kim' END AS who FROM raw_data.events GROUP BY day"
    columns = (DeclaredColumn(name="day"), DeclaredColumn(name="who", pii=True))
    result = show(database, table(query, columns=columns))
    assert result.built is not None
    assert result.built.first_rows == (("1", None), ("2", "***"), ("3", "***"))


def test_value_that_no_message_may_show_is_not_quoted_either(database: Database) -> None:
    checks = tuple(Freshness(column="who", within_hours=1, samples=samples) for samples in (True, False))
    result = show(database, table("SELECT 's3cret' AS who FROM raw_data.events", output_check=checks))
    assert [check.error for check in result.output_checks] == [
        'The warehouse says: invalid input syntax for type timestamp with time zone: "s3cret".',
        "A value cannot be converted to the type timestamp with time zone. What the warehouse says is not shown, as it "
        "may quote values (`samples: false` or `pii: true`); run the query yourself to see it.",
    ]


def test_columns_that_are_not_those_of_the_file_are_shown_side_by_side(database: Database) -> None:
    result = show(database, table(columns=(DeclaredColumn(name="day", type="text"), DeclaredColumn(name="n"))))
    assert result.built is None
    assert preview_text(result, where="a warehouse").endswith(
        """Building analytics.daily failed: The columns of the query are not those of `columns` in the file: "day" is \
integer and not text. Mend the query, or, where the query is right, `columns`.
  in the file    in the query
  day  text      day  integer  <- another type
  n              n    bigint
"""
    )


def words(result: PreviewResult) -> str:
    assert result.publishing is not None
    assert not (result.publishing.refused and result.passed)
    return f"{'refused: ' if result.publishing.refused else ''}{result.publishing.words}"


def test_rows_are_compared_with_the_build_before(database: Database) -> None:
    compared = table(output_check=(RowCountChange(max_decrease_percent=10),))
    (first,) = show(database, compared).output_checks
    assert (first.passed, first.actual) == (True, f"{ROWS} rows; there is no earlier build to compare with")
    build_and_show(database, "SELECT generate_series(1, 100) AS day, 3::bigint AS n", number=21)
    (second,) = show(database, compared).output_checks
    assert (second.passed, second.actual) == (False, "50 rows, 50% fewer than the 100 of 2026-11-21 03:00 UTC")


def test_sums_are_compared_with_what_readers_see(database: Database) -> None:
    build_and_show(database, "SELECT 1 AS day, 200::bigint AS n")
    (found,) = show(database, table(output_check=(Sum(column="n", max_decrease_percent=10),))).output_checks
    assert (found.passed, found.actual) == (False, "150, 25% lower than the 200 that readers see now")


def test_what_checks_are_compared_with_means_nothing_in_queries_of_people(database: Database) -> None:
    (found,) = show(
        database, table(output_check=(counted("SELECT LENGTH('{earlier_builds}{live_table}')", 28),))
    ).output_checks
    assert (found.actual, found.error) == ("28", "")


def test_checks_that_only_warn_stop_nothing(database: Database) -> None:
    few = RowCount(min=51, severity="warn")
    unanswerable = SqlCount(sql=f"SELECT nothing FROM {FRESH}", count=1, name="{table}", severity="warn")
    result = show(database, table(output_check=(few, unanswerable)))
    assert [(check.name.label, check.severity, check.passed) for check in result.output_checks] == [
        ("at least 51 rows", "warn", False),
        ("daily", "warn", False),
    ]
    assert result.output_checks[0].result == CheckResult(passed=False, expected="at least 51 rows", actual="50 rows")
    assert result.output_checks[1].error == 'There is no column "nothing", line 1 of the query.'
    assert (result.failed_checks, result.passed) == ((), True)


def test_limits_of_the_table_hold(database: Database) -> None:
    stopped = "The query ran longer than 0.0125 minutes and was stopped in the warehouse; make the query faster"
    asleep = counted("SELECT COUNT(pg_sleep(60)::text)", 1)
    slow = show(database, table(SLOW, statement_timeout_minutes=0.0125, input_check=(asleep,)))
    assert slow.build_error.startswith(stopped)
    assert slow.input_checks[0].error.startswith(stopped)
    assert show(database, table(max_rows=ROWS - 1)).build_error.startswith("The query returned 50 rows; at most 49")


def test_index_on_a_column_that_is_not_there(database: Database) -> None:
    assert show(database, table(indexes=(Index(columns=("x",)),))).build_error == (
        'An index or key is declared on the column "x", which the query does not return. Its columns are: day, n.'
    )


def test_checks_build_and_rows(database: Database) -> None:
    result = show(
        database,
        table(
            input_check=(counted("SELECT COUNT(1) FROM raw_data.events", 100),),
            output_check=(counted(f"SELECT COUNT(1) FROM {FRESH}", 51), counted(f"SELECT max(n) FROM {FRESH}", 3)),
            indexes=(Index(columns=("day",), unique=True),),
        ),
    )
    (source,) = result.input_checks
    assert source.name.label == "at least 100 rows in raw_data.events"
    assert source.result == CheckResult(passed=True, expected="at least 100", actual="150")
    assert [(check.passed, check.expected, check.actual) for check in result.output_checks] == [
        (False, "at least 51", "50"),
        (True, "at least 3", "3"),
    ]
    assert result.built is not None
    assert result.built.rows == ROWS
    assert result.built.columns == (Column(name="day", type="integer"), Column(name="n", type="bigint"))
    assert result.built.first_rows == (("1", "3"), ("2", "3"), ("3", "3"))
    assert result.built.ordered_by == "day"
    assert not result.passed
    assert result.failed_checks == (result.output_checks[0],)


def test_dates_of_the_run_stand_in_every_query(database: Database) -> None:
    result = show(
        database,
        table(
            "SELECT '{{ ds }}'::date AS day, '{{ data_interval_end | ds }}' AS until, "
            "'{{ macros.ds_add(ds, 7) }}' AS week",
            output_check=(counted(f"SELECT COUNT(1) FROM {FRESH} WHERE day = '{{{{ ds }}}}'", 1),),
        ),
    )
    assert result.built is not None
    assert result.built.first_rows == (("2026-11-21", "2026-11-22", "2026-11-28"),)
    assert result.passed


@pytest.mark.parametrize(
    ("main_sql", "expected"),
    [
        (
            "SELECT 1 AS day, nextval('raw_data.numbers') AS n",
            "calls nextval, line 1 of the query, which changes a seq",
        ),
        ("SELECT raw_data.writes() AS n", "tries to change data (INSERT)"),
        ("SELECT 1 AS n; SELECT 2 AS n", "The query may not run. One query only; a second statement starts here."),
        (
            "DELETE FROM raw_data.events",
            "The query may not run. Only a query is allowed here; DELETE would change data.",
        ),
        ("SELECT 1 AS n, 2 AS n", 'Columns 1 and 2 of the query are both called "n"; write ... AS another_name.'),
        ("SELECT 1/(day - 1) AS n FROM raw_data.events", "The warehouse says: division by zero."),
        (
            "SELECT {{ nonsense }} AS n",
            "The query has a template that cannot be filled in: `nonsense` is not known in a query; ",
        ),
    ],
)
def test_query_that_is_refused(database: Database, main_sql: str, expected: str) -> None:
    database.admin(
        "CREATE SEQUENCE raw_data.numbers; GRANT USAGE ON SEQUENCE raw_data.numbers TO builder;"
        "GRANT INSERT ON raw_data.events TO builder;"
        "CREATE FUNCTION raw_data.writes() RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER"
        " AS 'INSERT INTO raw_data.events VALUES (1, 1) RETURNING 1'"
    )
    before = database.admin(CATALOG)
    result = show(database, table(main_sql))
    assert expected in result.build_error
    assert result.built is None
    assert not result.passed
    assert database.value("SELECT count(*) FROM raw_data.events") == 150
    assert database.admin(CATALOG) == before


def test_check_that_writes_and_one_behind_it(database: Database) -> None:
    database.admin(
        "CREATE FUNCTION raw_data.writes() RETURNS int LANGUAGE sql VOLATILE SECURITY DEFINER"
        " AS 'INSERT INTO raw_data.events VALUES (1, 1) RETURNING 1'"
    )
    checks = (
        counted("SELECT raw_data.writes()", 1, "writes"),
        counted(f"SELECT raw_data.writes() + count(*) FROM {FRESH}", 1, "writes, too"),
        counted(f"SELECT n FROM {FRESH}", 1, "many rows"),
        counted(f"SELECT 1, 2 FROM {FRESH}", 1, "two columns"),
        counted(f"SELECT nothing FROM {FRESH}", 1, "no such column"),
        counted(f"SELECT COUNT(1) FROM {FRESH}", ROWS),
    )
    result = show(database, table(input_check=checks[:1], output_check=checks))
    writes = "The query tries to change data (INSERT). It may only read, and so may every function that it calls."
    assert result.input_checks[0].error == writes
    assert [check.error for check in result.output_checks] == [
        writes,
        writes,
        "The query returns more than one row; it must return one.",
        "The query returns 2 columns; it must return one.",
        'There is no column "nothing", line 1 of the query.',
        "",
    ]
    assert database.value("SELECT count(*) FROM raw_data.events") == 150


def test_index_that_the_rows_break(database: Database) -> None:
    result = show(database, table("SELECT 1 AS n FROM raw_data.events", indexes=(Index(columns=("n",), unique=True),)))
    assert result.build_error == (
        "An index is declared unique, but the rows of the new build are not. Key (n)=(1) is duplicated."
    )


def test_values_as_the_warehouse_writes_them(database: Database) -> None:
    result = show(
        database,
        table(
            "SELECT '{\"b\": 1}'::json AS j, NULL::text AS nothing, true AS yes, '가' AS ko, repeat('x', 5000) AS long"
        ),
    )
    assert result.built is not None
    assert result.built.first_rows == (('{"b": 1}', None, "true", "가", "x" * 200),)
    assert result.built.ordered_by == ""


# ---- what publishing would do


def test_publishing_a_new_table(database: Database) -> None:
    assert words(show(database, table())) == "Publishing would create analytics.daily with 50 rows."


def test_publishing_over_a_build(database: Database) -> None:
    build_and_show(database, "SELECT day, count(*) AS n FROM raw_data.events WHERE day < 11 GROUP BY day")
    assert words(show(database, table())) == "Publishing would replace the 10 rows of analytics.daily by 50."
    more = table("SELECT day, count(*) AS n, min(event) AS first, 'x' AS \"두 번째\" FROM raw_data.events GROUP BY day")
    assert words(show(database, more)) == (
        "Publishing would replace the 10 rows of analytics.daily by 50, "
        'and add the columns "first" (integer), "두 번째" (text).'
    )


def test_publishing_a_table_that_grows(database: Database) -> None:
    build_and_show(database, "SELECT DATE '2026-01-01' AS day, 1 AS n")
    grows = Refresh(strategy="append", start=DAY.replace(day=1))
    growing = table("SELECT '{{ data_interval_start | ds }}'::date AS day, 1 AS n", refresh=grows)
    one = show(database, growing)
    assert one.built is not None
    assert one.built.first_rows == (("2026-11-21", "1"),)
    assert words(one) == (
        "Publishing would add 1 row to analytics.daily for 2026-11-21 00:00 UTC to 2026-11-22 00:00 UTC."
    )
    whole = show(database, growing, dates=full_refresh(DATES, grows))
    assert whole.built is not None
    assert whole.built.first_rows == (("2026-11-01", "1"),)
    assert words(whole) == (
        'refused: This build of the whole table analytics.daily begins with a later day of "day" than what readers '
        "have: 2026-11-01 instead of 2026-01-01. Its source may no longer have all that the table has. Nothing was "
        'changed. To publish it all the same, start a run with the configuration {"full_refresh": true, '
        '"may_lose_rows": true}.'
    )


def run_of(first: int, last: int, hour: int = 0) -> RunDates:
    """The run of these days of November."""
    start, end = (DAY.replace(day=day, hour=hour) for day in (first, last))
    return RunDates(logical_date=start, start=start, end=end, due=end)


def publish_run(database: Database, growing: SummaryTable, dates: RunDates) -> None:
    sql = main_query(growing, POSTGRES, dates)
    assert isinstance(sql, str)
    with database.connect() as connection:
        run = dates.build_run(f"run of {dates.start}")
        publish(connection, growing, WAREHOUSE, create_version(connection, growing, WAREHOUSE, run, sql).version)


BY_TIME = (
    "SELECT at, 1 AS n FROM generate_series('2026-11-01'::timestamp, '2026-11-30', '1 hour') AS at "
    "WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
)


@pytest.mark.parametrize(
    ("refresh", "change"),
    [
        (
            Refresh(strategy="append"),
            "add 2 rows to analytics.daily for {}, replacing what that run had added (24 rows)",
        ),
        (
            Refresh(strategy="delete_insert", time_column="at"),
            "put 2 rows into analytics.daily in the place of those of {} (24 rows)",
        ),
    ],
)
def test_publishing_says_how_many_rows_would_go(database: Database, refresh: Refresh, change: str) -> None:
    growing = table(BY_TIME, refresh=refresh)
    for day in (20, 21):
        publish_run(database, growing, run_of(day, day + 1))
    fewer = replace(growing, main_sql=f"{BY_TIME} LIMIT 2")
    span = "2026-11-21 00:00 UTC to 2026-11-22 00:00 UTC"
    assert words(show(database, fewer)) == f"Publishing would {change.format(span)}."
    none = replace(growing, main_sql=f"{BY_TIME} AND FALSE")
    assert words(show(database, none)).startswith(
        "refused: The query gives no rows for 2026-11-21 00:00 to 2026-11-22 00:00 UTC, and publishing that would "
        "delete the 24 rows that analytics.daily has of this time."
    )
    whole = show(database, growing, dates=full_refresh(run_of(21, 22), refresh))
    assert words(whole) == "Publishing would replace the 48 rows of analytics.daily by 504."


def test_the_part_that_others_have_not_added(database: Database) -> None:
    growing = table(BY_TIME, refresh=Refresh(strategy="append"))
    publish_run(database, growing, run_of(20, 21))
    later = show(database, growing, dates=run_of(20, 21, hour=3))
    assert later.built
    assert (later.built.rows, later.part) == (3, (DAY, DAY.replace(hour=3)))
    hour = RunDates(logical_date=DAY, start=DAY.replace(day=20), end=DAY.replace(day=20, hour=1), due=DAY)
    assert words(show(database, growing, dates=hour)).startswith(
        "analytics.daily has the rows of this run's interval, 2026-11-20 00:00 to 2026-11-20 01:00 UTC, already: they "
        "came with the run of 2026-11-20 00:00 to 2026-11-21 00:00 UTC, and adding them would double them."
    )


def test_a_full_refresh_is_compared_with_whole_builds(database: Database) -> None:
    """As a run of Airflow does: see `tests/airflow/operators/test_full_refresh.py`."""
    change = RowCountChange(max_decrease_percent=10)
    growing = table(BY_TIME, refresh=Refresh(strategy="append"), output_check=(change,))
    whole = full_refresh(run_of(19, 20), growing.refresh)
    publish_run(database, growing, whole)
    publish_run(database, growing, run_of(20, 21))
    (check,) = show(database, growing, dates=full_refresh(run_of(21, 22), growing.refresh)).output_checks
    assert (check.passed, check.actual) == (True, "504 rows, 10.6% more than the 456 of 2026-11-20 00:00 UTC")


def test_rows_that_cannot_be_added(database: Database) -> None:
    by_day = Refresh(strategy="delete_insert", time_column="day")
    outside = show(database, table("SELECT '{{ data_interval_end }}'::timestamp AS day, 1 AS n", refresh=by_day))
    assert outside.built is None
    assert outside.build_error == (
        "1 row of the result has a day outside of the run's data interval, 2026-11-21 00:00 to 2026-11-22 00:00 UTC: "
        "2026-11-22 00:00:00 (1 row). Only rows of this interval are replaced. Write WHERE ... >= "
        "'{{ data_interval_start }}' AND ... < '{{ data_interval_end }}' in the query."
    )
    twice = "SELECT 'a' AS day, generate_series(1, 2) AS n"
    repeated = show(database, table(twice, refresh=Refresh(strategy="merge", unique_key=("day",))))
    assert repeated.build_error == (
        "2 rows of the result share their unique key (day) with another: a (2 rows). Let the query return one row for "
        "each (GROUP BY day), or add a column to `unique_key`."
    )


def test_publishing_other_columns(database: Database) -> None:
    build_and_show(database)
    assert words(show(database, table("SELECT day::text AS day FROM raw_data.events"))) == (
        'refused: The new build does not fit the columns of analytics.daily: column "day" was integer and is now text; '
        'column "n" (bigint) is missing. Give the query the missing column again, under the same name and with the '
        "same type. Values are never cast to a type that does not hold all of them: correct the query if the change of "
        "type was a mistake. To change them for good, use a new table name, or drop analytics.daily in "
        "the warehouse once nobody reads it and run again."
    )


def test_publishing_wider_columns(database: Database) -> None:
    build_and_show(database)
    database.admin("SET ROLE builder; CREATE VIEW analytics.v AS SELECT n FROM analytics.daily")
    wider = table("SELECT day::bigint, count(*)::numeric AS n FROM raw_data.events GROUP BY day")
    assert words(show(database, wider)) == (
        "Publishing would replace the 50 rows of analytics.daily by 50, and widen the columns "
        '"day" from integer to bigint, "n" from bigint to numeric. The views that read it would be created again: '
        'analytics.v. Where a query divides "n", the result is no longer cut to a whole number.'
    )
    database.admin("ALTER VIEW analytics.v OWNER TO other")
    assert words(show(database, wider)) == (
        'refused: analytics.daily cannot get its wider columns ("day" from integer to bigint, "n" from bigint to '
        "numeric) because of: view analytics.v, which belongs to other. The role builder cannot create this again. "
        "Nothing was changed. Its owner drops it; then the publish task runs again; then it is created again, on the "
        "wider columns."
    )


def test_publishing_over_a_plain_table(database: Database) -> None:
    database.admin("CREATE TABLE analytics.daily AS SELECT 1 AS day, 1::bigint AS n")
    assert words(show(database, table())) == (
        "refused: analytics.daily is a plain table that belongs to postgres, so the role builder may not put the "
        'published view in its place. An administrator runs: ALTER TABLE "analytics"."daily" OWNER TO "builder";'
    )
    database.admin("ALTER TABLE analytics.daily OWNER TO builder")
    assert words(show(database, table())) == (
        "Publishing would keep the plain table analytics.daily as an old version, and show 50 rows in its place."
    )
    database.admin("CREATE MATERIALIZED VIEW analytics.m AS SELECT * FROM analytics.daily")
    assert words(show(database, table())) == (
        "refused: analytics.daily is a plain table, and it cannot be made a published view because of: "
        "materialized view analytics.m. Drop or move these, or give the summary table another name."
    )


def test_publishing_over_something_else(database: Database) -> None:
    database.admin("CREATE VIEW analytics.daily AS SELECT 1 AS day, 1::bigint AS n")
    assert words(show(database, table())) == (
        "refused: analytics.daily is a view that was made by somebody else; publishing would destroy it, so it would "
        "be left alone. Rename or drop it in the warehouse, or give the summary table another name."
    )


def test_publishing_into_a_schema_that_is_missing(database: Database) -> None:
    assert words(show(database, table(schema="marts"))) == (
        'refused: There is no schema "marts" in the warehouse. An administrator runs: CREATE SCHEMA "marts";'
    )


def test_role_that_may_only_read(database: Database) -> None:
    """It can preview; that it may not publish is no mistake of the file."""
    build_and_show(database)
    database.admin(f"GRANT USAGE ON SCHEMA raw_data TO {OTHER}; GRANT SELECT ON raw_data.events TO {OTHER}")
    result = show(database, table(), role=OTHER)
    assert result.passed
    assert words(result) == (
        "What publishing would do cannot be seen from here: the role other may not read what has been built before."
    )


def test_role_that_may_read_all_and_create_nothing(database: Database) -> None:
    database.admin(f"GRANT USAGE ON SCHEMA raw_data TO {READER}; GRANT SELECT ON raw_data.events TO {READER}")
    lacking = "The role reader may not do that; the one of the run must."
    assert words(show(database, table(), role=READER)) == (
        f"Publishing would create analytics.daily with 50 rows. {lacking}"
    )
    database.admin("CREATE TABLE analytics.daily AS SELECT 1 AS day, 1::bigint AS n")
    result = show(database, table(), role=READER)
    assert words(result) == (
        "Publishing would keep the plain table analytics.daily as an old version, and show 50 rows in its place. "
        f"{lacking}"
    )
    assert result.passed


def test_role_without_temporary_tables(database: Database) -> None:
    database.admin(f"REVOKE TEMPORARY ON DATABASE {database.name} FROM PUBLIC")
    assert show(database, table()).build_error == (
        "A preview builds a temporary table, which the role builder may not create. An administrator can allow it: "
        f'GRANT TEMPORARY ON DATABASE "{database.name}" TO "builder";'
    )


# ---- nothing is left


@pytest.mark.parametrize(
    ("main_sql", "checks"),
    [
        (QUERY, (counted(f"SELECT COUNT(1) FROM {FRESH}", 1),)),
        (QUERY, (counted(f"SELECT COUNT(1) FROM {FRESH}", 51), counted(f"SELECT nothing FROM {FRESH}", 1))),
        ("SELECT 1/(day - 50) AS n FROM raw_data.events", ()),
    ],
)
def test_catalog_is_as_before(database: Database, main_sql: str, checks: Sequence[SqlCount]) -> None:
    build_and_show(database)
    before = database.admin(CATALOG)
    show(database, table(main_sql, output_check=tuple(checks), indexes=(Index(columns=("n",)),)))
    assert database.admin(CATALOG) == before


def test_killed_backend_leaves_nothing(database: Database) -> None:
    before = database.admin(CATALOG)
    lost: list[WarehouseError] = []
    previewing = threading.Thread(target=_catching, args=(database, lost))
    previewing.start()
    os.kill(pid_of_the_build(database), signal.SIGKILL)
    previewing.join()
    database.await_recovery()
    assert [str(error) for error in lost] == ["The connection to the warehouse was lost."]
    assert database.admin(CATALOG) == before


def _catching(database: Database, lost: list[WarehouseError]) -> None:
    try:
        show(database, table(SLOW))
    except WarehouseError as error:
        lost.append(error)


def test_readers_of_the_live_table_do_not_wait(database: Database) -> None:
    """Nothing of a preview locks what stands under the table's name."""
    build_and_show(database)
    with database.connect() as holder:
        holder.autocommit = False
        holder.execute("LOCK TABLE analytics.daily IN ACCESS EXCLUSIVE MODE")
        assert words(show(database, table())) == "Publishing would replace the 50 rows of analytics.daily by 50."
