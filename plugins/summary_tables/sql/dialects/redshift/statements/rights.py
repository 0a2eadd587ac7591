"""Who may read a table and its versions, as SQL for Redshift."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.rights import PostgresRights
from summary_tables.sql.quoting import identifier


@dataclass(frozen=True, slots=True)
class RedshiftRights(PostgresRights):
    """Amazon Redshift."""

    def rights(self, schema: str, name: str) -> str:
        """Those that our role may see, without the owner's own: they come by themselves. None are on columns."""
        return (
            "SELECT '', privilege_type, grantee, BOOL_OR(admin_option) FROM (\n"
            "    SELECT privilege_type, admin_option, CASE identity_type WHEN 'user' THEN identity_name\n"
            "        WHEN 'public' THEN 'public' ELSE identity_type || ' ' || identity_name END AS grantee\n"
            "    FROM svv_relation_privileges\n"
            f"    WHERE {self._is_relation(schema, name)}\n"
            ") AS given\nWHERE grantee <> current_user\nGROUP BY privilege_type, grantee\nORDER BY 2, 3"
        )

    def role_ids(self, roles: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs them
        """Users, groups and roles are known by their names, in small letters."""
        return ()

    def role_names(self) -> tuple[str, ...]:
        """They are not asked for."""
        return ()

    def readers_given(self, schema: str, name: str) -> str:
        """Of the rights that our role may see: `group x` and `role x` as a file spells them."""
        return (
            "SELECT id, id, admin_option FROM (\n"
            "    SELECT CASE identity_type WHEN 'user' THEN identity_name WHEN 'public' THEN 'public'\n"
            "        ELSE identity_type || ' ' || identity_name END AS id, admin_option\n"
            "    FROM svv_relation_privileges\n"
            f"    WHERE {self._is_relation(schema, name)}\n"
            "    AND privilege_type = 'SELECT'\n"
            ") AS given ORDER BY 1"
        )

    def column_readers(self, schema: str, name: str, role_id: str) -> tuple[str, ...]:  # noqa: ARG002 - as above
        """They are not asked for."""
        return ()

    def reads_as_reader(self, schema: str, view: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """A view always reads with the rights of its owner."""
        return ()

    def left_readers(self, schema: str, table: str, *, migrated_only: bool) -> tuple[str, ...]:  # noqa: ARG002 - as above
        """Nobody else gets any right on a version, and no table is moved."""
        return ()

    def version_readers(self, version: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """A view always reads with the rights of its owner."""
        return ()

    def readers(self, schema: str, name: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Its catalog spells rights otherwise; they are not listed."""
        return ()

    def may_use_schema(self, role: str, schema: str) -> tuple[str, ...]:
        """Of users alone; groups and roles are not asked for."""
        if role.partition(" ")[2]:
            return ()
        return PostgresRights.may_use_schema(self, role, schema)

    def may_create_schemas(self) -> str:
        return "SELECT has_database_privilege(current_database(), 'CREATE')"

    def may_act_as(self, owner: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """It is found out by trying: there is no pg_has_role."""
        return ()

    def _grantee(self, role: str) -> str:
        """A user; `group <name>` and `role <name>` mean those."""
        kind, _, name = role.partition(" ")
        if kind.lower() in ("group", "role") and name:
            return f"{kind.upper()} {identifier(name)}"
        return PostgresRights._grantee(self, role)

    def _is_relation(self, schema: str, name: str) -> str:
        return f"namespace_name = {self.schema.literal(schema)} AND relation_name = {self.schema.literal(name)}"
