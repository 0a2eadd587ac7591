SELECT session_user::text
;

CREATE TABLE IF NOT EXISTS "summary_tables"."roll_back_log" (
    schema_name text NOT NULL,
    table_name text NOT NULL,
    from_version text NOT NULL,
    to_version text NOT NULL,
    rolled_back_at timestamp with time zone NOT NULL,
    rolled_back_by text NOT NULL
)
;

COMMENT ON TABLE "summary_tables"."roll_back_log" IS 'Who pointed a table at another version.'
;

COMMENT ON COLUMN "summary_tables"."roll_back_log".schema_name IS 'Schema of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."roll_back_log".table_name IS 'Name of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."roll_back_log".from_version IS 'What readers saw before.'
;

COMMENT ON COLUMN "summary_tables"."roll_back_log".to_version IS 'What readers saw then.'
;

COMMENT ON COLUMN "summary_tables"."roll_back_log".rolled_back_at IS 'When.'
;

COMMENT ON COLUMN "summary_tables"."roll_back_log".rolled_back_by IS 'The role that did it.'
;

ALTER TABLE "summary_tables"."roll_back_log" OWNER TO "builder"
;

INSERT INTO "summary_tables"."roll_back_log" (schema_name, table_name, from_version, to_version, rolled_back_at, rolled_back_by)
VALUES ('analytics', 'nps_summary', 'nps_summary__20261122T030405_0a7565be13ff', 'nps_summary__20261121T030405_f97565be1312', (
    SELECT GREATEST(pg_catalog.clock_timestamp(), MAX(rolled_back_at) + INTERVAL '1 microsecond')
    FROM "summary_tables"."roll_back_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
),  E'o''\\wner')
;

SELECT r.from_version, r.to_version, COALESCE(f.published_at, f.started_at),
    COALESCE(t.published_at, t.started_at), r.rolled_back_at, r.rolled_back_by
FROM "summary_tables"."roll_back_log" r
JOIN "summary_tables"."build_log" f ON f.version_name = r.from_version
JOIN "summary_tables"."build_log" t ON t.version_name = r.to_version
WHERE r.schema_name = 'analytics' AND r.table_name = 'nps_summary'
ORDER BY r.rolled_back_at
;
