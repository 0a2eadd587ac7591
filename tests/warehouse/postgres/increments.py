"""Tables that grow: one for each strategy, over the same raw events, and runs of a day each."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.table import Grants, Refresh, SummaryTable
from summary_tables.sql.quoting import qualified
from summary_tables.warehouse.increments.whole_table import whole_table
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import READER, WAREHOUSE, Database, show
from tests.warehouse.postgres.in_session import create_version

FIRST_DAY = datetime(2026, 11, 1, tzinfo=UTC)
A_DAY = timedelta(days=1)

_SET_UP = """
CREATE TABLE raw_data.visits (day date, visitor text, visits int);
INSERT INTO raw_data.visits
    SELECT date '2026-11-01' + d, 'visitor ' || v, 1 FROM generate_series(0, {last}) d, generate_series(1, 4) v;
GRANT SELECT ON raw_data.visits TO builder;
"""


def growing(strategy: str, name: str = "daily", key: str = "visitor") -> SummaryTable:
    """A table with this strategy."""
    refresh = {
        "append": Refresh(strategy="append"),
        "delete_insert": Refresh(strategy="delete_insert", time_column="day"),
        "merge": Refresh(strategy="merge", unique_key=(key,)),
    }[strategy]
    return SummaryTable(table=name, schema="analytics", main_sql="", refresh=refresh, grants=Grants(select=(READER,)))


STRATEGIES = ("append", "delete_insert", "merge")


def with_visits(database: Database, days: int = 10) -> None:
    """Days on each of which four visitors came."""
    database.admin(_SET_UP.format(last=days - 1))


def day_run(day: int, run_id: str = "", *, full_refresh: bool = False) -> BuildRun:
    """The run of the `day`-th day of November."""
    start = FIRST_DAY + (day - 1) * A_DAY
    return BuildRun(
        run_id=run_id or f"day {day}",
        try_number=1,
        run_at=start + A_DAY,
        interval_start=start,
        interval_end=start + A_DAY,
        full_refresh=full_refresh,
    )


def query_of(run: BuildRun) -> str:
    """What the table's query is, rendered for a run."""
    assert run.interval_start
    assert run.interval_end
    start = FIRST_DAY if run.full_refresh else run.interval_start
    return (
        "SELECT max(day) AS day, visitor, sum(visits) AS visits FROM raw_data.visits "
        f"WHERE day >= '{start}' AND day < '{run.interval_end}' GROUP BY visitor"
    )


def build_day(database: Database, table: SummaryTable, run: BuildRun, query: str = "", **options: Any) -> Build:
    """The increment of a run, not published yet."""
    with database.connect() as connection:
        return create_version(connection, table, WAREHOUSE, run, query or query_of(run), **options)


def run_day(database: Database, table: SummaryTable, run: BuildRun, query: str = "") -> Build:
    """A run: its increment is built and published."""
    return show(database, build_day(database, table, run, query), table)


def seen(database: Database, what: str = "day::text, visitor, visits", name: str = "daily") -> list[tuple[object, ...]]:
    """What readers see, sorted."""
    with database.connect(READER) as connection:
        return sorted(connection.execute(f"SELECT {what} FROM analytics.{name}".encode()).fetchall())


def whole_query(connection: psycopg.Connection[Any], table: SummaryTable, build: Build) -> str:
    """What the table will be once `build` is published, as a query."""
    schema, version = WAREHOUSE.versions_schema, build.version
    with open_session(connection, WAREHOUSE) as session:
        columns = session.sql.catalog.columns(schema, version)
        return whole_table(session, table, build, qualified(schema, version), columns)
