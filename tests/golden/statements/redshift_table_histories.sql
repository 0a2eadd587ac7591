SELECT b.schema_name, b.table_name, s.version_name IS NOT NULL,
    b.version_name, b.run_id, b.run_at, b.started_at, b.row_count, b.column_names, b.published_at, b.strategy, b.interval_start, b.interval_end, b.applied_to, b.built_at, b.size_bytes
FROM (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY schema_name, table_name
        ORDER BY CASE WHEN published_at IS NULL THEN 1 ELSE 0 END, started_at DESC
    ) AS place
    FROM "summary_tables"."build_log"
) b
LEFT JOIN (
    SELECT n.nspname AS schema_name, v.relname AS table_name, MIN(s.relname::text) AS version_name
    FROM pg_catalog.pg_class s
    JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
    JOIN pg_catalog.pg_depend d ON d.refobjid = s.oid
    JOIN pg_catalog.pg_class refs ON refs.oid = d.refclassid AND refs.relname = 'pg_class'
    JOIN pg_catalog.pg_class rules ON rules.oid = d.classid AND rules.relname = 'pg_rewrite'
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
    JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'
    JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
    WHERE sn.nspname = 'summary_tables' AND s.relkind = 'r'
    GROUP BY n.nspname, v.relname
    HAVING COUNT(DISTINCT s.oid) = 1
) s ON s.schema_name = b.schema_name AND s.table_name = b.table_name AND s.version_name = b.version_name
WHERE b.place = 1 OR s.version_name IS NOT NULL
;

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
    FROM "summary_tables"."check_log"
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
    c.step, c.position, c.check_name, c.check_key, c.severity, c.passed, c.expected, c.actual, c.error, c.run_id, c.run_at, c.checked_at, c.version_name, c.seconds
FROM c
LEFT JOIN since ON NOT c.passed AND since.schema_name = c.schema_name AND since.table_name = c.table_name
    AND since.step = c.step AND since.same_key = c.same_key
WHERE NOT c.passed OR c.place = 1
;

SELECT schema_name, table_name, 'build', run_id, run_at, row_count,
    NULL::bigint, NULL::bigint, started_at, built_at, published_at
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY schema_name, table_name ORDER BY started_at DESC) AS place
    FROM "summary_tables"."build_log"
    WHERE origin = 'built' AND ((schema_name = 'analytics' AND table_name = 'nps_summary') OR (schema_name = 'o''ps' AND table_name = '채널\\'))
) b
WHERE place <= 30
UNION ALL
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
        FROM "summary_tables"."check_log"
        WHERE (schema_name = 'analytics' AND table_name = 'nps_summary') OR (schema_name = 'o''ps' AND table_name = '채널\\')
    ) asked
    WHERE answer = 1
    GROUP BY schema_name, table_name, run_id
) c
WHERE place <= 30
;

SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'summary_tables' AND c.relname = 'roll_back_log'),
    is_live, stands, added_runs, last_added,
    version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes, origin
FROM (
    SELECT b.*, shown.version_name IS NOT NULL AS is_live, standing.relname IS NOT NULL AS stands,
        added.runs AS added_runs, added.last_due AS last_added,
        ROW_NUMBER() OVER (ORDER BY b.started_at DESC) AS place
    FROM (SELECT * FROM "summary_tables"."build_log" WHERE schema_name = 'o''ps' AND table_name = '채널\\') b
    LEFT JOIN (
    SELECT n.nspname AS schema_name, v.relname AS table_name, MIN(s.relname::text) AS version_name
    FROM pg_catalog.pg_class s
    JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
    JOIN pg_catalog.pg_depend d ON d.refobjid = s.oid
    JOIN pg_catalog.pg_class refs ON refs.oid = d.refclassid AND refs.relname = 'pg_class'
    JOIN pg_catalog.pg_class rules ON rules.oid = d.classid AND rules.relname = 'pg_rewrite'
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
    JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'
    JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
    WHERE sn.nspname = 'summary_tables' AND s.relkind = 'r'
    GROUP BY n.nspname, v.relname
    HAVING COUNT(DISTINCT s.oid) = 1
    ) shown ON shown.schema_name = b.schema_name AND shown.table_name = b.table_name
        AND shown.version_name = b.version_name
    LEFT JOIN (
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'summary_tables' AND c.relkind = 'r'
    ) standing ON standing.relname = b.version_name
    LEFT JOIN (
        SELECT applied_to, COUNT(DISTINCT COALESCE(interval_end, run_at)) AS runs, MAX(run_at) AS last_due
        FROM "summary_tables"."build_log"
        WHERE schema_name = 'o''ps' AND table_name = '채널\\' AND published_at IS NOT NULL AND applied_to <> version_name
        GROUP BY applied_to
    ) added ON added.applied_to = b.version_name
) found
WHERE place <= 100 OR stands
ORDER BY started_at DESC
;

SELECT failing_since, step, position, check_name, check_key, severity, passed, expected, actual, error,
    run_id, run_at, checked_at, version_name, seconds
FROM (
    SELECT *, MIN(CASE WHEN NOT passed AND (passed_at IS NULL OR checked_at > passed_at) THEN run_at END)
        OVER (PARTITION BY step, COALESCE(check_key, check_name)) AS failing_since
    FROM (
        SELECT *, MAX(checked_at) OVER (PARTITION BY run_id) AS run_ended,
            MAX(CASE WHEN passed THEN checked_at END)
                OVER (PARTITION BY step, COALESCE(check_key, check_name)) AS passed_at
        FROM "summary_tables"."check_log"
        WHERE schema_name = 'o''ps' AND table_name = '채널\\'
    ) asked
) with_since
WHERE run_id IN (
    SELECT run_id FROM "summary_tables"."check_log"
    WHERE schema_name = 'o''ps' AND table_name = '채널\\'
    GROUP BY run_id
    ORDER BY MAX(checked_at) DESC LIMIT 30
)
ORDER BY run_ended DESC, run_id, checked_at DESC
;
