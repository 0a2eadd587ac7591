"""What is deleted from the logs after a long time, as SQL text for PostgreSQL."""

from dataclasses import dataclass
from datetime import timedelta

from summary_tables.model.logs import CHECK_LOG, ROLL_BACK_LOG
from summary_tables.sql.dialects.postgres.check_log import CheckLogStatements


@dataclass(frozen=True, slots=True)
class LogPruningStatements(CheckLogStatements):
    """PostgreSQL."""

    def prune_checks(self, schema: str, table: str, age: timedelta) -> str:
        """Delete the checks of a table that were run longer ago than `age`."""
        log = self._log_table(CHECK_LOG)
        return f"DELETE FROM {log}\nWHERE {self._is_of(schema, table)} AND checked_at < {self._ago(age)}"

    def prune_builds(self, schema: str, table: str, age: timedelta, *, roll_backs: bool) -> str:
        """Delete the builds of a table, older than `age`, whose version has been dropped and that nothing names.

        What stands says of itself what it was added to, and the roll-back log, where there is one, names versions.
        Of what stands, it must be known for ever which times were added to it.
        """
        log = self._log
        used = [
            self._standing,
            f"    SELECT applied_to FROM {log}\n    WHERE applied_to IS NOT NULL AND version_name IN (\n"
            f"{self._standing}\n    )",
        ]
        if roll_backs:
            of_table = f"FROM {self._log_table(ROLL_BACK_LOG)} WHERE {self._is_of(schema, table)}"
            used += [f"    SELECT {column} {of_table}" for column in ("from_version", "to_version")]
        kept = "".join(f" AND version_name NOT IN (\n{names}\n)" for names in used)
        added = f" AND COALESCE(applied_to, '') NOT IN (\n{self._standing}\n)"
        return f"DELETE FROM {log}\nWHERE {self._is_of(schema, table)} AND started_at < {self._ago(age)}{kept}{added}"

    def _ago(self, age: timedelta) -> str:
        return f"{self.NOW} - INTERVAL '{age.days} days'"
