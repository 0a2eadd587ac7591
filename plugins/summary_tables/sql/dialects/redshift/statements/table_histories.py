"""What the catalogue asks the logs, as SQL for Redshift, which has no indexes and no LATERAL: each log is read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.model.logs import BUILD_LOG, LogTable
from summary_tables.sql.dialects.postgres.statements.table_histories import PostgresTableHistories
from summary_tables.sql.statements.table_histories import BOTH_LOGS


@dataclass(frozen=True, slots=True)
class RedshiftTableHistories(PostgresTableHistories):
    """Amazon Redshift."""

    # Of a table that was never published, some build: it is not live, and says itself that nobody has seen it.
    LAST_BUILDS: ClassVar[str] = """\
SELECT b.schema_name, b.table_name, s.version_name IS NOT NULL,
    {columns_of_b}
FROM (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY schema_name, table_name
        ORDER BY CASE WHEN published_at IS NULL THEN 1 ELSE 0 END, started_at DESC
    ) AS place
    FROM {builds}
) b
LEFT JOIN (
{shown}
) s ON s.schema_name = b.schema_name AND s.table_name = b.table_name AND s.version_name = b.version_name
WHERE b.place = 1 OR s.version_name IS NOT NULL"""

    LAST_CHECKS: ClassVar[str] = """\
WITH asked AS (
    SELECT *, COALESCE(check_key, check_name) AS same_key,
        FIRST_VALUE(run_id) OVER (
            PARTITION BY schema_name, table_name ORDER BY checked_at DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS last_run,
        MAX(checked_at) OVER (PARTITION BY schema_name, table_name) AS ended_at,
        ROW_NUMBER() OVER (
            PARTITION BY schema_name, table_name, run_id, step, position ORDER BY checked_at DESC
        ) AS answer,
        MAX(CASE WHEN passed THEN checked_at END) OVER (
            PARTITION BY schema_name, table_name, step, COALESCE(check_key, check_name)
        ) AS passed_at
    FROM {checks}
), since AS (
    SELECT schema_name, table_name, step, same_key, MIN(run_at) AS run_at, COUNT(DISTINCT run_id) AS runs
    FROM asked
    WHERE NOT passed AND (passed_at IS NULL OR checked_at > passed_at)
    GROUP BY schema_name, table_name, step, same_key
), c AS (
    SELECT *, ROW_NUMBER() OVER (
            PARTITION BY schema_name, table_name ORDER BY CASE WHEN passed THEN 1 ELSE 0 END, checked_at
        ) AS place,
        COUNT(CASE WHEN passed THEN 1 END) OVER (PARTITION BY schema_name, table_name) AS passes,
        COUNT(CASE WHEN NOT passed AND severity = 'error' THEN 1 END)
            OVER (PARTITION BY schema_name, table_name) AS failures,
        COUNT(CASE WHEN NOT passed AND severity = 'warn' THEN 1 END)
            OVER (PARTITION BY schema_name, table_name) AS warnings
    FROM asked
    WHERE run_id = last_run AND answer = 1 AND checked_at > ended_at - INTERVAL '2 days'
)
SELECT c.schema_name, c.table_name, c.passes, c.failures, c.warnings, c.ended_at, since.run_at, since.runs,
    {columns_of_c}
FROM c
LEFT JOIN since ON NOT c.passed AND since.schema_name = c.schema_name AND since.table_name = c.table_name
    AND since.step = c.step AND since.same_key = c.same_key
WHERE NOT c.passed OR c.place = 1"""

    RECENT_BUILDS: ClassVar[str] = """\
SELECT schema_name, table_name, 'build', run_id, run_at, row_count,
    NULL::bigint, NULL::bigint, started_at, built_at, published_at
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY schema_name, table_name ORDER BY started_at DESC) AS place
    FROM {builds}
    WHERE origin = 'built' AND ({of_tables})
) b
WHERE place <= {runs}"""
    RECENT_CHECKS: ClassVar[str] = """\
SELECT schema_name, table_name, 'checks', run_id, run_at, passes,
    failures, warnings, checked_at, NULL, NULL
FROM (
    SELECT schema_name, table_name, run_id, MAX(run_at) AS run_at, MAX(checked_at) AS checked_at,
        COUNT(CASE WHEN passed THEN 1 END) AS passes,
        COUNT(CASE WHEN NOT passed AND severity = 'error' THEN 1 END) AS failures,
        COUNT(CASE WHEN NOT passed AND severity = 'warn' THEN 1 END) AS warnings,
        ROW_NUMBER() OVER (PARTITION BY schema_name, table_name ORDER BY MAX(checked_at) DESC) AS place
    FROM (
        SELECT *, ROW_NUMBER() OVER (
            PARTITION BY schema_name, table_name, run_id, step, position ORDER BY checked_at DESC
        ) AS answer
        FROM {checks}
        WHERE {of_tables}
    ) asked
    WHERE answer = 1
    GROUP BY schema_name, table_name, run_id
) c
WHERE place <= {runs}"""

    def recent_runs(self, names: Sequence[tuple[str, str]], runs: int, logs: Sequence[LogTable] = BOTH_LOGS) -> str:
        of_tables = " OR ".join(f"({self.schema.is_of(schema, table)})" for schema, table in names)
        parts = (self.RECENT_BUILDS if log is BUILD_LOG else self.RECENT_CHECKS for log in logs)
        found = (
            part.format(builds=self._builds, checks=self._checks, of_tables=of_tables, runs=runs) for part in parts
        )
        return "\nUNION ALL\n".join(found)
