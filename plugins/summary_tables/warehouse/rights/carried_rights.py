"""The rights on a relation, for one that takes its place."""

from summary_tables.sql.statements.rights import Right
from summary_tables.warehouse.session.session import Session


def rights_of(session: Session, schema: str, name: str) -> frozenset[Right]:
    """All, its owner's, too."""
    return frozenset(Right(*row) for row in session.rows(session.sql.rights.rights(schema, name)))


def set_rights(session: Session, schema: str, name: str, rights: frozenset[Right]) -> None:
    """Leave the relation just these: what it has by itself, such as default privileges, does not stay."""
    sql, standing = session.sql, rights_of(session, schema, name)
    session.execute_all(tuple(sql.rights.revoke_right(schema, name, right) for right in sorted(standing - rights)))
    session.execute_all(tuple(sql.rights.grant_right(schema, name, right) for right in sorted(rights - standing)))
