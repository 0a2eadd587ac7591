WITH RECURSIVE tables AS (
    (SELECT schema_name, table_name FROM "summary_tables"."build_log" ORDER BY schema_name, table_name LIMIT 1)
    UNION ALL
    SELECT following.* FROM tables t CROSS JOIN LATERAL (
        SELECT schema_name, table_name FROM "summary_tables"."build_log" l
        WHERE (l.schema_name, l.table_name) > (t.schema_name, t.table_name)
        ORDER BY schema_name, table_name LIMIT 1
    ) following
), shown AS (
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
)
SELECT t.schema_name, t.table_name, b.version_name = s.version_name,
    b.version_name, b.run_id, b.run_at, b.started_at, b.row_count, b.column_names, b.published_at, b.strategy, b.interval_start, b.interval_end, b.applied_to, b.built_at, b.size_bytes
FROM tables t
LEFT JOIN shown s ON s.schema_name = t.schema_name AND s.table_name = t.table_name
LEFT JOIN LATERAL (
    SELECT version_name FROM "summary_tables"."build_log" l
    WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name AND published_at IS NOT NULL
    ORDER BY started_at DESC LIMIT 1
) newest ON TRUE
LEFT JOIN "summary_tables"."build_log" b ON b.version_name IN (s.version_name, newest.version_name)
    AND b.schema_name = t.schema_name AND b.table_name = t.table_name
;

WITH RECURSIVE tables AS (
    (SELECT schema_name, table_name FROM "summary_tables"."check_log" ORDER BY schema_name, table_name LIMIT 1)
    UNION ALL
    SELECT following.* FROM tables t CROSS JOIN LATERAL (
        SELECT schema_name, table_name FROM "summary_tables"."check_log" l
        WHERE (l.schema_name, l.table_name) > (t.schema_name, t.table_name)
        ORDER BY schema_name, table_name LIMIT 1
    ) following
)
SELECT t.schema_name, t.table_name, c.passes, c.failures, c.warnings, last.checked_at, since.run_at, since.runs,
    c.step, c.position, c.check_name, c.check_key, c.severity, c.passed, c.expected, c.actual, c.error, c.run_id, c.run_at, c.checked_at, c.version_name, c.seconds
FROM tables t
CROSS JOIN LATERAL (
    SELECT run_id, checked_at FROM "summary_tables"."check_log" l
    WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name
    ORDER BY checked_at DESC LIMIT 1
) last
CROSS JOIN LATERAL (
    SELECT *, ROW_NUMBER() OVER (ORDER BY passed, checked_at) AS place,
        COUNT(*) FILTER (WHERE passed) OVER () AS passes,
        COUNT(*) FILTER (WHERE NOT passed AND severity = 'error') OVER () AS failures,
        COUNT(*) FILTER (WHERE NOT passed AND severity = 'warn') OVER () AS warnings
    FROM (
        SELECT DISTINCT ON (step, position) * FROM "summary_tables"."check_log" l
        WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name
            AND run_id = last.run_id AND checked_at > last.checked_at - INTERVAL '2 days'
        ORDER BY step, position, checked_at DESC
    ) answers
) c
LEFT JOIN LATERAL (
    SELECT MIN(run_at) AS run_at, COUNT(DISTINCT run_id) AS runs FROM "summary_tables"."check_log" l
    WHERE NOT c.passed AND NOT l.passed AND l.schema_name = t.schema_name AND l.table_name = t.table_name
        AND l.step = c.step AND COALESCE(l.check_key, l.check_name) = COALESCE(c.check_key, c.check_name)
        AND checked_at > COALESCE((
            SELECT MAX(checked_at) FROM "summary_tables"."check_log" p
            WHERE p.schema_name = t.schema_name AND p.table_name = t.table_name AND p.passed
                AND p.step = c.step AND COALESCE(p.check_key, p.check_name) = COALESCE(c.check_key, c.check_name)
        ), TIMESTAMPTZ '2000-01-01 00:00:00+00')
) since ON TRUE
WHERE NOT c.passed OR c.place = 1
;

WITH t(schema_name, table_name) AS (VALUES ('analytics', 'nps_summary'), ('o''ps',  E'채널\\'))
SELECT t.schema_name, t.table_name, 'build', b.run_id, b.run_at, b.row_count,
    NULL, NULL, b.started_at, b.built_at, b.published_at
FROM t CROSS JOIN LATERAL (
    SELECT * FROM "summary_tables"."build_log" l
    WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name AND origin = 'built'
    ORDER BY started_at DESC LIMIT 30
) b
UNION ALL
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
            SELECT * FROM "summary_tables"."check_log" l
            WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name
            ORDER BY checked_at DESC LIMIT 1000
        ) newest
        GROUP BY run_id, step, position, severity
    ) answers
    GROUP BY run_id
    ORDER BY MAX(checked_at) DESC LIMIT 30
) c
;

SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'summary_tables' AND c.relname = 'roll_back_log'),
    is_live, stands, added_runs, last_added,
    version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes, origin
FROM (
    SELECT b.*, shown.version_name IS NOT NULL AS is_live, standing.relname IS NOT NULL AS stands,
        added.runs AS added_runs, added.last_due AS last_added,
        ROW_NUMBER() OVER (ORDER BY b.started_at DESC) AS place
    FROM (SELECT * FROM "summary_tables"."build_log" WHERE schema_name = 'o''ps' AND table_name =  E'채널\\') b
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
        WHERE schema_name = 'o''ps' AND table_name =  E'채널\\' AND published_at IS NOT NULL AND applied_to <> version_name
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
        WHERE schema_name = 'o''ps' AND table_name =  E'채널\\'
    ) asked
) with_since
WHERE run_id IN (
    SELECT run_id FROM "summary_tables"."check_log"
    WHERE schema_name = 'o''ps' AND table_name =  E'채널\\'
    GROUP BY run_id
    ORDER BY MAX(checked_at) DESC LIMIT 30
)
ORDER BY run_ended DESC, run_id, checked_at DESC
;

SELECT 1
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisvalid
WHERE n.nspname = 'summary_tables' AND c.relname = 'build_log' AND ARRAY['schema_name', 'table_name', 'started_at'] = ARRAY(
    SELECT a.attname::text FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
    ORDER BY k.place
)
;

CREATE INDEX ON "summary_tables"."build_log" ("schema_name", "table_name", "started_at")
;
