"""The types of a new version's columns are of somebody who is trusted: they run functions for as long as it stands."""

from collections.abc import Sequence

from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session


def require_trusted_types(session: Session, untrusted_types: str, names: Sequence[str]) -> None:
    """Raise `WarehouseError` if one of the columns has a type that somebody may change who may not act as our role.

    `untrusted_types` is the statement that asks for them. Such a type may be anywhere inside: in an array, a row, a
    range or a domain.
    """
    for place, column_type, inner, owner, plain in session.rows(untrusted_types):
        what = column_type if inner == column_type else f"{column_type}, made of {inner}"
        raise WarehouseError(
            f'The column "{names[place - 1]}" has the type {what}, which belongs to the role {owner}. '
            f"In a table it could run functions of {owner} with the rights of {session.role}; "
            f"write (...)::{plain} AS {identifier(names[place - 1])}."
        )
