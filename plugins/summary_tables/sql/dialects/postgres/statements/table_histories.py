"""What the catalogue asks the logs, as SQL for PostgreSQL.

Of many tables, each is looked up by the index of a log: what there is to read follows from the number of tables, and
not from how long they have been built.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.model.logs import BUILD_LOG, CHECK_LOG, ROLL_BACK_LOG, LogTable
from summary_tables.sql.dialects.postgres.statements.builds import BUILD_COLUMNS
from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, is_relation
from summary_tables.sql.dialects.postgres.statements.tables_of_log import with_tables_of
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.statements.table_histories import BOTH_LOGS

CHECK_COLUMNS = (
    "step, position, check_name, check_key, severity, passed, expected, actual, error,\n"
    "    run_id, run_at, checked_at, version_name, seconds"
)
"""What `last_checks` and `checks_of` select of a check, in this order."""


@dataclass(frozen=True, slots=True)
class PostgresTableHistories:
    """PostgreSQL."""

    schema: VersionsSchema

    LAST_BUILDS: ClassVar[str] = (
        with_tables_of("{builds}")
        + """, shown AS (
{shown}
)
SELECT t.schema_name, t.table_name, b.version_name = s.version_name,
    {columns_of_b}
FROM tables t
LEFT JOIN shown s ON s.schema_name = t.schema_name AND s.table_name = t.table_name
LEFT JOIN LATERAL (
    SELECT version_name FROM {builds} l
    WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name AND published_at IS NOT NULL
    ORDER BY started_at DESC LIMIT 1
) newest ON TRUE
LEFT JOIN {builds} b ON b.version_name IN (s.version_name, newest.version_name)
    AND b.schema_name = t.schema_name AND b.table_name = t.table_name"""
    )

    # The last row of a table names its last run.
    LAST_CHECKS: ClassVar[str] = (
        with_tables_of("{checks}")
        + """
SELECT t.schema_name, t.table_name, c.passes, c.failures, c.warnings, last.checked_at, since.run_at, since.runs,
    {columns_of_c}
FROM tables t
CROSS JOIN LATERAL (
    SELECT run_id, checked_at FROM {checks} l
    WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name
    ORDER BY checked_at DESC LIMIT 1
) last
CROSS JOIN LATERAL (
    SELECT *, ROW_NUMBER() OVER (ORDER BY passed, checked_at) AS place,
        COUNT(*) FILTER (WHERE passed) OVER () AS passes,
        COUNT(*) FILTER (WHERE NOT passed AND severity = 'error') OVER () AS failures,
        COUNT(*) FILTER (WHERE NOT passed AND severity = 'warn') OVER () AS warnings
    FROM (
        SELECT DISTINCT ON (step, position) * FROM {checks} l
        WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name
            AND run_id = last.run_id AND checked_at > last.checked_at - INTERVAL '2 days'
        ORDER BY step, position, checked_at DESC
    ) answers
) c
LEFT JOIN LATERAL (
    SELECT MIN(run_at) AS run_at, COUNT(DISTINCT run_id) AS runs FROM {checks} l
    WHERE NOT c.passed AND NOT l.passed AND l.schema_name = t.schema_name AND l.table_name = t.table_name
        AND l.step = c.step AND COALESCE(l.check_key, l.check_name) = COALESCE(c.check_key, c.check_name)
        AND checked_at > COALESCE((
            SELECT MAX(checked_at) FROM {checks} p
            WHERE p.schema_name = t.schema_name AND p.table_name = t.table_name AND p.passed
                AND p.step = c.step AND COALESCE(p.check_key, p.check_name) = COALESCE(c.check_key, c.check_name)
        ), TIMESTAMPTZ '2000-01-01 00:00:00+00')
) since ON TRUE
WHERE NOT c.passed OR c.place = 1"""
    )

    # 1,000 rows are more than 30 checks in each of 30 runs.
    RECENT_BUILDS: ClassVar[str] = """\
SELECT t.schema_name, t.table_name, 'build', b.run_id, b.run_at, b.row_count,
    NULL, NULL, b.started_at, b.built_at, b.published_at
FROM t CROSS JOIN LATERAL (
    SELECT * FROM {builds} l
    WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name AND origin = 'built'
    ORDER BY started_at DESC LIMIT {runs}
) b"""
    RECENT_CHECKS: ClassVar[str] = """\
SELECT t.schema_name, t.table_name, 'checks', c.run_id, c.run_at, c.passes,
    c.failures, c.warnings, c.checked_at, NULL, NULL
