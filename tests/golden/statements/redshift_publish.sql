LOCK TABLE "summary_tables"."build_log"
;

SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary' AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
;

CREATE OR REPLACE VIEW "analytics"."nps_summary" AS
SELECT "day", "n"
FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;

CREATE OR REPLACE VIEW "analytics"."nps_summary" AS
SELECT "day", "n"
FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;

GRANT SELECT ON "analytics"."nps_summary" TO "analysts"
;

GRANT SELECT ON "analytics"."nps_summary" TO PUBLIC
;

GRANT SELECT ON "analytics"."nps_summary" TO GROUP "analysts"
;

GRANT SELECT ON "summary_tables"."nps_summary__20261122T030405_f97565be1312" TO "owner"
;

COMMENT ON VIEW "analytics"."nps_summary" IS 'It''s \\ daily.'
;

COMMENT ON COLUMN "analytics"."nps_summary"."day" IS 'It''s \\ UTC.'
;

COMMENT ON COLUMN "analytics"."nps_summary"."say ""n""" IS 'Rows; all of them.'
;

DROP TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;
