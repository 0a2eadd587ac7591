"""The check log as SQL text: one table in the versions schema, a row each time that a check was run."""

from dataclasses import dataclass

from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.logs import CHECK_LOG
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.logs import LogStatements
from summary_tables.sql.dialects.postgres.text import timestamp


@dataclass(frozen=True, slots=True)
class CheckLogStatements(LogStatements):
    """PostgreSQL."""

    def log_check(self, table: SummaryTable, run: BuildRun, checked: CheckRun) -> str:
        """The row of one check of `table` that `run` asked, now."""
        values = {
            "schema_name": self.literal(table.schema),
            "table_name": self.literal(table.table),
            "step": self.literal(checked.step),
            "position": str(checked.position),
            "check_name": self.literal(checked.name.label),
            "severity": self.literal(checked.severity),
            "passed": str(checked.passed).upper(),
            "expected": self.literal(checked.expected),
            "actual": self.literal(checked.actual),
            "error": self.literal(checked.error),
            "seconds": f"{checked.seconds:.3f}",
            "run_id": self.literal(run.run_id),
            "try_number": str(run.try_number),
            "run_at": timestamp(run.run_at),
            "version_name": self.literal(checked.version),
            "checked_at": self._next(CHECK_LOG, table.schema, table.table, "checked_at"),
            "check_key": self.literal(checked.name.key),
        }
        return self._insert_into(CHECK_LOG, values)

    def failing_runs(self, table: SummaryTable, checked: CheckRun) -> str:
        """The runs in which a check failed since it last passed, first to last: run id, when it was due.

        A check is the same as long as its step and its key are; of rows from before there were keys, its name.
        """
        log, key = self._log_table(CHECK_LOG), self.literal(checked.name.key)
        same = (
            f"{self._is_of(table.schema, table.table)}\n"
            f"    AND step = {self.literal(checked.step)}\n"
            f"    AND (check_key = {key} OR check_key IS NULL AND check_name = {self.literal(checked.name.label)})"
        )
        return (
            f"SELECT run_id, MIN(run_at)\nFROM {log}\nWHERE {same} AND NOT passed AND checked_at > COALESCE((\n"
            f"    SELECT MAX(checked_at) FROM {log}\n    WHERE {same} AND passed\n"
            "), TIMESTAMPTZ '2000-01-01 00:00:00+00')\nGROUP BY run_id\nORDER BY MIN(checked_at)"
        )
