"""SQL about who may read a table and its versions, for PostgreSQL.

A right is looked at only if the table's owner gave it: that is what our own role takes away with REVOKE, and nobody
else's. Roles are told apart by their ids, so that one which was renamed is still the same.
"""

from collections.abc import Sequence

from summary_tables.sql.dialects.postgres.catalog_queries import RELATION, is_relation
from summary_tables.sql.dialects.postgres.text import literal, qualified

_NAME = "CASE WHEN acl.grantee = 0 THEN 'public' ELSE r.rolname::text END"
_GIVEN_BY_OWNER = (
    "acl.privilege_type = 'SELECT' AND acl.grantor = c.relowner AND acl.grantee <> c.relowner\n"
    "AND (acl.grantee = 0 OR r.oid IS NOT NULL)"
)


def role_ids(roles: Sequence[str]) -> str:
    """The id of each role as a file spells it, `0` for `public`; NULL: there is none."""
    written = ", ".join(f"({literal(role)})" for role in roles)
    return (
        "SELECT w.role, CASE WHEN lower(w.role) = 'public' THEN '0' ELSE r.oid::text END\n"
        f"FROM (VALUES {written}) AS w (role) LEFT JOIN pg_catalog.pg_roles r ON r.rolname = w.role::name"
    )


def role_names() -> str:
    """Every role of the server but its own."""
    return "SELECT rolname::text FROM pg_catalog.pg_roles WHERE rolname NOT LIKE 'pg\\_%' ORDER BY 1"


def readers(schema: str, name: str) -> str:
    """Who was given SELECT on a table as a whole: id, name, may the role pass it on?"""
    return (
        f"SELECT acl.grantee::text, {_NAME}, acl.is_grantable\n"
        f"FROM {RELATION}\nCROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS acl\n"
        "LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee\n"
        f"WHERE {is_relation(schema, name)} AND {_GIVEN_BY_OWNER}\nORDER BY 2"
    )


def column_readers(schema: str, name: str, role_id: str) -> str:
    """The columns on which a role was given SELECT: name, may it pass that on?"""
    return (
        "SELECT a.attname::text, acl.is_grantable\n"
        f"FROM {RELATION}\nJOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid\n"
        "CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS acl\n"
        f"WHERE {is_relation(schema, name)} AND acl.privilege_type = 'SELECT' AND acl.grantor = c.relowner\n"
        f"AND acl.grantee = {literal(role_id)}::oid\nORDER BY a.attnum"
    )


def reads_as_reader(schema: str, view: str) -> str:
    """Does the view read with the rights of whoever asks?"""
    return (
        "SELECT COALESCE((SELECT option_value::boolean FROM pg_catalog.pg_options_to_table(c.reloptions)\n"
        "    WHERE option_name = 'security_invoker'), false)\n"
        f"FROM {RELATION}\nWHERE {is_relation(schema, view)}"
    )


def left_readers(schema: str, view: str, versions_schema: str, versions: str) -> str:
    """Rights on versions (those that the query `versions` names) of roles that may not read the view: version, role.

    Where our role cannot take a right away, it is none of them.
    """
    view_name = literal(qualified(schema, view))
    return (
        f"SELECT DISTINCT c.relname::text, {_NAME}\n"
        f"FROM {RELATION}\n"
        "CROSS JOIN LATERAL (\n"
        "    SELECT * FROM pg_catalog.aclexplode(c.relacl)\n"
        "    UNION ALL SELECT e.* FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) e\n"
        "    WHERE a.attrelid = c.oid\n"
        ") AS acl\n"
        "LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee\n"
        f"WHERE n.nspname = {literal(versions_schema)} AND c.relkind IN ('r', 'p') AND {_GIVEN_BY_OWNER}\n"
        f"AND c.relname IN ({versions}) AND pg_catalog.pg_has_role(c.relowner, 'USAGE') AND NOT acl.is_grantable\n"
        f"AND NOT pg_catalog.has_any_column_privilege({_NAME}, {view_name}::pg_catalog.regclass, 'SELECT')\n"
        "ORDER BY 1, 2"
    )
