"""The last guard on a query: the warehouse itself must see one statement that only reads, and name its columns.

The grammar of the server decides about statements, a READ ONLY transaction about the functions that they call (see
`QuerySource`). What neither stops are functions that act outside of tables: `outside_effects` refuses those of the
server that a query calls. What a function of somebody calls in turn is for the rights of the build role to stop.
"""

from collections import Counter

from summary_tables.model.table_columns import taken, too_many
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.outside_effects import refuse_calls
from summary_tables.warehouse.session.session import Session

_UNNAMED = "?column?"


def described_columns(session: Session, query: str) -> tuple[str, ...]:
    """The columns of `query`, of which nothing is executed.

    Raises `WarehouseError` unless it is one SELECT, VALUES, TABLE or WITH that changes nothing. It may still call
    functions: what those do is for a READ ONLY transaction to stop.
    """
    if not query.strip() or "\0" in query:
        raise WarehouseError("The query contains a NUL character." if query.strip() else "The query is empty.")
    refuse_calls(session, query)
    with session.transaction(read_only=True, keep=False):
        session.execute_query(session.sql.queries.declare_cursor(query), query)
        return session.column_names(session.sql.queries.describe(query), query)


def result_columns(session: Session, query: str) -> tuple[str, ...]:
    """`described_columns`; raises `WarehouseError` also if no table can have them."""
    columns = described_columns(session, query)
    problem = column_problem(columns)
    if problem:
        raise WarehouseError(problem)
    return columns


def column_problem(columns: tuple[str, ...]) -> str:
    """What is wrong with the names of a query's columns; empty if nothing is."""
    if not columns:
        return "The query returns no columns."
    for position, name in enumerate(columns, start=1):
        if name == _UNNAMED:
            return f"Column {position} of the query has no name; write ... AS name."
        if words := taken(name):
            return f"{words[0].upper()}{words[1:]}; write ... AS another_name."
    if words := too_many(len(columns)):
        return f"{words[0].upper()}{words[1:]}."
    name, times = Counter(columns).most_common(1)[0]
    if times == 1:
        return ""
    places = " and ".join(str(place) for place, column in enumerate(columns, start=1) if column == name)
    all_of_them = "both" if times == 2 else "all"
    return f'Columns {places} of the query are {all_of_them} called "{name}"; write ... AS another_name.'
