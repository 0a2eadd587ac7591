"""Refuses queries that call functions of the warehouse which do something else than compute."""

from collections.abc import Iterable

from summary_tables.sql import outside_effects
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session


def refuse_calls(session: Session, query: str) -> None:
    """Raise `WarehouseError` if the text of `query` calls one, before the warehouse sees it."""
    dialect = session.dialect
    for call in outside_effects.calls(query, dialect):
        line = query.count("\n", 0, call.offset) + 1
        reason = outside_effects.reasons(dialect)[call.name]
        raise WarehouseError(
            f"The query calls {call.name}, line {line} of the query, which {reason}. It may only read."
        )


def refuse_functions(session: Session, called: Iterable[str]) -> None:
    """Raise `WarehouseError` if one of the server's own functions that a query reaches is one, e.g. in a view."""
    reasons = session.dialect.functions.acting
    for name in called:
        if name in reasons:
            raise WarehouseError(
                f"The query calls {name}, through a view or an operator, which {reasons[name]}. It may only read."
            )
