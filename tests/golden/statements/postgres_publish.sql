SELECT l.virtualxid
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_stat_activity a ON pg_catalog.age(a.backend_xmin) >= pg_catalog.age(c.xmin)
JOIN pg_catalog.pg_database b ON b.oid = a.datid AND b.datname = pg_catalog.current_database()
JOIN pg_catalog.pg_locks l ON l.pid = a.pid AND l.locktype = 'virtualxid' AND l.mode = 'ExclusiveLock'
WHERE n.nspname = 'summary_tables' AND c.relname = 'nps_summary__20261122T030405_f97565be1312' AND a.usesysid IS NOT NULL
AND a.application_name <> 'summary_tables'
;

SET LOCAL lock_timeout = '100ms'
;

SELECT pg_catalog.pg_advisory_xact_lock(6155005288417952276)
;

SELECT pg_catalog.unnest(c.reloptions)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
;

SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)
    || COALESCE(' COLLATE ' || pg_catalog.quote_ident(o.collname), '')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation AND a.attcollation <> t.typcollation
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary' AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
;

CREATE OR REPLACE VIEW "analytics"."nps_summary" AS
SELECT "day", "n"
FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;

CREATE OR REPLACE VIEW "analytics"."nps_summary" WITH ("security_barrier" = 'on', "check_option" = 'local') AS
SELECT "day", "n"
FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;

GRANT SELECT ON "analytics"."nps_summary" TO "analysts"
;

GRANT SELECT ON "analytics"."nps_summary" TO PUBLIC
;

GRANT SELECT ON "analytics"."nps_summary" TO "group analysts"
;

GRANT SELECT ON "summary_tables"."nps_summary__20261122T030405_f97565be1312" TO "owner"
;

SELECT COALESCE(pg_catalog.pg_get_userbyid(NULLIF(acl.grantee, 0))::text, 'public')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS acl
WHERE n.nspname = 'summary_tables' AND c.relname = 'nps_summary__20261122T030405_f97565be1312' AND acl.privilege_type = 'SELECT' AND acl.grantee <> c.relowner
ORDER BY 1
;

COMMENT ON VIEW "analytics"."nps_summary" IS  E'It''s \\ daily.'
;

COMMENT ON COLUMN "analytics"."nps_summary"."day" IS  E'It''s \\ UTC.'
;

COMMENT ON COLUMN "analytics"."nps_summary"."say ""n""" IS 'Rows; all of them.'
;

SELECT DISTINCT a.pid, a.usename::text, a.xact_start
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_locks l ON l.relation = c.oid
JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary' AND l.granted AND a.pid <> pg_catalog.pg_backend_pid()
ORDER BY a.pid
;

DROP TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;
