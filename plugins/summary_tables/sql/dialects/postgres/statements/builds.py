"""The build log: a row for each version, as SQL for PostgreSQL."""

import json
from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import strategy_of
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import literal, timestamp
from summary_tables.sql.quoting import qualified
from summary_tables.text.moments import UTC_NAME, local

BUILD_COLUMNS = (
    "version_name, run_id, run_at, started_at, row_count, column_names, published_at,\n"
    "    strategy, interval_start, interval_end, applied_to, built_at, size_bytes"
)
"""What `find_build` and `standing_builds` select, in this order."""


@dataclass(frozen=True, slots=True)
class PostgresBuilds:
    """PostgreSQL."""

    schema: VersionsSchema

    def log_build(
        self,
        table: SummaryTable,
        run: BuildRun,
        version: str,
        started_at: datetime,
        rows: int,
        columns: tuple[str, ...],
        strategy: str = "replace",
    ) -> str:
        return self._insert(
            version_name=self.schema.literal(version),
            schema_name=self.schema.literal(table.schema),
            table_name=self.schema.literal(table.table),
            origin="'built'",
            run_id=self.schema.literal(run.run_id),
            try_number=str(run.try_number),
            run_at=timestamp(run.run_at),
            started_at=timestamp(started_at),
            built_at=self.schema.next_build(table.schema, table.table),
            row_count=str(rows),
            column_names=self.schema.literal(json.dumps(columns, ensure_ascii=False)),
            strategy=self.schema.literal(strategy),
            interval_start=_optional(run.interval_start),
            interval_end=_optional(run.interval_end),
            size_bytes=self._size(version),
            **({} if run.timezone == UTC_NAME else {"timezone": self.schema.literal(run.timezone)}),
        )

    def log_migration(self, table: SummaryTable, version: str, moved_at: datetime, columns: tuple[str, ...]) -> str:
        return self._insert(
            version_name=self.schema.literal(version),
            schema_name=self.schema.literal(table.schema),
            table_name=self.schema.literal(table.table),
            origin="'migrated'",
            run_id="''",
            try_number="0",
            run_at=timestamp(moved_at),
            started_at=timestamp(moved_at),
            built_at=timestamp(moved_at),
            column_names=self.schema.literal(json.dumps(columns, ensure_ascii=False)),
        )

    def find_build(self, schema: str, table: str, version: str) -> str:
        return f"{self._select_builds(schema, table)} AND version_name = {self.schema.literal(version)}"

    def standing_builds(self, schema: str, table: str) -> str:
        stands = f"origin = 'built' AND version_name IN (\n{self.schema.standing}\n)"
        return f"{self._select_builds(schema, table)} AND {stands}"

    def next_moment(self, schema: str, table: str) -> str:
        return f"SELECT {self.schema.next_build(schema, table)}"

    def mark_published(self, schema: str, table: str, version: str) -> str:
        now = self.schema.next_build(schema, table)
        return (
            f"UPDATE {self.schema.log(BUILD_LOG)} SET published_at = COALESCE(published_at, {now})\n"
            f"WHERE version_name = {self.schema.literal(version)}"
        )

    def mark_applied(self, schema: str, table: str, increment: str, base: str) -> str:
        now = self.schema.next_build(schema, table)
        return (
            f"UPDATE {self.schema.log(BUILD_LOG)} SET published_at = {now}, applied_to = {self.schema.literal(base)}\n"
            f"WHERE version_name = {self.schema.literal(increment)}"
        )

    def newest_increment(self, schema: str, table: str, base: str) -> str:
        return (
            f"{self._applied_to(schema, table, base)}\n"
            "ORDER BY COALESCE(interval_end, run_at) DESC, started_at DESC\nLIMIT 1"
        )

    def increments_since(self, schema: str, table: str, base: str, started_at: datetime) -> str:
        since = f"started_at > {timestamp(started_at)}"
        return f"{self._applied_to(schema, table, base)} AND {since}\nORDER BY started_at DESC"

    def first_increment(self, schema: str, table: str, base: str) -> str:
        return f"{self._applied_to(schema, table, base)}\nORDER BY published_at\nLIMIT 1"

    def increments_of(self, schema: str, table: str, base: str) -> str:
        return f"{self._applied_to(schema, table, base)}\nORDER BY COALESCE(interval_end, run_at)"

    def increments_between(self, schema: str, table: str, base: str, start: datetime, end: datetime) -> str:
        shares = f"interval_start < {timestamp(end)} AND interval_end > {timestamp(start)}"
        return f"{self._applied_to(schema, table, base)} AND {shares}\nORDER BY interval_end"

    def zones(self, schema: str, table: str) -> str:
        return (
            f"SELECT version_name, timezone\nFROM {self.schema.log(BUILD_LOG)}\n"
            f"WHERE {self.schema.is_of(schema, table)} AND timezone IS NOT NULL"
        )

    def last_published(self, schema: str, table: str) -> str:
        published = f"{self._select_builds(schema, table)} AND published_at IS NOT NULL"
        return f"{published}\nORDER BY published_at DESC\nLIMIT 1"

    def earlier_builds(self, table: SummaryTable, run: BuildRun) -> str:
        strategy = strategy_of(table, run)
        zone = self.schema.literal(run.timezone)
        weekday = local(run.timezone, run.run_at).isoweekday() % 7
        return (
            "(\n  SELECT run_at, published_at, row_count,\n"
            f"    EXTRACT(DOW FROM run_at AT TIME ZONE {zone}) = {weekday} AS is_same_weekday\n"
            f"  FROM {self.schema.log(BUILD_LOG)}\n"
            f"  WHERE {self.schema.is_of(table.schema, table.table)} AND origin = 'built'\n"
            f"    AND published_at IS NOT NULL AND COALESCE(strategy, 'replace') = {self.schema.literal(strategy)}\n"
            f"    AND run_at < {timestamp(run.run_at)}\n)"
        )

    def no_earlier_builds(self) -> str:
        return (
            "(\n  SELECT CAST(NULL AS TIMESTAMPTZ) AS run_at, CAST(NULL AS TIMESTAMPTZ) AS published_at,\n"
            "    CAST(NULL AS BIGINT) AS row_count, CAST(NULL AS BOOLEAN) AS is_same_weekday\n  WHERE 1 = 0\n)"
        )

    def _size(self, version: str) -> str:
        name = qualified(self.schema.name, version)
        return f"pg_catalog.pg_total_relation_size({literal(name)}::pg_catalog.regclass)"

    def _insert(self, **values: str) -> str:
        return self.schema.insert(BUILD_LOG, values)

    def _select_builds(self, schema: str, table: str) -> str:
        return f"SELECT {BUILD_COLUMNS}\nFROM {self.schema.log(BUILD_LOG)}\nWHERE {self.schema.is_of(schema, table)}"

    def _applied_to(self, schema: str, table: str, base: str) -> str:
        return f"{self._select_builds(schema, table)} AND applied_to = {self.schema.literal(base)}"


def _optional(moment: datetime | None) -> str:
    return "NULL" if moment is None else timestamp(moment)
