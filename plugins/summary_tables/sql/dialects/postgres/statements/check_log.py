"""The check log: a row each time that a check was run, as SQL for PostgreSQL."""

from dataclasses import dataclass

from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.logs import CHECK_LOG
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import timestamp


@dataclass(frozen=True, slots=True)
class PostgresCheckLog:
    """PostgreSQL."""

    schema: VersionsSchema

    def log_check(self, table: SummaryTable, run: BuildRun, checked: CheckRun) -> str:
        values = {
            "schema_name": self.schema.literal(table.schema),
            "table_name": self.schema.literal(table.table),
            "step": self.schema.literal(checked.step),
            "position": str(checked.position),
            "check_name": self.schema.literal(checked.name.label),
            "severity": self.schema.literal(checked.severity),
            "passed": str(checked.passed).upper(),
            "expected": self.schema.literal(checked.expected),
            "actual": self.schema.literal(checked.actual),
            "error": self.schema.literal(checked.error),
            "seconds": f"{checked.seconds:.3f}",
            "run_id": self.schema.literal(run.run_id),
            "try_number": str(run.try_number),
            "run_at": timestamp(run.run_at),
            "version_name": self.schema.literal(checked.version),
            "checked_at": self.schema.next_moment(CHECK_LOG, table.schema, table.table, "checked_at"),
            "check_key": self.schema.literal(checked.name.key),
        }
        return self.schema.insert(CHECK_LOG, values)

    def failing_runs(self, table: SummaryTable, checked: CheckRun) -> str:
        log, literal = self.schema.log(CHECK_LOG), self.schema.literal
        key, label = literal(checked.name.key), literal(checked.name.label)
        same = (
            f"{self.schema.is_of(table.schema, table.table)}\n"
            f"    AND step = {literal(checked.step)}\n"
            f"    AND (check_key = {key} OR check_key IS NULL AND check_name = {label})"
        )
        return (
            f"SELECT run_id, MIN(run_at)\nFROM {log}\nWHERE {same} AND NOT passed AND checked_at > COALESCE((\n"
            f"    SELECT MAX(checked_at) FROM {log}\n    WHERE {same} AND passed\n"
            "), TIMESTAMPTZ '2000-01-01 00:00:00+00')\nGROUP BY run_id\nORDER BY MIN(checked_at)"
        )
