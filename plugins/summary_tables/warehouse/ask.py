"""What a check's query returns."""

from dataclasses import replace

from summary_tables.model.settings import Warehouse
from summary_tables.model.table import NO_LIMITS, Limits
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.query_guard import described_columns
from summary_tables.warehouse.session.session import Row, Session, open_session


def read_value(
    connection: Connection, query: str, warehouse: Warehouse | None = None, limits: Limits = NO_LIMITS
) -> object:
    """The one row's one column that `query` returns; NULL is None.

    `query` runs as one statement in a READ ONLY transaction. Raises `WarehouseError` if it does not return exactly
    one row with one column, if the warehouse refuses it, or if it runs longer than `limits` allow.
    """
    answer = read_answer(connection, query, width=1, most=2, warehouse=warehouse or Warehouse(), limits=limits)
    value: object = answer[0][0]
    return value


def read_answer(
    connection: Connection,
    query: str,
    *,
    width: int | None,
    most: int,
    warehouse: Warehouse,
    limits: Limits = NO_LIMITS,
    shows_values: bool = True,
    is_ours: bool = False,
) -> tuple[Row, ...]:
    """The one row of `width` values that `query` returns; its first `most` rows where `width` is None.

    `most` is at least 2. `is_ours`: the query was made by us, and each name in it is the server's own. Raises as
    `read_value` does; unless `shows_values`, in words without values of rows.
    """
    with open_session(connection, warehouse, limits, shows_values=shows_values) as session:
        return answer_in(session, query, width=width, most=most, is_ours=is_ours)


def answer_in(session: Session, query: str, *, width: int | None, most: int, is_ours: bool = False) -> tuple[Row, ...]:
    """The same in a session that is open already, e.g. one whose temporary table the query reads."""
    session = replace(session, makes_queries=is_ours)
    columns = len(described_columns(session, query))
    if width not in (None, columns):
        wanted = "one" if width == 1 else width
        raise WarehouseError(f"The query returns {columns or 'no'} columns; it must return {wanted}.")
    with session.transaction(read_only=True, keep=False):
        rows = session.first_rows(query, most)
    if width is not None and len(rows) != 1:
        raise WarehouseError(f"The query returns {'more than one row' if rows else 'no row'}; it must return one.")
    return tuple(rows)
