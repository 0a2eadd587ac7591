SELECT pg_catalog.pg_advisory_xact_lock(-5850852935338394069)
;

CREATE SCHEMA IF NOT EXISTS "summary_tables"
;

CREATE TABLE IF NOT EXISTS "summary_tables"."build_log" (
    version_name text,
    schema_name text,
    table_name text,
    origin text,
    run_id text,
    try_number integer,
    run_at timestamp with time zone,
    started_at timestamp with time zone,
    built_at timestamp with time zone,
    row_count bigint,
    column_names text,
    published_at timestamp with time zone,
    strategy text,
    interval_start timestamp with time zone,
    interval_end timestamp with time zone,
    applied_to text,
    size_bytes bigint,
    timezone text,
    PRIMARY KEY (version_name)
)
;

CREATE INDEX ON "summary_tables"."build_log" ("schema_name", "table_name", "started_at")
;

COMMENT ON TABLE "summary_tables"."build_log" IS 'Builds of summary tables, one row a version.'
;

COMMENT ON COLUMN "summary_tables"."build_log".version_name IS 'Name of the version, a table of this schema. It may have been dropped since.'
;

COMMENT ON COLUMN "summary_tables"."build_log".schema_name IS 'Schema of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."build_log".table_name IS 'Name of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."build_log".origin IS 'built: made by a run. migrated: the plain table that stood there before; never dropped by us.'
;

COMMENT ON COLUMN "summary_tables"."build_log".run_id IS 'Airflow run that made the version.'
;

COMMENT ON COLUMN "summary_tables"."build_log".try_number IS 'Which try of that run, from 1.'
;

COMMENT ON COLUMN "summary_tables"."build_log".run_at IS 'When the run was due: the time meant by ''the build of ...''.'
;

COMMENT ON COLUMN "summary_tables"."build_log".started_at IS 'When the build began. A build never replaces one that began later.'
;

COMMENT ON COLUMN "summary_tables"."build_log".built_at IS 'When the query had finished.'
;

COMMENT ON COLUMN "summary_tables"."build_log".row_count IS 'Rows in the version; unknown for migrated.'
;

COMMENT ON COLUMN "summary_tables"."build_log".column_names IS 'Names of the columns in table order, as a JSON list.'
;

COMMENT ON COLUMN "summary_tables"."build_log".published_at IS 'When readers saw the version, or what it adds, first; empty: never.'
;

COMMENT ON COLUMN "summary_tables"."build_log".strategy IS 'replace: the version is a whole table. append, delete_insert, merge: it is what one run adds to one.'
;

COMMENT ON COLUMN "summary_tables"."build_log".interval_start IS 'Beginning of the data interval that the run covers; empty: it covers none.'
;

COMMENT ON COLUMN "summary_tables"."build_log".interval_end IS 'End of that interval, which is not part of it.'
;

COMMENT ON COLUMN "summary_tables"."build_log".applied_to IS 'Of what one run adds: the version that it was added to, which may be itself; empty: none yet.'
;

COMMENT ON COLUMN "summary_tables"."build_log".size_bytes IS 'Bytes that the version took when it was built, with its indexes; empty: unknown.'
;

COMMENT ON COLUMN "summary_tables"."build_log".timezone IS 'Time zone of the table at that time; empty: UTC.'
;

INSERT INTO "summary_tables"."build_log" (version_name, schema_name, table_name, origin, run_id, try_number, run_at, started_at, built_at, row_count, column_names, strategy, interval_start, interval_end, size_bytes)
VALUES ('nps_summary__20261122T030405_f97565be1312', 'analytics', 'nps_summary', 'built',  E'manual\\it''s', 2, TIMESTAMPTZ '2026-11-21 03:00:00.000000+00', TIMESTAMPTZ '2026-11-22 03:04:05.678901+00', (
    SELECT GREATEST(pg_catalog.clock_timestamp(), MAX(GREATEST(started_at, built_at, published_at)) + INTERVAL '1 microsecond')
    FROM "summary_tables"."build_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
), 12, '["day", "größe"]', 'replace', NULL, NULL, pg_catalog.pg_total_relation_size('"summary_tables"."nps_summary__20261122T030405_f97565be1312"'::pg_catalog.regclass))
;

SELECT version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes
FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND version_name = 'nps_summary__20261122T030405_f97565be1312'
;

SELECT version_name, run_id, run_at, started_at, row_count, column_names, published_at,
    strategy, interval_start, interval_end, applied_to, built_at, size_bytes
FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND origin = 'built' AND version_name IN (
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'summary_tables' AND c.relkind = 'r'
)
;

SELECT (
    SELECT GREATEST(pg_catalog.clock_timestamp(), MAX(GREATEST(started_at, built_at, published_at)) + INTERVAL '1 microsecond')
    FROM "summary_tables"."build_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
)
;

UPDATE "summary_tables"."build_log" SET published_at = COALESCE(published_at, (
    SELECT GREATEST(pg_catalog.clock_timestamp(), MAX(GREATEST(started_at, built_at, published_at)) + INTERVAL '1 microsecond')
    FROM "summary_tables"."build_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
))
WHERE version_name = 'nps_summary__20261122T030405_f97565be1312'
;
