SELECT w.role, CASE WHEN lower(w.role) = 'public' THEN '0' ELSE r.oid::text END
FROM (VALUES ('reader'), ('group Analysts'), ('o''ps')) AS w (role) LEFT JOIN pg_catalog.pg_roles r ON r.rolname = w.role::name
;

SELECT acl.grantee::text, CASE WHEN acl.grantee = 0 THEN 'public' ELSE r.rolname::text END, acl.is_grantable
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS acl
LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary' AND acl.privilege_type = 'SELECT' AND acl.grantor = c.relowner AND acl.grantee <> c.relowner
AND (acl.grantee = 0 OR r.oid IS NOT NULL)
ORDER BY 2
;

SELECT a.attname::text, acl.is_grantable
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS acl
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary' AND acl.privilege_type = 'SELECT' AND acl.grantor = c.relowner
AND acl.grantee = '16402'::oid
ORDER BY a.attnum
;

SELECT pg_catalog.has_schema_privilege('o''ps', 'analytics', 'USAGE')
;

SELECT pg_catalog.has_schema_privilege('group Analysts', 'analytics', 'USAGE')
;

SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
;

REVOKE SELECT ON "analytics"."nps_summary" FROM "group Analysts"
;

GRANT SELECT ("date", "nps") ON "analytics"."nps_summary" TO "reader"
;

SELECT COALESCE((SELECT option_value::boolean FROM pg_catalog.pg_options_to_table(c.reloptions)
    WHERE option_name = 'security_invoker'), false)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
;

SELECT DISTINCT c.relname::text, CASE WHEN acl.grantee = 0 THEN 'public' ELSE r.rolname::text END
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT * FROM pg_catalog.aclexplode(c.relacl)
    UNION ALL SELECT e.* FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) e
    WHERE a.attrelid = c.oid
) AS acl
LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee
WHERE n.nspname = 'summary_tables' AND c.relkind IN ('r', 'p') AND acl.privilege_type = 'SELECT' AND acl.grantor = c.relowner AND acl.grantee <> c.relowner
AND (acl.grantee = 0 OR r.oid IS NOT NULL)
AND c.relname IN (SELECT version_name FROM "summary_tables"."build_log" WHERE schema_name = 'analytics' AND table_name = 'nps_summary' AND origin = 'migrated') AND pg_catalog.pg_has_role(c.relowner, 'USAGE') AND NOT acl.is_grantable
AND NOT pg_catalog.has_any_column_privilege(CASE WHEN acl.grantee = 0 THEN 'public' ELSE r.rolname::text END, '"analytics"."nps_summary"'::pg_catalog.regclass, 'SELECT')
ORDER BY 1, 2
;

REVOKE SELECT ON "summary_tables"."nps_summary__20261121T030405_f97565be1312" FROM PUBLIC
;

CREATE TABLE IF NOT EXISTS "summary_tables"."declared" (
    schema_name text NOT NULL,
    table_name text NOT NULL,
    readers text NOT NULL,
    comments text NOT NULL,
    declared_at timestamp with time zone NOT NULL
)
;

COMMENT ON TABLE "summary_tables"."declared" IS 'What the file of each summary table gave it when it was published last, one row a table.'
;

COMMENT ON COLUMN "summary_tables"."declared".schema_name IS 'Schema of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."declared".table_name IS 'Name of the summary table.'
;

COMMENT ON COLUMN "summary_tables"."declared".readers IS 'Roles that may read the table because of its file: a JSON object, names by the role''s id.'
;

COMMENT ON COLUMN "summary_tables"."declared".comments IS 'Comments that are the file''s: a JSON object, texts by column; the table''s own has no name.'
;

COMMENT ON COLUMN "summary_tables"."declared".declared_at IS 'When the file was first published with these.'
;

SELECT readers, comments FROM "summary_tables"."declared" WHERE schema_name = 'analytics' AND table_name = 'nps_summary'
;

INSERT INTO "summary_tables"."declared" (schema_name, table_name, readers, comments, declared_at)
VALUES ('analytics', 'nps_summary', '{"16402": "reader"}', '{}', pg_catalog.clock_timestamp())
;

COMMENT ON VIEW "analytics"."nps_summary" IS NULL
;

COMMENT ON COLUMN "analytics"."nps_summary"."date" IS NULL;
COMMENT ON COLUMN "analytics"."nps_summary"."nps" IS 'Score.'
;
