ALTER TABLE "summary_tables"."nps_summary__20261101T030405_f97565be1312" ADD COLUMN "_summary_tables_interval_end" timestamp with time zone
;

ALTER TABLE "summary_tables"."nps_summary__20261122T030405_0a7565be13ff" ADD COLUMN "_summary_tables_interval_end" timestamp with time zone DEFAULT TIMESTAMPTZ '2026-11-22 03:00:00.000000+00'
;

ALTER TABLE "summary_tables"."nps_summary__20261101T030405_f97565be1312" ADD COLUMN "größe ""1""" numeric(5,2)
;

UPDATE "summary_tables"."build_log" SET published_at = (
    SELECT GREATEST(SYSDATE, MAX(GREATEST(started_at, built_at, published_at)) + INTERVAL '1 microsecond')
    FROM "summary_tables"."build_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
), applied_to = 'nps_summary__20261101T030405_f97565be1312'
WHERE version_name = 'nps_summary__20261122T030405_0a7565be13ff'
;

SELECT version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes
FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND applied_to = 'nps_summary__20261101T030405_f97565be1312'
ORDER BY COALESCE(interval_end, run_at) DESC, started_at DESC
LIMIT 1
;

SELECT version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes
FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND applied_to = 'nps_summary__20261101T030405_f97565be1312' AND started_at > TIMESTAMPTZ '2026-11-22 03:00:00.000000+00'
ORDER BY started_at DESC
;

SELECT version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes
FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND applied_to = 'nps_summary__20261101T030405_f97565be1312'
ORDER BY published_at
LIMIT 1
;

SELECT version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes
FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND applied_to = 'nps_summary__20261101T030405_f97565be1312'
ORDER BY COALESCE(interval_end, run_at)
;

SELECT version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes
FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND published_at IS NOT NULL
ORDER BY published_at DESC
LIMIT 1
;