FROM t CROSS JOIN LATERAL (
    SELECT run_id, MAX(run_at) AS run_at, MAX(checked_at) AS checked_at,
        COUNT(*) FILTER (WHERE passed) AS passes,
        COUNT(*) FILTER (WHERE NOT passed AND severity = 'error') AS failures,
        COUNT(*) FILTER (WHERE NOT passed AND severity = 'warn') AS warnings
    FROM (
        SELECT run_id, severity, MAX(run_at) AS run_at, MAX(checked_at) AS checked_at,
            MAX(checked_at) FILTER (WHERE passed) IS NOT DISTINCT FROM MAX(checked_at) AS passed
        FROM (
            SELECT * FROM {checks} l
            WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name
            ORDER BY checked_at DESC LIMIT 1000
        ) newest
        GROUP BY run_id, step, position, severity
    ) answers
    GROUP BY run_id
    ORDER BY MAX(checked_at) DESC LIMIT {runs}
) c"""

    def last_builds(self) -> str:
        return self.LAST_BUILDS.format(builds=self._builds, shown=self._shown, columns_of_b=_of("b", BUILD_COLUMNS))

    def last_checks(self) -> str:
        return self.LAST_CHECKS.format(checks=self._checks, columns_of_c=_of("c", CHECK_COLUMNS))

    def recent_runs(self, names: Sequence[tuple[str, str]], runs: int, logs: Sequence[LogTable] = BOTH_LOGS) -> str:
        given = ", ".join(f"({self.schema.literal(schema)}, {self.schema.literal(table)})" for schema, table in names)
        parts = (self.RECENT_BUILDS if log is BUILD_LOG else self.RECENT_CHECKS for log in logs)
        found = (part.format(builds=self._builds, checks=self._checks, runs=runs) for part in parts)
        return f"WITH t(schema_name, table_name) AS (VALUES {given})\n" + "\nUNION ALL\n".join(found)

    def builds_of(self, schema: str, table: str, most: int) -> str:
        return _BUILDS_OF.format(
            builds=self._builds,
            columns=BUILD_COLUMNS,
            of_table=self.schema.is_of(schema, table),
            relation=RELATION,
            is_roll_back_log=is_relation(self.schema.name, ROLL_BACK_LOG.name),
            shown=self._shown,
            standing=self.schema.standing,
            most=most,
        )

    def checks_of(self, schema: str, table: str, runs: int) -> str:
        of_table = self.schema.is_of(schema, table)
        return _CHECKS_OF.format(checks=self._checks, columns=CHECK_COLUMNS, of_table=of_table, runs=runs)

    @property
    def _builds(self) -> str:
        return self.schema.log(BUILD_LOG)

    @property
    def _checks(self) -> str:
        return self.schema.log(CHECK_LOG)

    @property
    def _shown(self) -> str:
        return _SHOWN.format(versions=self.schema.literal(self.schema.name))


def _of(alias: str, columns: str) -> str:
    return ", ".join(f"{alias}.{name.strip()}" for name in columns.split(","))


# Schema and name of each view that reads one version, and the name of that.
_SHOWN = """\
    SELECT n.nspname AS schema_name, v.relname AS table_name, MIN(s.relname::text) AS version_name
    FROM pg_catalog.pg_class s
    JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
    JOIN pg_catalog.pg_depend d ON d.refobjid = s.oid
    JOIN pg_catalog.pg_class refs ON refs.oid = d.refclassid AND refs.relname = 'pg_class'
    JOIN pg_catalog.pg_class rules ON rules.oid = d.classid AND rules.relname = 'pg_rewrite'
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
    JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'
    JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
    WHERE sn.nspname = {versions} AND s.relkind = 'r'
    GROUP BY n.nspname, v.relname
    HAVING COUNT(DISTINCT s.oid) = 1"""

_BUILDS_OF = """\
SELECT EXISTS (SELECT 1 FROM {relation} WHERE {is_roll_back_log}),
    is_live, stands, added_runs, last_added,
    {columns}, origin
FROM (
    SELECT b.*, shown.version_name IS NOT NULL AS is_live, standing.relname IS NOT NULL AS stands,
        added.runs AS added_runs, added.last_due AS last_added,
        ROW_NUMBER() OVER (ORDER BY b.started_at DESC) AS place
    FROM (SELECT * FROM {builds} WHERE {of_table}) b
    LEFT JOIN (
{shown}
    ) shown ON shown.schema_name = b.schema_name AND shown.table_name = b.table_name
        AND shown.version_name = b.version_name
    LEFT JOIN (
{standing}
    ) standing ON standing.relname = b.version_name
    LEFT JOIN (
        SELECT applied_to, COUNT(DISTINCT COALESCE(interval_end, run_at)) AS runs, MAX(run_at) AS last_due
        FROM {builds}
        WHERE {of_table} AND published_at IS NOT NULL AND applied_to <> version_name
        GROUP BY applied_to
    ) added ON added.applied_to = b.version_name
) found
WHERE place <= {most} OR stands
ORDER BY started_at DESC"""

_CHECKS_OF = """\
SELECT failing_since, {columns}
FROM (
    SELECT *, MIN(CASE WHEN NOT passed AND (passed_at IS NULL OR checked_at > passed_at) THEN run_at END)
        OVER (PARTITION BY step, COALESCE(check_key, check_name)) AS failing_since
    FROM (
        SELECT *, MAX(checked_at) OVER (PARTITION BY run_id) AS run_ended,
            MAX(CASE WHEN passed THEN checked_at END)
                OVER (PARTITION BY step, COALESCE(check_key, check_name)) AS passed_at
        FROM {checks}
        WHERE {of_table}
    ) asked
) with_since
WHERE run_id IN (
    SELECT run_id FROM {checks}
    WHERE {of_table}
    GROUP BY run_id
    ORDER BY MAX(checked_at) DESC LIMIT {runs}
)
ORDER BY run_ended DESC, run_id, checked_at DESC"""
