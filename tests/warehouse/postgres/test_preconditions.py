"""What cannot be added to a table is refused while it is built, with its number, examples and what to do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from summary_tables.model.build import BuildRun
from summary_tables.model.table import DeclaredColumn, Refresh, SummaryTable
from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import Database, table_with
from tests.warehouse.postgres.increments import build_day, day_run

BY_DAY = table_with(refresh=Refresh(strategy="delete_insert", time_column="day"))
BY_KEY = table_with(refresh=Refresh(strategy="merge", unique_key=("key",)))
BY_BOTH = table_with(refresh=Refresh(strategy="merge", unique_key=("날짜", "it's")))
PRIVATE = replace(BY_KEY, columns=(DeclaredColumn(name="key", pii=True),))
APPEND = table_with(refresh=Refresh(strategy="append"))

_RUN = day_run(21)
_NO_INTERVAL = replace(_RUN, interval_start=None, interval_end=None)
_AN_HOUR = replace(_RUN, interval_end=_RUN.interval_start and _RUN.interval_start + timedelta(hours=1))

REFUSED: list[tuple[SummaryTable, BuildRun, str, str]] = [
    (
        BY_DAY,
        _RUN,
        "SELECT day FROM (VALUES (date '2026-11-20'), ('2026-11-21'), ('2026-11-22'), ('2026-11-22'), (NULL)) x (day)",
        "4 rows of the result have a day outside of the run's data interval, 2026-11-21 00:00 to 2026-11-22 00:00 UTC, "
        "that is from 2026-11-21 to before 2026-11-22: 2026-11-20 (1 row), 2026-11-22 (2 rows), NULL (1 row). "
        "Only rows of this interval are replaced. Write WHERE ... >= '{{ data_interval_start | ds }}' "
        "AND ... < '{{ data_interval_end | ds }}' in the query.",
    ),
    (
        BY_DAY,
        _RUN,
        "SELECT timestamptz '2026-11-21 00:00+00' + n * interval '12 hours' AS day FROM generate_series(0, 9) n",
        "8 rows of the result have a day outside of the run's data interval, 2026-11-21 00:00 to 2026-11-22 00:00 UTC: "
        "2026-11-22 00:00:00+00 (1 row), 2026-11-22 12:00:00+00 (1 row), 2026-11-23 00:00:00+00 (1 row), "
        "2026-11-23 12:00:00+00 (1 row), 2026-11-24 00:00:00+00 (1 row) and others. "
        "Only rows of this interval are replaced. Write WHERE ... >= '{{ data_interval_start }}' "
        "AND ... < '{{ data_interval_end }}' in the query.",
    ),
    (
        BY_DAY,
        _RUN,
        "SELECT '2026-11-21' AS day",
        'The time column "day" is of the type text, which cannot be compared with the run\'s data interval: '
        "it must be a date or a timestamp. Write CAST(... AS date) AS day in the query.",
    ),
    (
        BY_DAY,
        _AN_HOUR,
        "SELECT date '2026-11-21' AS day",
        'The time column "day" is a date, and a run covers less than a day: it would replace the rows of the '
        "whole day. Use a column with a timestamp as `time_column`, or let the table run once a day.",
    ),
    (
        BY_DAY,
        _NO_INTERVAL,
        "SELECT date '2026-11-21' AS day",
        "This run covers no data interval, so `delete_insert` does not know which rows to replace: it was started by "
        "another table, or by hand without a date. Give the table a cron schedule, or start the run with a date.",
    ),
    (
        BY_DAY,
        _RUN,
        "SELECT date '2026-11-21' AS date",
        '`time_column` of `delete_insert` names the column "day", which the query does not return. '
        "Its columns are: date.",
    ),
    (
        BY_KEY,
        _RUN,
        "SELECT 1 AS id",
        '`unique_key` of `merge` names the column "key", which the query does not return. Its columns are: id.',
    ),
    (
        BY_KEY,
        _RUN,
        "SELECT NULLIF(n, 1) AS key FROM generate_series(1, 3) n",
        "1 row of the result has an empty value (NULL) in the unique key (key). "
        "Leave such rows out (WHERE key IS NOT NULL), or choose other columns as `unique_key`.",
    ),
    (
        BY_BOTH,
        _RUN,
        'SELECT NULL::date AS "날짜", n % 2 AS "it\'s" FROM generate_series(1, 3) n',
        "3 rows of the result have an empty value (NULL) in the unique key (날짜, it's): "
        "(NULL, 1) (2 rows), (NULL, 0) (1 row). "
        "Leave such rows out (WHERE 날짜 IS NOT NULL), or choose other columns as `unique_key`.",
    ),
    (
        BY_BOTH,
        _RUN,
        'SELECT \'100%{}\' AS "날짜", n / 2 AS "it\'s" FROM generate_series(0, 13) n',
        "14 rows of the result share their unique key (날짜, it's) with another: (100%{}, 0) (2 rows), "
        "(100%{}, 1) (2 rows), (100%{}, 2) (2 rows), (100%{}, 3) (2 rows), (100%{}, 4) (2 rows) and others. "
        "Let the query return one row for each (GROUP BY 날짜, it's), or add a column to `unique_key`.",
    ),
    (
        BY_KEY,
        _RUN,
        "SELECT '{}'::json AS key",
        "Values of the type json cannot be compared with each other; "
        "those of jsonb can: write ::jsonb behind the column.",
    ),
    (
        PRIVATE,
        _RUN,
        "SELECT 'jin@example.com' AS key FROM generate_series(1, 2)",
        "2 rows of the result share their unique key (key) with another. "
        "Let the query return one row for each (GROUP BY key), or add a column to `unique_key`.",
    ),
    (
        APPEND,
        _RUN,
        "SELECT 1 AS _summary_tables_interval_end",
        'The column "_summary_tables_interval_end" of the query has a name that the table needs to know its increments '
        "by. Write ... AS another_name.",
    ),
]

TAKEN: list[tuple[SummaryTable, BuildRun, str]] = [
    (BY_DAY, _RUN, "SELECT date '2026-11-21' AS day"),
    (BY_DAY, _RUN, "SELECT timestamp '2026-11-21 23:59:59.999999' AS day"),
    (BY_DAY, _AN_HOUR, "SELECT timestamptz '2026-11-21 09:00+09' AS day"),
    (BY_DAY, _RUN, "SELECT date '2026-11-21' AS day WHERE false"),
    (BY_DAY, replace(_NO_INTERVAL, full_refresh=True), "SELECT date '2020-11-21' AS day"),
    (BY_KEY, _RUN, "SELECT n AS key, NULL AS other FROM generate_series(1, 9) n"),
    (APPEND, _NO_INTERVAL, "SELECT NULL AS a FROM generate_series(1, 9)"),
]


def test_what_is_refused(database: Database) -> None:
    """One warehouse for all: nothing is left of any of them."""
    for table, run, query, words in REFUSED:
        with pytest.raises(WarehouseError) as caught:
            build_day(database, table, run, query)
        assert str(caught.value) == words
        assert not caught.value.may_pass
    assert database.versions() == set()


def test_what_is_taken(database: Database) -> None:
    for table, run, query in TAKEN:
        build = build_day(database, table, run, query)
        assert build.strategy == ("replace" if run.full_refresh else table.refresh.strategy)
        assert (build.interval_start, build.interval_end) == (run.interval_start, run.interval_end)
