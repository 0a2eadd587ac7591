"""What Redshift spells otherwise than PostgreSQL.

Written from Amazon's documentation and checked by a parser only: it has not been run on a live cluster.
Redshift has no advisory locks (the build log is locked instead), no lock_timeout, no indexes, no CREATE OR REPLACE
options, and its scalar functions cannot write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.model.logs import LogTable
from summary_tables.model.table import Attributes, Index, Limits
from summary_tables.sql.dialects.postgres import catalog_queries
from summary_tables.sql.dialects.postgres.publishing import NO_TYPES, UTC, Statements, shown_columns
from summary_tables.sql.dialects.postgres.text import (
    backslash_literal,
    column_list,
    identifier,
    qualified,
    without_semicolon,
)


@dataclass(frozen=True, slots=True)
class RedshiftStatements(Statements):
    """Amazon Redshift."""

    TEXT: ClassVar[str] = "varchar(65535)"
    NOW: ClassVar[str] = "SYSDATE"
    CAN_MIGRATE: ClassVar[bool] = False
    CAN_RETYPE: ClassVar[bool] = False
    FUNCTIONS_WRITE: ClassVar[bool] = False
    BEGIN_READ_ONLY: ClassVar[str] = "BEGIN READ ONLY"
    BEGIN: ClassVar[str] = "BEGIN READ WRITE"

    def settings(self, zone: str = UTC) -> tuple[str, ...]:
        """It knows few of PostgreSQL's."""
        return (
            self.OUR_NAMES,
            f"SET LOCAL timezone = {self.literal(zone)}",
            "SET LOCAL datestyle = 'ISO, MDY'",
            "SET LOCAL application_name = 'summary_tables'",
        )

    def own_settings(self) -> str:
        """There is no check of the client's line; the limits of its queues hold besides ours."""
        return "SELECT current_user::text, 0, FALSE"

    def limits(self, limits: Limits, own_timeout: float, looks_after_clients: bool) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """There is no work_mem."""
        return self._limit_time(limits, own_timeout)

    def reset_session(self) -> tuple[str, ...]:
        """Redshift's `set_config` sets search_path and a few more; a query cannot change the role."""
        return ("RESET ALL",)

    def declare_cursor(self, query: str) -> str:
        """Redshift knows no other kind of cursor."""
        return f"DECLARE guard CURSOR FOR\n{query}\n"

    def describe(self, query: str) -> str:
        """A FETCH would run the whole query: Redshift fills a cursor at the first one."""
        return f"SELECT * FROM (\n{without_semicolon(query)}\n) AS described LIMIT 0"

    def create_index(self, version: str, index: Index) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """There are no indexes."""
        return ()

    def limit_lock_waits(self) -> tuple[str, ...]:
        """There is no lock_timeout."""
        return ()

    def lock_table(self, schema: str, table: str) -> str:  # noqa: ARG002 - one lock for all tables
        """There are no advisory locks."""
        return f"LOCK TABLE {self._log}"

    def lock_setup(self) -> tuple[str, ...]:
        """There is nothing yet that could be locked."""
        return ()

    def old_snapshots(self, version: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """Its transactions see the catalog and the rows of the same moment."""
        return ()

    def view_settings(self, schema: str, view: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Its views have no settings."""
        return ()

    def version_readers(self, version: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """A view always reads with the rights of its owner."""
        return ()

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
            f"    WHERE namespace_name = {self.literal(schema)} AND relation_name = {self.literal(name)}\n"
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

    def standing_tables(self) -> str:
        """Sizes are for superusers only (SVV_TABLE_INFO), so they stay unknown."""
        return (
            f"SELECT c.relname::text, NULL::bigint\nFROM {catalog_queries.RELATION}\n"
            f"WHERE n.nspname = {self.literal(self.versions_schema)} AND c.relkind = 'r'\nORDER BY c.relname"
        )

    def dependents(self, schema: str, name: str) -> str:
        """Only views can depend on a table. Those WITH NO SCHEMA BINDING do not: they break when they are read."""
        return (
            "SELECT DISTINCT 'view ' || vn.nspname || '.' || v.relname, vn.nspname::text, v.relname::text\n"
            f"FROM {catalog_queries.RELATION}\n"
            "JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid\n"
            "JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid\n"
            "JOIN pg_catalog.pg_class v ON v.oid = r.ev_class\n"
            "JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace\n"
            f"WHERE {catalog_queries.is_relation(schema, name)} AND v.oid <> c.oid\nORDER BY 1"
        )

    def readers(self, schema: str, name: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Its catalog spells rights otherwise; they are not listed."""
        return ()

    def may_act_as(self, owner: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """It is found out by trying: there is no pg_has_role."""
        return ()

    def _index_log(self, log: LogTable) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """There are no indexes."""
        return ()

    def _size(self, version: str) -> str:  # noqa: ARG002 - PostgreSQL needs it
        """Known to superusers only (SVV_TABLE_INFO)."""
        return "NULL"

    def columns(self, schema: str, name: str) -> str:
        """Redshift's catalog knows no collations."""
        return catalog_queries.columns_without_collations(schema, name)

    def lock_holders(self, schema: str, table: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Waits are not limited, so nobody asks."""
        return ()

    def create_view(
        self,
        schema: str,
        table: str,
        version: str,
        columns: tuple[str, ...],
        options: tuple[str, ...] = (),  # noqa: ARG002 - views have no options
        types: Mapping[str, str] = NO_TYPES,
    ) -> str:
        """Show `version` to readers; grants and owner stay."""
        view, source = qualified(schema, table), self._version(version)
        return f"CREATE OR REPLACE VIEW {view} AS\nSELECT {shown_columns(columns, types)}\nFROM {source}"

    def lock_view(self, schema: str, view: str, owner: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs them
        """DROP VIEW locks it."""
        return ()

    def own_view(self, schema: str, view: str, owner: str) -> str:
        """There is no ALTER VIEW."""
        return f"ALTER TABLE {qualified(schema, view)} OWNER TO {identifier(owner)}"

    def reading_views(self, schema: str, view: str, role: str) -> tuple[str, ...]:  # noqa: ARG002 - none is created again
        """Views WITH NO SCHEMA BINDING go on by the view's name; others must be dropped by their owners."""
        statement = (
            "SELECT DISTINCT vn.nspname::text, v.relname::text, 'view', pg_catalog.pg_get_userbyid(v.relowner)::text,\n"
            f"    true\nFROM {catalog_queries.RELATION}\n"
            "JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid\n"
            "JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid\n"
            "JOIN pg_catalog.pg_class v ON v.oid = r.ev_class\n"
            "JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace\n"
            f"WHERE {catalog_queries.is_relation(schema, view)} AND v.oid <> c.oid\nORDER BY 1, 2"
        )
        return (statement,)

    def other_dependents(self, schema: str, view: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Nothing else can depend on a view."""
        return ()

    def rights(self, schema: str, name: str) -> str:
        """Those that our role may see, without the owner's own: they come by themselves. None are on columns."""
        return (
            "SELECT '', privilege_type, grantee, BOOL_OR(admin_option) FROM (\n"
            "    SELECT privilege_type, admin_option, CASE identity_type WHEN 'user' THEN identity_name\n"
            "        WHEN 'public' THEN 'public' ELSE identity_type || ' ' || identity_name END AS grantee\n"
            "    FROM svv_relation_privileges\n"
            f"    WHERE namespace_name = {self.literal(schema)} AND relation_name = {self.literal(name)}\n"
            ") AS given\nWHERE grantee <> current_user\nGROUP BY privilege_type, grantee\nORDER BY 2, 3"
        )

    def literal(self, text: str) -> str:
        """A string literal."""
        return backslash_literal(text)

    def _attributes(self, attributes: Attributes) -> str:
        style = f" DISTSTYLE {attributes.diststyle.upper()}" if attributes.diststyle else ""
        key = f" DISTKEY ({identifier(attributes.distkey)})" if attributes.distkey else ""
        kind = f" {attributes.sortstyle.upper()}" if attributes.sortstyle else ""
        sort = f"{kind} SORTKEY ({column_list(attributes.sortkey)})" if attributes.sortkey else ""
        return style + key + sort

    def _grantee(self, role: str) -> str:
        """A user; `group <name>` and `role <name>` mean those."""
        kind, _, name = role.partition(" ")
        if kind.lower() in ("group", "role") and name:
            return f"{kind.upper()} {identifier(name)}"
        return Statements._grantee(self, role)
