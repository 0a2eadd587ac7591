"""What there is in the warehouse, as SQL for Redshift."""

from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.inventory import PostgresInventory


@dataclass(frozen=True, slots=True)
class RedshiftInventory(PostgresInventory):
    """Amazon Redshift."""

    def _right_to_read(self) -> str:
        """There is no has_any_column_privilege."""
        return "pg_catalog.has_table_privilege(c.oid, 'SELECT')"
