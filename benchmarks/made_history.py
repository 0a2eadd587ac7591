"""Logs as years of runs leave them, and the files of their tables: for `benchmarks.ui` and for tests of the catalogue.

Everything follows from the number of a table: most are built each day and hold, a few fail, warn, stand still, were
never built, or were rolled back.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import lint_files
from summary_tables.model.logs import BUILD_LOG, CHECK_LOG, ROLL_BACK_LOG
from summary_tables.model.settings import Warehouse
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.session import open_session

SCHEMA = "analytics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`runs` of each table, one a day, the last one on the day of `until` (UTC)."""

    tables: int
    runs: int
    until: datetime

    @property
    def first_day(self) -> date:
        """Of the first runs."""
        return (self.until - timedelta(days=self.runs - 1)).astimezone(UTC).date()


def table_name(number: int) -> str:
    """Of the table with that number, from 0; without its schema."""
    return f"summary_{number:04}"


def failing(number: int) -> bool:
    """Its check of rows has failed in the last three runs."""
    return number % 50 == 7


def warning(number: int) -> bool:
    """A check that only warns failed in its last run."""
    return number % 20 == 3 and not failing(number)


def never_built(number: int) -> bool:
    """No run of it ever began."""
    return number % 100 == 11


def late(number: int) -> bool:
    """Its last three runs did not happen."""
    return number % 40 == 9


def rolled_back(number: int) -> bool:
    """Somebody showed readers the build before the last one."""
    return number % 200 == 15


def write_files(folder: Path, scale: Scale) -> None:
    """`dag_configs/` with a file for each table."""
    lint_files.write_folder(folder, scale.tables)


def fill_logs(connection: psycopg.Connection[Any], scale: Scale, warehouse: Warehouse) -> None:
    """The logs, and for each table the version and the view that readers see. In an empty warehouse."""
    with open_session(connection, warehouse) as session:
        for log in (BUILD_LOG, CHECK_LOG, ROLL_BACK_LOG):
            tables.ensure(session, log)
    schema = f'"{warehouse.versions_schema}"'
    connection.execute(_RUNS.format(tables=scale.tables, runs=scale.runs, first=scale.first_day).encode())
    for statement in (_BUILDS, _CHECKS, _SHOWN, _VIEWS, _ROLL_BACKS):
        connection.execute(statement.format(versions=schema, schema=SCHEMA).encode())
    connection.execute(f"ANALYZE {schema}.build_log, {schema}.check_log".encode())
    connection.execute(b"DROP TABLE made_runs, made_shown")


# `ago`: how many days before the last one. The checks of a run are asked before and behind its build.
_RUNS = """\
CREATE TEMPORARY TABLE made_runs AS
SELECT t AS number, 'summary_' || LPAD(t::text, 4, '0') AS table_name, r, {runs} - r AS ago,
    due, due + INTERVAL '5 seconds' AS started_at, 1000 + t * 3 + r + (t * r * 7919 % 40) AS row_count,
    'scheduled__' || TO_CHAR(due, 'YYYY-MM-DD"T"HH24:MI:SS') || '+00:00' AS run_id,
    (t % 50 = 7 AND {runs} - r < 3) OR (t % 5 = 2 AND r = {runs} / 2) AS fails,
    (t % 20 = 3 AND r = {runs}) OR (t % 6 = 1 AND r % 17 = 3) AS warns
FROM generate_series(0, {tables} - 1) t CROSS JOIN generate_series(1, {runs}) r CROSS JOIN LATERAL (
    SELECT TIMESTAMPTZ '{first} 03:00:00+00' + (r - 1) * INTERVAL '1 day' + t % 60 * INTERVAL '1 minute' AS due
) d
WHERE t % 100 <> 11 AND NOT (t % 40 = 9 AND {runs} - r < 3)
"""
_BUILDS = """\
INSERT INTO {versions}.build_log (version_name, schema_name, table_name, origin, run_id, try_number, run_at, started_at,
    built_at, row_count, column_names, published_at, strategy, interval_start, interval_end, size_bytes)
SELECT table_name || '__' || TO_CHAR(started_at, 'YYYYMMDD"T"HH24MISS') || '_' || LEFT(MD5(table_name || r), 12),
    '{schema}', table_name, 'built', run_id, 1, due, started_at,
    started_at + (1 + (number * 31 + r) % 90 / 10.0) * INTERVAL '1 second', row_count, '["day", "n"]',
    CASE WHEN NOT fails THEN started_at + INTERVAL '15 seconds' END, 'replace', due - INTERVAL '1 day', due,
    8192 + row_count * 40
FROM made_runs
"""
_CHECKS = """\
INSERT INTO {versions}.check_log (schema_name, table_name, step, position, check_name, severity, passed, expected,
    actual, error, seconds, run_id, try_number, run_at, version_name, checked_at, check_key)
SELECT '{schema}', table_name, step, position, check_name, severity, passed, expected,
    CASE WHEN passed THEN row_count || ' rows' ELSE actual END, '', 0.012, run_id, 1, due, '',
    started_at + after * INTERVAL '1 second', check_name
FROM made_runs CROSS JOIN LATERAL (VALUES
    ('input_check', 1, 'rows in the source', 'error', true, 'at least 1,000 rows', '', -2),
    ('output_check', 1, 'at least 12 rows', 'error', NOT fails, 'at least 12 rows', '7 rows', 11),
    ('output_check', 2, 'no row twice', 'warn', NOT warns, 'no row twice', '3 rows that are there twice', 12)
) AS checks(step, position, check_name, severity, passed, expected, actual, after)
"""
# Where somebody rolled back, readers see the build before the last one.
_SHOWN = """\
CREATE TEMPORARY TABLE made_shown AS
SELECT table_name, version_name, published_at, number % 200 = 15 AS is_rolled_back,
    ROW_NUMBER() OVER (PARTITION BY table_name ORDER BY published_at DESC) AS place
FROM {versions}.build_log JOIN made_runs USING (table_name, run_id) WHERE published_at IS NOT NULL
"""
_VIEWS = """\
DO $$
DECLARE live record;
BEGIN
    FOR live IN SELECT table_name, version_name FROM made_shown WHERE place = CASE WHEN is_rolled_back THEN 2 ELSE 1 END
    LOOP
        EXECUTE FORMAT('CREATE TABLE {versions}.%I AS SELECT CURRENT_DATE AS day, 1 AS n', live.version_name);
        EXECUTE FORMAT('CREATE VIEW {schema}.%I AS SELECT * FROM {versions}.%I', live.table_name, live.version_name);
    END LOOP;
END $$
"""
_ROLL_BACKS = """\
INSERT INTO {versions}.roll_back_log
SELECT '{schema}', table_name, a.version_name, b.version_name, a.published_at + INTERVAL '1 hour', 'ana'
FROM made_shown a JOIN made_shown b USING (table_name) WHERE a.is_rolled_back AND a.place = 1 AND b.place = 2
"""
