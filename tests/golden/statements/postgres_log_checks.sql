CREATE TABLE IF NOT EXISTS "summary_tables"."check_log" (
    schema_name text,
    table_name text,
    step text,
    position integer,
    check_name text,
    severity text,
    passed boolean,
    expected text,
    actual text,
    error text,
    seconds double precision,
    run_id text,
    try_number integer,
    run_at timestamp with time zone,
    version_name text,
    checked_at timestamp with time zone,
    check_key text
)
;

CREATE INDEX ON "summary_tables"."check_log" ("schema_name", "table_name", "checked_at")
;

COMMENT ON TABLE "summary_tables"."check_log" IS 'Checks of summary tables, one row each time that one was run.'
;

COMMENT ON COLUMN "summary_tables"."check_log".schema_name IS 'Schema of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."check_log".table_name IS 'Name of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."check_log".step IS 'input_check: before the build. output_check: of the new version, before readers see it.'
;

COMMENT ON COLUMN "summary_tables"."check_log".position IS 'The place of the check in its list in the file, from 1.'
;

COMMENT ON COLUMN "summary_tables"."check_log".check_name IS 'What the check is called in messages.'
;

COMMENT ON COLUMN "summary_tables"."check_log".severity IS 'error: the run ends if the check fails. warn: it goes on.'
;

COMMENT ON COLUMN "summary_tables"."check_log".passed IS 'Whether the check held; false, too, where it could not be asked.'
;

COMMENT ON COLUMN "summary_tables"."check_log".expected IS 'What had to be found, in words; empty where the check could not be asked.'
;

COMMENT ON COLUMN "summary_tables"."check_log".actual IS 'What was found, in the words of the message: values of the table may be among them.'
;

COMMENT ON COLUMN "summary_tables"."check_log".error IS 'Why the check could not be asked; empty: it was.'
;

COMMENT ON COLUMN "summary_tables"."check_log".seconds IS 'How long the question and its answer took.'
;

COMMENT ON COLUMN "summary_tables"."check_log".run_id IS 'Airflow run that asked.'
;

COMMENT ON COLUMN "summary_tables"."check_log".try_number IS 'Which try of that run, from 1.'
;

COMMENT ON COLUMN "summary_tables"."check_log".run_at IS 'When the run was due.'
;

COMMENT ON COLUMN "summary_tables"."check_log".version_name IS 'The version that was checked, as in build_log; empty for input_check.'
;

COMMENT ON COLUMN "summary_tables"."check_log".checked_at IS 'When the check was asked.'
;

COMMENT ON COLUMN "summary_tables"."check_log".check_key IS 'Which check it is: stays when the number changes that it compares with. Empty in old rows.'
;

INSERT INTO "summary_tables"."check_log" (schema_name, table_name, step, position, check_name, severity, passed, expected, actual, error, seconds, run_id, try_number, run_at, version_name, checked_at, check_key)
VALUES ('analytics', 'nps_summary', 'output_check', 3, 'only "A", "it''s" in 채널', 'error', FALSE, 'only "A", "it''s" in 채널',  E'2 rows with another value ("C:\\dir", 100%)', '', 0.123,  E'manual\\it''s', 2, TIMESTAMPTZ '2026-11-21 03:00:00.000000+00', 'nps_summary__20261122T030405_f97565be1312', (
    SELECT GREATEST(pg_catalog.clock_timestamp(), MAX(checked_at) + INTERVAL '1 microsecond')
    FROM "summary_tables"."check_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
), 'accepted_values 채널')
;

SELECT run_id, MIN(run_at)
FROM "summary_tables"."check_log"
WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
    AND step = 'output_check'
    AND (check_key = 'accepted_values 채널' OR check_key IS NULL AND check_name = 'only "A", "it''s" in 채널') AND NOT passed AND checked_at > COALESCE((
    SELECT MAX(checked_at) FROM "summary_tables"."check_log"
    WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
    AND step = 'output_check'
    AND (check_key = 'accepted_values 채널' OR check_key IS NULL AND check_name = 'only "A", "it''s" in 채널') AND passed
), TIMESTAMPTZ '2000-01-01 00:00:00+00')
GROUP BY run_id
ORDER BY MIN(checked_at)
;
