"""What there is in the warehouse, as SQL for Redshift."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.inventory import PostgresInventory


@dataclass(frozen=True, slots=True)
class RedshiftInventory(PostgresInventory):
    """Amazon Redshift."""

    def made_types(self, tables: Sequence[tuple[str, str]]) -> str:  # noqa: ARG002 - nobody can make one
        return "SELECT NULL, NULL, NULL, NULL WHERE false"

    def _right_to_read(self) -> str:
        """There is no has_any_column_privilege."""
        return "pg_catalog.has_table_privilege(c.oid, 'SELECT')"
