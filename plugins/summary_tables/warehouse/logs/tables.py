"""Logs in the warehouse: created where they are missing, brought up to date, asked for."""

import logging
from datetime import timedelta

from summary_tables.model.logs import LogTable
from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.lock_retries import with_lock_retries
from summary_tables.warehouse.session.session import Session

_LOCK_WAIT = timedelta(minutes=1)

_log = logging.getLogger(__name__)


def ensure(session: Session, log: LogTable, owner: str = "") -> None:
    """Create the versions schema and the log where they are missing, and what an older log lacks.

    A log that is created belongs to the role `owner`; to ours where none is given.
    """
    if not is_up_to_date(session, log):
        with_lock_retries(lambda: _set_up(session, log, owner), _LOCK_WAIT)


def _set_up(session: Session, log: LogTable, owner: str) -> None:
    with session.transaction(*session.sql.locks.limit_lock_waits()):
        # Whoever reads the log, such as a dashboard, queues behind a column that waits to be added.
        session.execute_all(session.sql.locks.lock_setup())
        _ensure_schema(session)
        # Asked again: the first session that got the lock may have done all of it.
        standing = _columns(session, log)
        if not standing:
            session.execute_all(session.sql.logs.create_log(log))
            if owner and owner != session.role:
                session.execute(session.sql.logs.own_log(log, owner))
            return
        for name in log.columns:
            if name not in standing:
                session.execute_all(session.sql.logs.add_log_column(log, name))


def _has_index(session: Session, log: LogTable) -> bool:
    return all(session.rows(statement) for statement in session.sql.logs.log_index(log))


def ensure_index(session: Session, log: LogTable) -> None:
    """Give a log of an earlier release the index by which it is searched.

    It is only wanted: where it cannot be made now, it is left for the next time.
    """
    if _has_index(session, log):
        return
    try:
        # It waits for those who write, a moment at most, and they for it; readers pass by.
        with session.transaction(*session.sql.locks.limit_lock_waits(), *session.sql.locks.lock_setup()):
            if not _has_index(session, log):
                session.execute_all(session.sql.logs.add_log_index(log))
    except WarehouseError as error:
        _log.info("The index of %s is left for the next time: %s", log.name, error)


def exists(session: Session, log: LogTable) -> bool:
    """Has anybody ever written into it?"""
    return bool(session.rows(session.sql.catalog.relation(session.warehouse.versions_schema, log.name)))


def is_up_to_date(session: Session, log: LogTable) -> bool:
    """It is there, with every column of this release."""
    return _columns(session, log) >= log.columns.keys()


def missing_columns(session: Session, log: LogTable) -> tuple[str, ...]:
    """What a log of an earlier release lacks."""
    standing = _columns(session, log)
    return tuple(name for name in log.columns if name not in standing)


def _columns(session: Session, log: LogTable) -> set[str]:
    rows = session.rows(session.sql.catalog.columns(session.warehouse.versions_schema, log.name))
    return {name for name, _ in rows}


def _ensure_schema(session: Session) -> None:
    name = session.warehouse.versions_schema
    if session.rows(session.sql.catalog.schema_rights(name)):
        return
    try:
        session.execute(session.sql.versions.create_versions_schema())
    except WarehouseError as error:
        if error.sqlstate != INSUFFICIENT_PRIVILEGE:
            raise
        raise WarehouseError(
            f'There is no schema "{name}" in the warehouse, and the role {session.role} may not create it. '
            f"An administrator runs: CREATE SCHEMA {identifier(name)} AUTHORIZATION {identifier(session.role)};",
            sqlstate=error.sqlstate,
        ) from None
