"""The check log as SQL text: one table in the versions schema, a row each time that a check was run."""

from dataclasses import dataclass

from summary_tables.checks import CheckName, Severity
from summary_tables.model.build import BuildRun
from summary_tables.model.failure import Step
from summary_tables.model.logs import CHECK_LOG
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.logs import LogStatements
from summary_tables.sql.dialects.postgres.text import timestamp


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """What one check of `table` found in one try of `run`, in the words of its message.

    `position` is its place in its list in the file, from 1. `error` says why it could not be asked; then `passed` is
    False. `seconds`: how long that took. `version` is what was checked; empty before the build.
    """

    table: SummaryTable
    run: BuildRun
    step: Step
    position: int
    check: CheckName
    severity: Severity
    passed: bool
    expected: str = ""
    actual: str = ""
    error: str = ""
    seconds: float
    version: str = ""


@dataclass(frozen=True, slots=True)
class CheckLogStatements(LogStatements):
    """PostgreSQL."""

    def log_check(self, outcome: CheckOutcome) -> str:
        """The row of one check that was run, now."""
        table, run = outcome.table, outcome.run
        values = {
            "schema_name": self.literal(table.schema),
            "table_name": self.literal(table.table),
            "step": self.literal(outcome.step),
            "position": str(outcome.position),
            "check_name": self.literal(outcome.check.label),
            "severity": self.literal(outcome.severity),
            "passed": str(outcome.passed).upper(),
            "expected": self.literal(outcome.expected),
            "actual": self.literal(outcome.actual),
            "error": self.literal(outcome.error),
            "seconds": f"{outcome.seconds:.3f}",
            "run_id": self.literal(run.run_id),
            "try_number": str(run.try_number),
            "run_at": timestamp(run.run_at),
            "version_name": self.literal(outcome.version),
            "checked_at": self._next(CHECK_LOG, table.schema, table.table, "checked_at"),
            "check_key": self.literal(outcome.check.key),
        }
        return self._insert_into(CHECK_LOG, values)

    def failing_runs(self, outcome: CheckOutcome) -> str:
        """The runs in which a check failed since it last passed, first to last: run id, when it was due.

        A check is the same as long as its step and its key are; of rows from before there were keys, its name.
        """
        log, key = self._log_table(CHECK_LOG), self.literal(outcome.check.key)
        same = (
            f"{self._is_of(outcome.table.schema, outcome.table.table)}\n"
            f"    AND step = {self.literal(outcome.step)}\n"
            f"    AND (check_key = {key} OR check_key IS NULL AND check_name = {self.literal(outcome.check.label)})"
        )
        return (
            f"SELECT run_id, MIN(run_at)\nFROM {log}\nWHERE {same} AND NOT passed AND checked_at > COALESCE((\n"
            f"    SELECT MAX(checked_at) FROM {log}\n    WHERE {same} AND passed\n"
            "), TIMESTAMPTZ '2000-01-01 00:00:00+00')\nGROUP BY run_id\nORDER BY MIN(checked_at)"
        )
