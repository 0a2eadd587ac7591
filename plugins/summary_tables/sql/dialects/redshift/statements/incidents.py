"""The incident log and the message log, as SQL for Redshift."""

from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.logs import INCIDENT_LOG, MESSAGE_LOG
from summary_tables.sql.dialects.postgres.statements.incidents import PostgresIncidents
from summary_tables.sql.dialects.postgres.text import timestamp


@dataclass(frozen=True, slots=True)
class RedshiftIncidents(PostgresIncidents):
    """Amazon Redshift."""

    def lock_incidents(self, schema: str, table: str) -> str:  # noqa: ARG002 - one lock for all tables
        """There are no advisory locks."""
        return f"LOCK TABLE {self.schema.log(INCIDENT_LOG)}, {self.schema.log(MESSAGE_LOG)}"

    def claim(self, token: str, now: datetime, expired: datetime, most: int) -> tuple[str, ...]:
        """There are no locks of rows, so one at a time claims. A subquery may not compare with what is around it."""
        line = (
            "ROW_NUMBER() OVER (\n"
            "            PARTITION BY CASE incident_id WHEN '' THEN message_id ELSE incident_id END,\n"
            "                notifier, conn_id, channel\n"
            "            ORDER BY recorded_at, message_id\n        ) AS number_in_line"
        )
        due = (
            "    SELECT message_id FROM (\n"
            f"        SELECT message_id, recorded_at, not_before_at, claimed_at, {line}\n"
            f"        FROM {self.schema.log(MESSAGE_LOG)}\n        WHERE done_at IS NULL\n    ) AS waiting\n"
            f"    WHERE number_in_line = 1 AND not_before_at <= {timestamp(now)}\n"
            f"    AND (claimed_at IS NULL OR claimed_at < {timestamp(expired)})\n"
            f"    ORDER BY recorded_at, message_id\n    LIMIT {most}"
        )
        lock = f"LOCK TABLE {self.schema.log(MESSAGE_LOG)}"
        return (
            lock,
            self._give_up_what_is_over(now, expired),
            f"{self._claiming(token, now)}\nWHERE message_id IN (\n{due}\n)",
        )
