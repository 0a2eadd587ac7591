"""Indexes and the like that a file got, or lost, after the version that a table grows in was built."""

import json
import logging
from collections.abc import Mapping

from summary_tables.model.table import Index, SummaryTable
from summary_tables.sql.statements.indexes import IndexStatements
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.session import Session

_UNIQUE_VIOLATION = "23505"

_log = logging.getLogger(__name__)


def mark_indexes(session: Session, version: str) -> None:
    """Remember that a run made all indexes of a version that it has just made."""
    if indexes := session.sql.indexes:
        for name in _indexes(session, indexes, version):
            session.execute(indexes.mark_index(session.warehouse.versions_schema, name))


def add_layout(session: Session, table: SummaryTable, base: str) -> None:
    """Give `base` the indexes that it lacks; readers do not wait for that. Raises `WarehouseError`.

    A version that belongs to another role may lack them: its rows are right all the same.
    """
    indexes = session.sql.indexes
    if indexes is None:
        return
    try:
        _add_layout(session, indexes, table, base)
    except WarehouseError as error:
        if error.sqlstate != INSUFFICIENT_PRIVILEGE:
            raise
        _log.warning("%s lacks indexes that its file has now: %s", table.full_name, error)


def _add_layout(session: Session, indexes: IndexStatements, table: SummaryTable, base: str) -> None:
    schema = session.warehouse.versions_schema
    there = {index for index, _ in _indexes(session, indexes, base).values()}
    for index in table.indexes:
        if index not in there:
            _add(session, indexes, table, base, index)
    percent = table.attributes.fillfactor
    if percent and session.value(indexes.fillfactor(schema, base)) != percent:
        session.execute(indexes.set_fillfactor(schema, base, percent))


def withdraw_indexes(session: Session, table: SummaryTable, base: str) -> None:
    """Drop the indexes of `base` that a run made and that the file no longer has; later, if somebody reads now."""
    indexes = session.sql.indexes
    if indexes is None:
        return
    try:
        for name, (index, is_ours) in _indexes(session, indexes, base).items():
            if is_ours and index not in table.indexes:
                with session.transaction(*session.sql.locks.limit_lock_waits()):
                    session.execute(indexes.drop_index(session.warehouse.versions_schema, name))
                _log.info("Dropped the index on %s, which the file no longer has.", ", ".join(index.columns))
    except WarehouseError as error:
        _log.info("Indexes of %s that its file no longer has stay until the next run: %s", table.full_name, error)


def _add(session: Session, indexes: IndexStatements, table: SummaryTable, base: str, index: Index) -> None:
    schema, before = session.warehouse.versions_schema, _indexes(session, indexes, base).keys()
    what = ", ".join(index.columns)
    try:
        with session.transaction(
            *session.sql.locks.limit_lock_waits(), session.sql.locks.lock_table(table.schema, table.table)
        ):
            session.execute_all(session.sql.versions.create_index(base, index))
            for name in _indexes(session, indexes, base).keys() - before:
                session.execute(indexes.mark_index(schema, name))
    except WarehouseError as error:
        if error.sqlstate != _UNIQUE_VIOLATION:
            raise
        raise WarehouseError(
            f"The file of {table.full_name} now has a unique index on {what}, and several rows of the table have the "
            "same values there. Nothing was changed. Take the index out of the file, or mend the rows by building the "
            "table anew.",
            sqlstate=error.sqlstate,
        ) from None
    _log.info("Created the index on %s, which the file of %s has now.", what, table.full_name)


def _indexes(session: Session, indexes: IndexStatements, version: str) -> Mapping[str, tuple[Index, bool]]:
    """By name: the index, and whether a run made it. Those of expressions or conditions are not among them."""
    rows = session.rows(indexes.indexes(session.warehouse.versions_schema, version))
    return {
        name: (Index(columns=tuple(json.loads(columns)), unique=unique, method=method), ours)
        for name, columns, unique, method, ours in rows
    }
