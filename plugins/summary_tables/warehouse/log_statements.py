"""The build log as SQL text: one table in the versions schema, a row for each version."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from summary_tables.model import BuildRun, Strategy, SummaryTable
from summary_tables.warehouse.sql_text import literal, qualified, timestamp

LOG = "build_log"

LOG_COLUMNS = {
    "version_name": "Name of the version, a table of this schema. It may have been dropped since.",
    "schema_name": "Schema of the summary table.",
    "table_name": "Name of the summary table.",
    "origin": "built: made by a run. migrated: the plain table that stood there before; never dropped by us.",
    "run_id": "Airflow run that made the version.",
    "try_number": "Which try of that run, from 1.",
    "run_at": "When the run was due: the time meant by 'the build of ...'.",
    "started_at": "When the build began. A build never replaces one that began later.",
    "built_at": "When the query had finished.",
    "row_count": "Rows in the version; unknown for migrated.",
    "column_names": "Names of the columns in table order, as a JSON list.",
    "published_at": "When readers saw the version, or what it adds, first; empty: never.",
    "strategy": "replace: the version is a whole table. append, delete_insert, merge: it is what one run adds to one.",
    "interval_start": "Beginning of the data interval that the run covers; empty: it covers none.",
    "interval_end": "End of that interval, which is not part of it.",
    "applied_to": "Of what one run adds: the version that it was added to, which may be itself; empty: none yet.",
    "size_bytes": "Bytes that the version took when it was built, with its indexes; empty: unknown.",
}

BUILD_COLUMNS = (
    "version_name, run_id, run_at, started_at, row_count, column_names, published_at,\n"
    "    strategy, interval_start, interval_end, applied_to"
)
"""What `find_build` and `standing_builds` select, in this order."""


@dataclass(frozen=True, slots=True)
class LogStatements:
    """PostgreSQL. `versions_schema` holds the versions and the build log."""

    versions_schema: str

    TEXT: ClassVar[str] = "text"
    NOW: ClassVar[str] = "clock_timestamp()"

    def now(self) -> str:
        """The warehouse's clock: times of several workers are comparable."""
        return f"SELECT {self.NOW}"

    def create_log(self) -> tuple[str, ...]:
        """The build log with its comments."""
        columns = ",\n".join(f"    {name} {self._log_type(name)}" for name in LOG_COLUMNS)
        create = f"CREATE TABLE IF NOT EXISTS {self._log} (\n{columns},\n    PRIMARY KEY (version_name)\n)"
        comment = f"COMMENT ON TABLE {self._log} IS 'Builds of summary tables, one row a version.'"
        return (create, comment, *(self._log_comment(*item) for item in LOG_COLUMNS.items()))

    def add_log_column(self, name: str) -> tuple[str, ...]:
        """A column that a build log of an earlier release lacks, with its comment."""
        add = f"ALTER TABLE {self._log} ADD COLUMN {name} {self._log_type(name)}"
        return (add, self._log_comment(name, LOG_COLUMNS[name]))

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
            built_at=self.NOW,
            row_count=str(rows),
            column_names=self.literal(json.dumps(columns, ensure_ascii=False)),
            strategy=self.literal(strategy),
            interval_start=_optional(run.interval_start),
            interval_end=_optional(run.interval_end),
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
        return (
            f"{self._select_builds(schema, table)} AND origin = 'built' AND version_name IN (\n"
            "    SELECT c.relname FROM pg_catalog.pg_class c\n"
            "    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
            f"    WHERE n.nspname = {self.literal(self.versions_schema)} AND c.relkind = 'r'\n)"
        )

    def mark_published(self, version: str) -> str:
        """Date the first time that readers saw a version."""
        return (
            f"UPDATE {self._log} SET published_at = COALESCE(published_at, {self.NOW})\n"
            f"WHERE version_name = {self.literal(version)}"
        )

    def literal(self, text: str) -> str:
        """A string literal."""
        return literal(text)

    @property
    def _log(self) -> str:
        return qualified(self.versions_schema, LOG)

    def _log_type(self, column: str) -> str:
        numbers = {"try_number": "integer", "row_count": "bigint", "size_bytes": "bigint"}
        is_time = column.endswith(("_at", "_start", "_end"))
        return numbers.get(column) or ("timestamp with time zone" if is_time else self.TEXT)

    def _log_comment(self, column: str, text: str) -> str:
        return f"COMMENT ON COLUMN {self._log}.{column} IS {self.literal(text)}"

    def _insert(self, **values: str) -> str:
        return f"INSERT INTO {self._log} ({', '.join(values)})\nVALUES ({', '.join(values.values())})"

    def _select_builds(self, schema: str, table: str) -> str:
        where = f"schema_name = {self.literal(schema)} AND table_name = {self.literal(table)}"
        return f"SELECT {BUILD_COLUMNS}\nFROM {self._log}\nWHERE {where}"


def _optional(moment: datetime | None) -> str:
    return "NULL" if moment is None else timestamp(moment)
