"""The last guard on a query: the warehouse itself must see one statement that only reads, and name its columns.

The grammar of the server decides about statements, a READ ONLY transaction about the functions that they call (see
`QuerySource`). What neither stops are functions that act outside of tables: `outside_effects` refuses those of the
server that a query calls. What a function of somebody calls in turn is for the rights of the build role to stop.
"""

from summary_tables.model.table_columns import column_problem
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.outside_effects import refuse_calls
from summary_tables.warehouse.session.session import Session


def described_columns(session: Session, query: str) -> tuple[str, ...]:
    """The columns of `query`, of which nothing is executed.

    Raises `WarehouseError` unless it is one SELECT, VALUES, TABLE or WITH that changes nothing. It may still call
    functions: what those do is for a READ ONLY transaction to stop.
    """
    if not query.strip() or "\0" in query:
        raise WarehouseError("The query contains a NUL character." if query.strip() else "The query is empty.")
    refuse_calls(session, query)
    with session.transaction(read_only=True, keep=False):
        return session.cursor_columns(
            session.sql.queries.declare_cursor(query), session.sql.queries.describe(query), query
        )


def result_columns(session: Session, query: str) -> tuple[str, ...]:
    """`described_columns`; raises `WarehouseError` also if no table can have them."""
    columns = described_columns(session, query)
    problem = column_problem(columns)
    if problem:
        raise WarehouseError(problem)
    return columns
