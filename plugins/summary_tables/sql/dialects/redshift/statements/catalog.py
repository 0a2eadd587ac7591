"""What stands in the warehouse, as SQL for Redshift."""

from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, PostgresCatalog, is_relation


@dataclass(frozen=True, slots=True)
class RedshiftCatalog(PostgresCatalog):
    """Amazon Redshift."""

    def columns(self, schema: str, name: str) -> str:
        """Redshift's catalog knows no collations."""
        return (
            "SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)\n"
            f"FROM {RELATION}\nJOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid\n"
            f"WHERE {is_relation(schema, name)} AND a.attnum > 0 AND NOT a.attisdropped\nORDER BY a.attnum"
        )

    def dependents(self, schema: str, name: str) -> str:
        """Only views can depend on a table. Those WITH NO SCHEMA BINDING do not: they break when they are read."""
        return (
            "SELECT DISTINCT 'view ' || vn.nspname || '.' || v.relname, vn.nspname::text, v.relname::text\n"
            f"FROM {RELATION}\n"
            "JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid\n"
            "JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid\n"
            "JOIN pg_catalog.pg_class v ON v.oid = r.ev_class\n"
            "JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace\n"
            f"WHERE {is_relation(schema, name)} AND v.oid <> c.oid\nORDER BY 1"
        )
