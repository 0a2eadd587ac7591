"""The logs: tables beside the versions, as SQL for Redshift."""

from dataclasses import dataclass

from summary_tables.model.logs import LogTable
from summary_tables.sql.dialects.postgres.statements.logs import PostgresLogs


@dataclass(frozen=True, slots=True)
class RedshiftLogs(PostgresLogs):
    """Amazon Redshift."""

    def need_no_disk(self) -> tuple[str, ...]:
        """There is no such setting."""
        return ()

    def log_index(self, log: LogTable) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """There are no indexes."""
        return ()

    def add_log_index(self, log: LogTable) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """There are no indexes."""
        return ()

    def _index_of_open(self, log: LogTable) -> tuple[str, ...]:  # noqa: ARG002 - PostgreSQL needs it
        """There are no indexes."""
        return ()
