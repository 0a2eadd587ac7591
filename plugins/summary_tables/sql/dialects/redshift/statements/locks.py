"""Who waits for whom, as SQL for Redshift."""

from dataclasses import dataclass

from summary_tables.model.logs import BUILD_LOG
from summary_tables.sql.dialects.postgres.statements.locks import PostgresLocks


@dataclass(frozen=True, slots=True)
class RedshiftLocks(PostgresLocks):
    """Amazon Redshift."""

    def limit_lock_waits(self) -> tuple[str, ...]:
        """There is no lock_timeout."""
        return ()

    def lock_table(self, schema: str, table: str) -> str:  # noqa: ARG002 - one lock for all tables
        """There are no advisory locks."""
        return f"LOCK TABLE {self.schema.log(BUILD_LOG)}"

    def lock_setup(self) -> tuple[str, ...]:
        """There is nothing yet that could be locked."""
        return ()

    def lock_holders(self, schema: str, table: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs both
        """Waits are not limited, so nobody asks."""
        return ()

    def old_snapshots(self, version: str) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """Its transactions see the catalog and the rows of the same moment."""
        return ()
