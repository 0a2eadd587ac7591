"""The views through which readers see versions, and the views that read those, as SQL for Redshift."""

from collections.abc import Mapping
from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, is_relation
from summary_tables.sql.dialects.postgres.statements.views import PostgresViews, shown_columns
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.sql.statements.views import NO_TYPES


@dataclass(frozen=True, slots=True)
class RedshiftViews(PostgresViews):
    """Amazon Redshift."""

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
        view, source = qualified(schema, table), self.schema.version(version)
        return f"CREATE OR REPLACE VIEW {view} AS\nSELECT {shown_columns(columns, types)}\nFROM {source}"

    def lock_view(self, schema: str, view: str, owner: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs them
        """DROP VIEW locks it."""
        return ()

    def own_view(self, schema: str, view: str, owner: str) -> str:
        """There is no ALTER VIEW."""
        return f"ALTER TABLE {qualified(schema, view)} OWNER TO {identifier(owner)}"

    def view_settings(self, schema: str, view: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Its views have no settings."""
        return ()

    def reading_views(self, schema: str, view: str, role: str) -> tuple[str, ...]:  # noqa: ARG002 - none is created again
        """Views WITH NO SCHEMA BINDING go on by the view's name; others must be dropped by their owners."""
        statement = (
            "SELECT DISTINCT vn.nspname::text, v.relname::text, 'view', pg_catalog.pg_get_userbyid(v.relowner)::text,\n"
            f"    true\nFROM {RELATION}\n"
            "JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid\n"
            "JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid\n"
            "JOIN pg_catalog.pg_class v ON v.oid = r.ev_class\n"
            "JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace\n"
            f"WHERE {is_relation(schema, view)} AND v.oid <> c.oid\nORDER BY 1, 2"
        )
        return (statement,)

    def other_dependents(self, schema: str, view: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Nothing else can depend on a view."""
        return ()
