"""Who may read a table: what its file says is given, what the file gave and does not say any more is withdrawn.

A right that somebody else gave stays. One that stood before the file named the role is somebody else's, too; one that
is given again by hand while the file gives it cannot be told apart, and goes with the file's.
"""

import logging
from collections.abc import Mapping

from summary_tables.model.table import SummaryTable
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.warehouse.rights.declared import Declared
from summary_tables.warehouse.session.session import Row, Session

_log = logging.getLogger(__name__)


def give_rights(session: Session, table: SummaryTable, before: Declared | None) -> Mapping[str, str]:
    """Grant and revoke SELECT on the view; returns the roles, by id, that may read because of the file.

    `before`: what the file gave so far; None: nobody knows.
    """
    sql, schema, name = session.sql, table.schema, table.table
    wanted = role_ids(session, table.grants.select)
    held = {str(row[0]): row for row in session.rows(sql.rights.readers_given(schema, name))}
    session.execute_all(tuple(sql.rights.grant_select(schema, name, role) for role in table.grants.select))
    if before is None:
        _tell_of_strangers(table, [row for role_id, row in held.items() if role_id not in wanted])
        return wanted
    for role_id in before.readers:
        if role_id in held and role_id not in wanted:
            _withdraw(session, table, held[role_id])
    return {role_id: role for role_id, role in wanted.items() if role_id in before.readers or role_id not in held}


def follow_view(session: Session, table: SummaryTable, version: str) -> None:
    """Let the versions of the table be read by nobody who may not read the table.

    The rights on a version matter where somebody made the view read with its readers' rights, and on what was a plain
    table before. `version` is the one that the view shows.
    """
    sql, schema, name = session.sql, table.schema, table.table
    as_reader = any(session.value(statement) for statement in sql.rights.reads_as_reader(schema, name))
    if as_reader:
        session.execute_all(tuple(sql.rights.grant_version(version, role) for role in table.grants.select))
    for statement in sql.rights.left_readers(schema, name, migrated_only=not as_reader):
        for left, role in session.rows(statement):
            session.execute(sql.rights.revoke_version(left, role))


def role_ids(session: Session, roles: tuple[str, ...]) -> dict[str, str]:
    """The roles as the file spells them, by their ids, without those that do not exist."""
    if not roles:
        return {}
    statements = session.sql.rights.role_ids(roles)
    if not statements:
        return {role.lower(): role for role in roles}
    found = (row for statement in statements for row in session.rows(statement))
    return {role_id: role for role, role_id in found if role_id is not None}


def _withdraw(session: Session, table: SummaryTable, right: Row) -> None:
    role_id, role, may_grant = right
    sql, schema, name = session.sql, table.schema, table.table
    columns = [row for each in sql.rights.column_readers(schema, name, role_id) for row in session.rows(each)]
    if may_grant or any(passes_on for _, passes_on in columns):
        # No file gives that: whoever did gave the right itself, too, and others may have theirs from this role.
        _log.warning(
            "%s may read %s and pass that right on, which the file never gave, so the right stays. To take it away: "
            "%s CASCADE;",
            *(role, table.full_name, sql.rights.revoke_select(schema, name, role)),
        )
        return
    session.execute(sql.rights.revoke_select(schema, name, role))
    if columns:
        session.execute(sql.rights.grant_columns(schema, name, tuple(column for column, _ in columns), role))
    _log.info("%s may not read %s any more: the file does not name the role any longer.", role, table.full_name)


def _tell_of_strangers(table: SummaryTable, rights: list[Row]) -> None:
    """Once, when the first record of the table is made."""
    for _, role, _ in rights:
        grantee = "PUBLIC" if role == "public" else identifier(role)
        _log.warning(
            "%s may read %s, and the file does not name the role. Whether an earlier file or a person gave that right "
            "is not known, so it stays. To take it away: REVOKE SELECT ON %s FROM %s;",
            *(role, table.full_name, qualified(table.schema, table.table), grantee),
        )
