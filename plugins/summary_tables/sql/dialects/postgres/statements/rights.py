"""Who may read a table and its versions, as SQL for PostgreSQL.

A right is looked at only if the table's owner gave it: that is what our own role takes away with REVOKE, and nobody
else's. Roles are told apart by their ids, so that one which was renamed is still the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.model.logs import BUILD_LOG
from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, is_relation
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import column_list, identifier, qualified
from summary_tables.sql.statements.rights import Right

_NAME = "CASE WHEN acl.grantee = 0 THEN 'public' ELSE r.rolname::text END"


_GIVEN_BY_OWNER = (
    "acl.privilege_type = 'SELECT' AND acl.grantor = c.relowner AND acl.grantee <> c.relowner\n"
    "AND (acl.grantee = 0 OR r.oid IS NOT NULL)"
)


@dataclass(frozen=True, slots=True)
class PostgresRights:
    """PostgreSQL."""

    schema: VersionsSchema

    def rights(self, schema: str, name: str) -> str:
        return (
            "SELECT given.attname, acl.privilege_type, COALESCE(r.rolname::text, 'public'), bool_or(acl.is_grantable)\n"
            "FROM (\n"
            "    SELECT '' AS attname, COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner)) AS acl\n"
            f"    FROM {RELATION} WHERE {is_relation(schema, name)}\n"
            f"    UNION ALL SELECT a.attname::text, a.attacl FROM {RELATION}\n"
            "    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped\n"
            f"    WHERE {is_relation(schema, name)}\n"
            ") AS given\n"
            "CROSS JOIN LATERAL pg_catalog.aclexplode(given.acl) AS acl\n"
            "LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee\n"
            "GROUP BY 1, 2, 3\nORDER BY 1, 2, 3"
        )

    def grant_right(self, schema: str, name: str, right: Right) -> str:
        option = " WITH GRANT OPTION" if right.may_grant else ""
        return f"GRANT {self._right(schema, name, right)} TO {self._grantee(right.role)}{option}"

    def revoke_right(self, schema: str, name: str, right: Right) -> str:
        return f"REVOKE {self._right(schema, name, right)} FROM {self._grantee(right.role)}"

    def grant_select(self, schema: str, table: str, role: str) -> str:
        return f"GRANT SELECT ON {qualified(schema, table)} TO {self._grantee(role)}"

    def grant_version(self, version: str, role: str) -> str:
        return f"GRANT SELECT ON {self.schema.version(version)} TO {self._grantee(role)}"

    def revoke_select(self, schema: str, table: str, role: str) -> str:
        return f"REVOKE SELECT ON {qualified(schema, table)} FROM {self._grantee(role)}"

    def revoke_version(self, version: str, role: str) -> str:
        return f"REVOKE SELECT ON {self.schema.version(version)} FROM {self._grantee(role)}"

    def grant_columns(self, schema: str, table: str, columns: tuple[str, ...], role: str) -> str:
        return f"GRANT SELECT ({column_list(columns)}) ON {qualified(schema, table)} TO {self._grantee(role)}"

    def role_ids(self, roles: Sequence[str]) -> tuple[str, ...]:
        written = ", ".join(f"({literal(role)})" for role in roles)
        statement = (
            "SELECT w.role, CASE WHEN lower(w.role) = 'public' THEN '0' ELSE r.oid::text END\n"
            f"FROM (VALUES {written}) AS w (role) LEFT JOIN pg_catalog.pg_roles r ON r.rolname = w.role::name"
        )
        return (statement,)

    def role_names(self) -> tuple[str, ...]:
        statement = "SELECT rolname::text FROM pg_catalog.pg_roles WHERE rolname NOT LIKE 'pg\\_%' ORDER BY 1"
        return (statement,)

    def readers_given(self, schema: str, name: str) -> str:
        return (
            f"SELECT acl.grantee::text, {_NAME}, acl.is_grantable\n"
            f"FROM {RELATION}\nCROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS acl\n"
            "LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee\n"
            f"WHERE {is_relation(schema, name)} AND {_GIVEN_BY_OWNER}\nORDER BY 2"
        )

    def column_readers(self, schema: str, name: str, role_id: str) -> tuple[str, ...]:
        statement = (
            "SELECT a.attname::text, acl.is_grantable\n"
            f"FROM {RELATION}\nJOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid\n"
            "CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS acl\n"
            f"WHERE {is_relation(schema, name)} AND acl.privilege_type = 'SELECT' AND acl.grantor = c.relowner\n"
            f"AND acl.grantee = {literal(role_id)}::oid\nORDER BY a.attnum"
        )
        return (statement,)

    def reads_as_reader(self, schema: str, view: str) -> tuple[str, ...]:
        statement = (
            "SELECT COALESCE((SELECT option_value::boolean FROM pg_catalog.pg_options_to_table(c.reloptions)\n"
            "    WHERE option_name = 'security_invoker'), false)\n"
            f"FROM {RELATION}\nWHERE {is_relation(schema, view)}"
        )
        return (statement,)

    # Where our role cannot take a right away, it is none of them.
    def left_readers(self, schema: str, table: str, *, migrated_only: bool) -> tuple[str, ...]:
        migrated = " AND origin = 'migrated'" if migrated_only else ""
        versions = (
            f"SELECT version_name FROM {self.schema.log(BUILD_LOG)} WHERE {self.schema.is_of(schema, table)}{migrated}"
        )
        view_name = literal(qualified(schema, table))
        statement = (
            f"SELECT DISTINCT c.relname::text, {_NAME}\n"
            f"FROM {RELATION}\n"
            "CROSS JOIN LATERAL (\n"
            "    SELECT * FROM pg_catalog.aclexplode(c.relacl)\n"
            "    UNION ALL SELECT e.* FROM pg_catalog.pg_attribute a"
            " CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) e\n"
            "    WHERE a.attrelid = c.oid\n"
            ") AS acl\n"
            "LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee\n"
            f"WHERE n.nspname = {literal(self.schema.name)} AND c.relkind IN ('r', 'p') AND {_GIVEN_BY_OWNER}\n"
            f"AND c.relname IN ({versions}) AND pg_catalog.pg_has_role(c.relowner, 'USAGE') AND NOT acl.is_grantable\n"
            f"AND NOT pg_catalog.has_any_column_privilege({_NAME}, {view_name}::pg_catalog.regclass, 'SELECT')\n"
            "ORDER BY 1, 2"
        )
        return (statement,)

    def version_readers(self, version: str) -> tuple[str, ...]:
        return self.readers(self.schema.name, version)

    def readers(self, schema: str, name: str) -> tuple[str, ...]:
        statement = (
            "SELECT COALESCE(pg_catalog.pg_get_userbyid(NULLIF(acl.grantee, 0))::text, 'public')\n"
            f"FROM {RELATION}\nCROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS acl\n"
            f"WHERE {is_relation(schema, name)} AND acl.privilege_type = 'SELECT' AND acl.grantee <> c.relowner\n"
            "ORDER BY 1"
        )
        return (statement,)

    def may_use_schema(self, role: str, schema: str) -> tuple[str, ...]:
        return (f"SELECT pg_catalog.has_schema_privilege({literal(role)}, {literal(schema)}, 'USAGE')",)

    def may_create_schemas(self) -> str:
        return "SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')"

    def may_act_as(self, owner: str) -> tuple[str, ...]:
        return (f"SELECT pg_catalog.pg_has_role({literal(owner)}, 'USAGE')",)

    def _right(self, schema: str, name: str, right: Right) -> str:
        columns = f" ({identifier(right.column)})" if right.column else ""
        return f"{right.privilege}{columns} ON {qualified(schema, name)}"

    def _grantee(self, role: str) -> str:
        return "PUBLIC" if role.lower() == "public" else identifier(role)
