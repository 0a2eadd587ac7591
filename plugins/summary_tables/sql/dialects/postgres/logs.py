"""The build log as SQL text: one table in the versions schema, a row for each version."""

import json
from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.build import BuildRun
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.table import Strategy, SummaryTable
from summary_tables.sql.dialects.postgres.log_tables import LogTableStatements
from summary_tables.sql.dialects.postgres.text import literal, qualified, timestamp

BUILD_COLUMNS = (
    "version_name, run_id, run_at, started_at, row_count, column_names, published_at,\n"
    "    strategy, interval_start, interval_end, applied_to, built_at, size_bytes"
)
"""What `find_build` and `standing_builds` select, in this order."""


@dataclass(frozen=True, slots=True)
class LogStatements(LogTableStatements):
    """PostgreSQL."""

    def log_build(
        self,
        table: SummaryTable,
        run: BuildRun,
        version: str,
        started_at: datetime,
        rows: int,
        columns: tuple[str, ...],
        strategy: Strategy = "replace",
    ) -> str:
        """The row of a version that a run made."""
        return self._insert(
            version_name=self.literal(version),
            schema_name=self.literal(table.schema),
            table_name=self.literal(table.table),
            origin="'built'",
            run_id=self.literal(run.run_id),
            try_number=str(run.try_number),
            run_at=timestamp(run.run_at),
            started_at=timestamp(started_at),
            built_at=self._next_moment(table.schema, table.table),
            row_count=str(rows),
            column_names=self.literal(json.dumps(columns, ensure_ascii=False)),
            strategy=self.literal(strategy),
            interval_start=_optional(run.interval_start),
            interval_end=_optional(run.interval_end),
            size_bytes=self._size(version),
        )

    def log_migration(self, table: SummaryTable, version: str, moved_at: datetime, columns: tuple[str, ...]) -> str:
        """The row of a plain table that became a version."""
        return self._insert(
            version_name=self.literal(version),
            schema_name=self.literal(table.schema),
            table_name=self.literal(table.table),
            origin="'migrated'",
            run_id="''",
            try_number="0",
            run_at=timestamp(moved_at),
            started_at=timestamp(moved_at),
            built_at=timestamp(moved_at),
            column_names=self.literal(json.dumps(columns, ensure_ascii=False)),
        )

    def find_build(self, schema: str, table: str, version: str) -> str:
        """The log's row of one version of one table."""
        return f"{self._select_builds(schema, table)} AND version_name = {self.literal(version)}"

    def standing_builds(self, schema: str, table: str) -> str:
        """The log's rows of the versions that runs made and that have not been dropped."""
        return f"{self._select_builds(schema, table)} AND origin = 'built' AND version_name IN (\n{self._standing}\n)"

    def next_moment(self, schema: str, table: str) -> str:
        """The moment at which a build begins: later than all that the log knows of the table."""
        return f"SELECT {self._next_moment(schema, table)}"

    def mark_published(self, schema: str, table: str, version: str) -> str:
        """Date the first time that readers saw a version."""
        now = self._next_moment(schema, table)
        return (
            f"UPDATE {self._log} SET published_at = COALESCE(published_at, {now})\n"
            f"WHERE version_name = {self.literal(version)}"
        )

    def _next_moment(self, schema: str, table: str) -> str:
        return self._next(BUILD_LOG, schema, table, "started_at", "built_at", "published_at")

    @property
    def _log(self) -> str:
        return self._log_table(BUILD_LOG)

    @property
    def _standing(self) -> str:
        return (
            "    SELECT c.relname FROM pg_catalog.pg_class c\n"
            "    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
            f"    WHERE n.nspname = {self.literal(self.versions_schema)} AND c.relkind = 'r'"
        )

    def _version(self, version: str) -> str:
        return qualified(self.versions_schema, version)

    def _size(self, version: str) -> str:
        name = qualified(self.versions_schema, version)
        return f"pg_catalog.pg_total_relation_size({literal(name)}::pg_catalog.regclass)"

    def _insert(self, **values: str) -> str:
        return self._insert_into(BUILD_LOG, values)

    def _select_builds(self, schema: str, table: str) -> str:
        return f"SELECT {BUILD_COLUMNS}\nFROM {self._log}\nWHERE {self._is_of(schema, table)}"


def _optional(moment: datetime | None) -> str:
    return "NULL" if moment is None else timestamp(moment)
