"""The build log: a row for each version, as SQL for Redshift."""

from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.builds import PostgresBuilds


@dataclass(frozen=True, slots=True)
class RedshiftBuilds(PostgresBuilds):
    """Amazon Redshift."""

    def _size(self, version: str) -> str:  # noqa: ARG002 - PostgreSQL needs it
        """Known to superusers only (SVV_TABLE_INFO)."""
        return "NULL"
