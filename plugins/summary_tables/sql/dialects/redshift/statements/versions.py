"""The physical tables that readers see through a view, as SQL for Redshift."""

from dataclasses import dataclass

from summary_tables.model.table import Attributes, Index
from summary_tables.sql.dialects.postgres.statements.catalog import RELATION
from summary_tables.sql.dialects.postgres.statements.versions import PostgresVersions
from summary_tables.sql.quoting import column_list, identifier


@dataclass(frozen=True, slots=True)
class RedshiftVersions(PostgresVersions):
    """Amazon Redshift."""

    def create_index(self, version: str, index: Index) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """There are no indexes."""
        return ()

    def standing_tables(self) -> str:
        """Sizes are for superusers only (SVV_TABLE_INFO), so they stay unknown."""
        return (
            f"SELECT c.relname::text, NULL::bigint\nFROM {RELATION}\n"
            f"WHERE n.nspname = {self.schema.literal(self.schema.name)} AND c.relkind = 'r'\nORDER BY c.relname"
        )

    def _layout(self, attributes: Attributes) -> str:
        return layout(attributes)


def layout(attributes: Attributes) -> str:
    """The layout of a table, as CREATE TABLE takes it."""
    style = f" DISTSTYLE {attributes.diststyle.upper()}" if attributes.diststyle else ""
    key = f" DISTKEY ({identifier(attributes.distkey)})" if attributes.distkey else ""
    kind = f" {attributes.sortstyle.upper()}" if attributes.sortstyle else ""
    sort = f"{kind} SORTKEY ({column_list(attributes.sortkey)})" if attributes.sortkey else ""
    return style + key + sort
