SELECT id, id, admin_option FROM (
    SELECT CASE identity_type WHEN 'user' THEN identity_name WHEN 'public' THEN 'public'
        ELSE identity_type || ' ' || identity_name END AS id, admin_option
    FROM svv_relation_privileges
    WHERE namespace_name = 'analytics' AND relation_name = 'nps_summary'
    AND privilege_type = 'SELECT'
) AS given ORDER BY 1
;

SELECT pg_catalog.has_schema_privilege('o''ps', 'analytics', 'USAGE')
;

SELECT has_database_privilege(current_database(), 'CREATE')
;

REVOKE SELECT ON "analytics"."nps_summary" FROM GROUP "Analysts"
;

GRANT SELECT ("date", "nps") ON "analytics"."nps_summary" TO "reader"
;

REVOKE SELECT ON "summary_tables"."nps_summary__20261121T030405_f97565be1312" FROM PUBLIC
;

CREATE TABLE IF NOT EXISTS "summary_tables"."declared" (
    schema_name varchar(65535) NOT NULL,
    table_name varchar(65535) NOT NULL,
    readers varchar(65535) NOT NULL,
    comments varchar(65535) NOT NULL,
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
VALUES ('analytics', 'nps_summary', '{"16402": "reader"}', '{}', SYSDATE)
;

COMMENT ON VIEW "analytics"."nps_summary" IS NULL
;

COMMENT ON COLUMN "analytics"."nps_summary"."date" IS NULL;
COMMENT ON COLUMN "analytics"."nps_summary"."nps" IS 'Score.'
;
