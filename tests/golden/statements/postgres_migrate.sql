WITH moved AS (
    SELECT c.oid, c.reltype, c.relrowsecurity, n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
), dependents AS (
    SELECT DISTINCT d.classid, d.objid, CASE WHEN d.classid = 'pg_catalog.pg_class'::regclass THEN d.objsubid ELSE 0 END
        AS objsubid, moved.oid AS moved
    FROM moved
    JOIN pg_catalog.pg_type t ON t.oid = moved.reltype
    JOIN pg_catalog.pg_depend d ON d.deptype IN ('n', 'a', 'i', 'P', 'S')
        AND (d.refclassid, d.refobjid) IN (
            ('pg_catalog.pg_class'::regclass, moved.oid),
            ('pg_catalog.pg_type'::regclass, moved.reltype),
            ('pg_catalog.pg_type'::regclass, t.typarray)
        )
), strangers AS (
    SELECT d.classid, d.objid, d.objsubid, r.ev_class, r.rulename
    FROM dependents d
    LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
    LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
    LEFT JOIN pg_catalog.pg_class rc ON rc.oid = r.ev_class
    LEFT JOIN pg_catalog.pg_constraint o ON d.classid = 'pg_catalog.pg_constraint'::regclass AND o.oid = d.objid
    LEFT JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = d.objid
    LEFT JOIN pg_catalog.pg_trigger g ON d.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = d.objid
    WHERE d.classid NOT IN ('pg_catalog.pg_type'::regclass, 'pg_catalog.pg_statistic_ext'::regclass)
        AND NOT COALESCE(c.oid = d.moved OR c.relkind IN ('i', 'I', 'S', 't') OR c.relispartition, false)
        AND NOT COALESCE(rc.relkind = 'v', false)
        AND NOT COALESCE(o.conrelid = d.moved, false)
        AND NOT COALESCE(f.adrelid = d.moved, false)
        AND NOT COALESCE(g.tgisinternal, false)
)
SELECT CASE WHEN rulename = '_RETURN' THEN pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, ev_class, 0)
    ELSE pg_catalog.pg_describe_object(classid, objid, objsubid) END
FROM strangers
UNION
SELECT 'row level security on table ' || nspname || '.' || relname FROM moved WHERE relrowsecurity
UNION
SELECT 'its being a part of ' || pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, i.inhparent, 0)
FROM moved JOIN pg_catalog.pg_inherits i ON i.inhrelid = moved.oid
UNION
SELECT 'the name of its sequence ' || own.relname || ', which is taken in the schema ' || 'summary_tables'
FROM moved
JOIN pg_catalog.pg_depend d ON d.refobjid = moved.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
    AND d.classid = 'pg_catalog.pg_class'::regclass
JOIN pg_catalog.pg_class own ON own.oid = d.objid AND own.relkind = 'S'
JOIN pg_catalog.pg_class other ON other.relname = own.relname
JOIN pg_catalog.pg_namespace n ON n.oid = other.relnamespace AND n.nspname = 'summary_tables'
UNION
SELECT 'the name of its index ' || own.relname || ', which is taken in the schema ' || 'summary_tables'
FROM moved
JOIN pg_catalog.pg_index x ON x.indrelid = moved.oid
JOIN pg_catalog.pg_class own ON own.oid = x.indexrelid
JOIN pg_catalog.pg_class other ON other.relname = own.relname
JOIN pg_catalog.pg_namespace n ON n.oid = other.relnamespace AND n.nspname = 'summary_tables'
ORDER BY 1
;

SELECT vn.nspname::text, v.relname::text, pg_catalog.pg_get_userbyid(v.relowner)::text,
    pg_catalog.pg_has_role(v.relowner, 'USAGE')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
    AND d.classid = 'pg_catalog.pg_rewrite'::regclass
JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'
JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
GROUP BY v.oid, vn.nspname, v.relname, v.relowner
ORDER BY v.oid DESC
;

ALTER VIEW "marts"."look" OWNER TO "builder"
;

LOCK TABLE "analytics"."nps_summary" IN ACCESS EXCLUSIVE MODE
;

SELECT pg_catalog.pg_get_viewdef(c.oid), COALESCE(c.reloptions, '{}')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'marts' AND c.relname = 'look'
;

SELECT rights.attname, acl.privilege_type, COALESCE(pg_catalog.pg_get_userbyid(NULLIF(acl.grantee, 0)), ''),
    acl.is_grantable
FROM (
    SELECT '' AS attname, c.relacl AS acl, c.relowner FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
    UNION ALL
    SELECT a.attname::text, a.attacl, c.relowner FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
) AS rights
CROSS JOIN LATERAL pg_catalog.aclexplode(rights.acl) AS acl
WHERE acl.grantee <> rights.relowner
ORDER BY 1, 2, 3
;

SELECT COALESCE(a.attname::text, ''), d.description
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
ORDER BY d.objsubid
;

ALTER TABLE "analytics"."nps_summary" RENAME TO "nps_summary__20261122T030405_f97565be1312"
;

ALTER TABLE "analytics"."nps_summary__20261122T030405_f97565be1312" SET SCHEMA "summary_tables"
;

INSERT INTO "summary_tables"."build_log" (version_name, schema_name, table_name, origin, run_id, try_number, run_at, started_at, built_at, column_names)
VALUES ('nps_summary__20261122T030405_f97565be1312', 'analytics', 'nps_summary', 'migrated', '', 0, TIMESTAMPTZ '2026-11-22 03:04:05.678901+00', TIMESTAMPTZ '2026-11-22 03:04:05.678901+00', TIMESTAMPTZ '2026-11-22 03:04:05.678901+00', '["day", "n"]')
;

GRANT SELECT ON "analytics"."nps_summary" TO PUBLIC
;

GRANT UPDATE ("day") ON "analytics"."nps_summary" TO "analysts" WITH GRANT OPTION
;

COMMENT ON VIEW "analytics"."nps_summary" IS 'It''s daily.'
;

COMMENT ON COLUMN "analytics"."nps_summary"."day" IS  E'a\\b'
;

CREATE OR REPLACE VIEW "marts"."look" WITH ("security_barrier" = 'true') AS
SELECT day FROM analytics.nps_summary;
;
