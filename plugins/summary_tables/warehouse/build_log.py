"""The build log: one row a version, in the versions schema. Written in the transactions that it tells about."""

import json
from datetime import UTC, datetime

from summary_tables.model import Build
from summary_tables.warehouse import catalog_statements
from summary_tables.warehouse.error import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.log_statements import LOG, LOG_COLUMNS
from summary_tables.warehouse.session import Row, Session
from summary_tables.warehouse.sql_text import identifier


def ensure_log(session: Session) -> None:
    """Create the versions schema and the build log where they are missing, and what an older log lacks."""
    standing = _log_columns(session)
    if standing >= LOG_COLUMNS.keys():
        return
    with session.transaction():
        session.execute_all(session.sql.lock_setup())
        _ensure_schema(session)
        if not standing:
            session.execute_all(session.sql.create_log())
        # Asked again: the first session that got the lock may have added them.
        for name in LOG_COLUMNS.keys() - _log_columns(session):
            session.execute_all(session.sql.add_log_column(name))


def log_exists(session: Session) -> bool:
    """Has anything ever been built in this warehouse?"""
    return bool(session.rows(catalog_statements.relation(session.warehouse.versions_schema, LOG)))


def find_build(session: Session, schema: str, table: str, version: str) -> Build | None:
    """The row of one version of one table."""
    rows = session.rows(session.sql.find_build(schema, table, version))
    return build_from_row(rows[0]) if rows else None


def standing_builds(session: Session, schema: str, table: str) -> tuple[Build, ...]:
    """The versions of a table that runs made and that still stand."""
    return tuple(map(build_from_row, session.rows(session.sql.standing_builds(schema, table))))


def utc(moment: datetime) -> datetime:
    """`moment` in UTC; what the warehouse gives without a zone is UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def build_from_row(row: Row) -> Build:
    """The record of the columns `BUILD_COLUMNS`."""
    version, run_id, run_at, started_at, rows, columns, published_at, strategy, start, end, applied_to = row
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
    )


def _log_columns(session: Session) -> set[str]:
    rows = session.rows(session.sql.columns(session.warehouse.versions_schema, LOG))
    return {name for name, _ in rows}


def _ensure_schema(session: Session) -> None:
    name = session.warehouse.versions_schema
    if session.rows(catalog_statements.schema_rights(name)):
        return
    try:
        session.execute(session.sql.create_versions_schema())
    except WarehouseError as error:
        if error.sqlstate != INSUFFICIENT_PRIVILEGE:
            raise
        raise WarehouseError(
            f'There is no schema "{name}" in the warehouse, and the role {session.role} may not create it. '
            f"An administrator runs: CREATE SCHEMA {identifier(name)} AUTHORIZATION {identifier(session.role)};",
            sqlstate=error.sqlstate,
        ) from None
