"""What a check's query returns."""

from dataclasses import replace

from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.query_guard import described_columns
from summary_tables.warehouse.session.session import Row, Session


def answer_in(session: Session, query: str, *, width: int | None, most: int, is_ours: bool = False) -> tuple[Row, ...]:
    """The one row of `width` values that `query` returns; its first `most` rows where `width` is None. NULL is None.

    It runs as one statement in a READ ONLY transaction. `most` is at least 2. `is_ours`: the query was made by us, and
    each name in it is the server's own. Raises `WarehouseError` if it returns something else, if the warehouse refuses
    it, or if it goes beyond the limits of the session.
    """
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
