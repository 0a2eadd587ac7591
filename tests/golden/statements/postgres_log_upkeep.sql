ALTER TABLE "summary_tables"."build_log" ADD COLUMN size_bytes bigint
;

COMMENT ON COLUMN "summary_tables"."build_log".size_bytes IS 'Bytes that the version took when it was built, with its indexes; empty: unknown.'
;

DELETE FROM "summary_tables"."check_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND checked_at < pg_catalog.clock_timestamp() - INTERVAL '400 days'
;

DELETE FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND started_at < pg_catalog.clock_timestamp() - INTERVAL '400 days' AND version_name NOT IN (
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'summary_tables' AND c.relkind = 'r'
) AND version_name NOT IN (
    SELECT applied_to FROM "summary_tables"."build_log"
    WHERE applied_to IS NOT NULL AND version_name IN (
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'summary_tables' AND c.relkind = 'r'
    )
) AND COALESCE(applied_to, '') NOT IN (
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'summary_tables' AND c.relkind = 'r'
)
;

DELETE FROM "summary_tables"."build_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND started_at < pg_catalog.clock_timestamp() - INTERVAL '400 days' AND version_name NOT IN (
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'summary_tables' AND c.relkind = 'r'
) AND version_name NOT IN (
    SELECT applied_to FROM "summary_tables"."build_log"
    WHERE applied_to IS NOT NULL AND version_name IN (
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'summary_tables' AND c.relkind = 'r'
    )
) AND version_name NOT IN (
    SELECT from_version FROM "summary_tables"."roll_back_log" WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
) AND version_name NOT IN (
    SELECT to_version FROM "summary_tables"."roll_back_log" WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
) AND COALESCE(applied_to, '') NOT IN (
    SELECT c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'summary_tables' AND c.relkind = 'r'
)
;
