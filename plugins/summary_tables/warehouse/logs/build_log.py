"""The build log: one row a version, in the versions schema. Written in the transactions that it tells about."""

import json
from datetime import UTC, datetime, timedelta

from summary_tables.model.build import Build
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Span
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Row, Session

_A_DAY_ANYWHERE = timedelta(days=2)


def ensure_log(session: Session) -> None:
    """Create the versions schema and the build log where they are missing, and what an older log lacks."""
    tables.ensure(session, BUILD_LOG)
    tables.ensure_index(session, BUILD_LOG)


def log_exists(session: Session) -> bool:
    """Has anything ever been built in this warehouse?"""
    return tables.exists(session, BUILD_LOG)


def find_build(session: Session, schema: str, table: str, version: str) -> Build | None:
    """The row of one version of one table."""
    rows = session.rows(session.sql.builds.find_build(schema, table, version))
    return build_from_row(rows[0]) if rows else None


def standing_builds(session: Session, schema: str, table: str) -> tuple[Build, ...]:
    """The versions of a table that runs made and that still stand."""
    return tuple(map(build_from_row, session.rows(session.sql.builds.standing_builds(schema, table))))


def logged_build(session: Session, table: SummaryTable, version: str) -> Build:
    """The row of one version of `table`. Raises `WarehouseError` where there is none."""
    build = find_build(session, table.schema, table.table, version) if log_exists(session) else None
    if build is None:
        raise WarehouseError(f"There is no build {version} of {table.full_name}. Run the table again.")
    return build


def newest_increment(session: Session, table: SummaryTable, base: str) -> Build | None:
    """The row of the increment of the latest interval that was added to the version `base`."""
    rows = session.rows(session.sql.builds.newest_increment(table.schema, table.table, base))
    return build_from_row(rows[0]) if rows else None


def first_increment(session: Session, table: SummaryTable, base: str) -> Build | None:
    """The row of the increment that was the first to be added to the version `base`."""
    rows = session.rows(session.sql.builds.first_increment(table.schema, table.table, base))
    return build_from_row(rows[0]) if rows else None


def increments_of(session: Session, table: SummaryTable, base: str) -> tuple[Build, ...]:
    """The rows of all increments that were added to the version `base`, in the order of their intervals."""
    return tuple(map(build_from_row, session.rows(session.sql.builds.increments_of(table.schema, table.table, base))))


def increments_since(session: Session, table: SummaryTable, base: str, started_at: datetime) -> tuple[Build, ...]:
    """The rows of the increments of `base` that began to be built after `started_at`, latest first."""
    return tuple(
        map(
            build_from_row,
            session.rows(session.sql.builds.increments_since(table.schema, table.table, base, started_at)),
        )
    )


def increments_between(session: Session, table: SummaryTable, base: str, span: Span) -> tuple[Build, ...]:
    """The rows of the increments of `base` whose intervals may share time with the days of `span`, in any zone."""
    start, end = span[0] - _A_DAY_ANYWHERE, span[1] + _A_DAY_ANYWHERE
    rows = session.rows(session.sql.builds.increments_between(table.schema, table.table, base, start, end))
    return tuple(map(build_from_row, rows))


def zones_of_builds(session: Session, table: SummaryTable) -> dict[str, str]:
    """The zones of the builds of `table`, by version, that were made in another one than UTC."""
    if not tables.is_up_to_date(session, BUILD_LOG):
        return {}
    return dict(session.rows(session.sql.builds.zones(table.schema, table.table)))


def last_published(session: Session, schema: str, table: str) -> Build | None:
    """The row of the build that readers were shown last."""
    rows = session.rows(session.sql.builds.last_published(schema, table)) if log_exists(session) else []
    return build_from_row(rows[0]) if rows else None


def utc(moment: datetime) -> datetime:
    """`moment` in UTC; what the warehouse gives without a zone is UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def build_from_row(row: Row) -> Build:
    """The record of the columns `BUILD_COLUMNS`."""
    version, run_id, run_at, started_at, rows, columns, published_at, *increment, built_at, size_bytes = row
    strategy, start, end, applied_to = increment
    return Build(
        version=version,
        run_id=run_id,
        run_at=utc(run_at),
        started_at=utc(started_at),
        rows=rows or 0,
        columns=tuple(json.loads(columns)),
        published_at=published_at and utc(published_at),
        strategy=strategy or "replace",
        interval_start=start and utc(start),
        interval_end=end and utc(end),
        applied_to=applied_to,
        built_at=utc(built_at),
        size_bytes=size_bytes,
    )
