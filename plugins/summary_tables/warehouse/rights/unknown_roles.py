"""Roles that a file names and the warehouse does not have: told before anything is built."""

from dataclasses import dataclass

from summary_tables.model.table import SummaryTable
from summary_tables.text.spelling import nearest
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownRole:
    """`near` is the role of the warehouse that is spelt most alike; empty: none is."""

    name: str
    near: str


def unknown_roles(session: Session, roles: tuple[str, ...]) -> tuple[UnknownRole, ...]:
    """Those of `roles` that do not exist, as far as the warehouse tells (PostgreSQL)."""
    statements = session.sql.rights.role_ids(roles) if roles else ()
    rows = [row for statement in statements for row in session.rows(statement)]
    unknown = [role for role, role_id in rows if role_id is None]
    if not unknown:
        return ()
    names = tuple(name for statement in session.sql.rights.role_names() for (name,) in session.rows(statement))
    return tuple(UnknownRole(name=role, near=nearest(role, names) or "") for role in unknown)


def require_known_roles(session: Session, table: SummaryTable) -> None:
    """Raise `WarehouseError` if `grants` names a role that does not exist."""
    for role in unknown_roles(session, table.grants.select):
        raise WarehouseError(unknown_role_words(role))


def unknown_role_words(role: UnknownRole) -> str:
    """A sentence or two."""
    near = f' There is "{role.near}".' if role.near else ""
    return f'`grants` names the role "{role.name}", which the warehouse does not have.{near}'
