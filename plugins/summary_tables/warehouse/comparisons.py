"""What a check that compares with earlier builds reads: a relation in brackets, for PostgreSQL and Redshift alike.

Its columns: `run_at`, `published_at`, `row_count`, `is_same_weekday`.
"""

from datetime import UTC
from typing import Final

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import strategy_of
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.text import literal, qualified, timestamp
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.session import Session

NO_EARLIER_BUILDS: Final = (
    "(\n  SELECT CAST(NULL AS TIMESTAMPTZ) AS run_at, CAST(NULL AS TIMESTAMPTZ) AS published_at,\n"
    "    CAST(NULL AS BIGINT) AS row_count, CAST(NULL AS BOOLEAN) AS is_same_weekday\n  WHERE 1 = 0\n)"
)
"""The same where nothing has been built, or the log of it cannot be read."""


def earlier_builds(table: SummaryTable, warehouse: Warehouse, run: BuildRun) -> str:
    """The builds of `table` that readers have seen, of runs that were due before `run`.

    What one run adds is compared with what others added, and a whole table with whole tables.
    """
    strategy = strategy_of(table, run)
    weekday = run.run_at.astimezone(UTC).isoweekday() % 7
    return (
        "(\n  SELECT run_at, published_at, row_count,\n"
        f"    EXTRACT(DOW FROM run_at AT TIME ZONE 'UTC') = {weekday} AS is_same_weekday\n"
        f"  FROM {qualified(warehouse.versions_schema, BUILD_LOG.name)}\n"
        f"  WHERE schema_name = {literal(table.schema)} AND table_name = {literal(table.table)} AND origin = 'built'\n"
        f"    AND published_at IS NOT NULL AND COALESCE(strategy, 'replace') = {literal(strategy)}\n"
        f"    AND run_at < {timestamp(run.run_at)}\n)"
    )


def readable_earlier_builds(session: Session, table: SummaryTable, run: BuildRun) -> str:
    """`earlier_builds`, or none of them where the role of `session` cannot see the log. Raises `WarehouseError`."""
    may_read = session.sql.catalog.may_read(session.warehouse.versions_schema, BUILD_LOG.name)
    if not tables.is_up_to_date(session, BUILD_LOG) or not session.value(may_read):
        return NO_EARLIER_BUILDS
    return earlier_builds(table, session.warehouse, run)
