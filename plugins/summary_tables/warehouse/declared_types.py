"""The types of the columns that a file declares, as the warehouse calls them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.session.driver import is_idle
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session


def declared_types(session: Session, table: SummaryTable) -> Mapping[str, str]:
    """The full names of the types that the file has. Raises `WarehouseError` naming the column of one that is none."""
    written = tuple(dict.fromkeys(column.type for column in table.columns if column.type))
    if not written:
        return {}
    try:
        return _full_types(session, written)
    except WarehouseError:
        for column in table.columns:
            _refuse_unknown(session, column.name, column.type)
        raise


def _full_types(session: Session, written: Sequence[str]) -> Mapping[str, str]:
    statement = session.sql.queries.name_types(written)
    with _attempt(session):
        described = session.described(statement, query=statement)
    if len(described) != len(written):
        raise WarehouseError("It is more than one type.")
    return {name: column.type for name, column in zip(written, described, strict=True)}


def _attempt(session: Session) -> AbstractContextManager[None]:
    """Nothing stays of it, and a transaction that is under way goes on."""
    return session.transaction(read_only=True, keep=False) if is_idle(session.connection) else session.savepoint()


def _refuse_unknown(session: Session, column: str, written: str) -> None:
    try:
        if written:
            _full_types(session, (written,))
    except WarehouseError as error:
        # The statement is ours, though not all of what is in it.
        why = str(error).replace(", line 1 of the query", "")
        raise WarehouseError(
            f'`columns` in the file gives the column "{column}" the type {written}, which the warehouse does not take. '
            f"{why}",
            sqlstate=error.sqlstate,
        ) from None
