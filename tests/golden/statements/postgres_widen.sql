WITH RECURSIVE reading AS (
    SELECT c.oid, 0 AS depth, false AS foreign_one FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
    UNION
    SELECT v.oid, reading.depth + 1, reading.foreign_one OR v.relkind <> 'v' OR v.relpersistence = 't'
        OR NOT pg_catalog.pg_has_role('builder', v.relowner, 'USAGE')
    FROM reading
    JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = reading.oid
        AND d.classid = 'pg_catalog.pg_rewrite'::regclass
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
    JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.oid <> reading.oid
)
SELECT n.nspname::text, c.relname::text, CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
    pg_catalog.pg_get_userbyid(c.relowner)::text, reading.foreign_one
FROM (SELECT oid, max(depth) AS depth, bool_or(foreign_one) AS foreign_one
    FROM reading GROUP BY oid) AS reading
JOIN pg_catalog.pg_class c ON c.oid = reading.oid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE reading.depth > 0
ORDER BY reading.depth DESC, c.oid DESC
;

WITH RECURSIVE reading AS (
    SELECT c.oid, 0 AS depth, false AS foreign_one FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
    UNION
    SELECT v.oid, reading.depth + 1, reading.foreign_one OR v.relkind <> 'v' OR v.relpersistence = 't'
        OR NOT pg_catalog.pg_has_role(current_user, v.relowner, 'USAGE')
    FROM reading
    JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = reading.oid
        AND d.classid = 'pg_catalog.pg_rewrite'::regclass
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
    JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.oid <> reading.oid
), views AS (
    SELECT DISTINCT c.oid, c.reltype, t.typarray
    FROM reading JOIN pg_catalog.pg_class c ON c.oid = reading.oid JOIN pg_catalog.pg_type t ON t.oid = c.reltype
), strangers AS (
    SELECT DISTINCT d.classid, d.objid,
        CASE WHEN d.classid = 'pg_catalog.pg_class'::regclass THEN d.objsubid ELSE 0 END AS objsubid,
        CASE WHEN r.rulename = '_RETURN' THEN r.ev_class END AS view,
        COALESCE(r.ev_class, g.tgrelid, f.adrelid, p.polrelid, c.oid) AS relation
    FROM views
    JOIN pg_catalog.pg_depend d ON d.deptype IN ('n', 'a', 'i') AND (d.refclassid, d.refobjid) IN (
        ('pg_catalog.pg_class'::regclass, views.oid),
        ('pg_catalog.pg_type'::regclass, views.reltype),
        ('pg_catalog.pg_type'::regclass, views.typarray)
    )
    LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
    LEFT JOIN pg_catalog.pg_trigger g ON d.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = d.objid
    LEFT JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = d.objid
    LEFT JOIN pg_catalog.pg_policy p ON d.classid = 'pg_catalog.pg_policy'::regclass AND p.oid = d.objid
    LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
    WHERE NOT COALESCE(r.rulename = '_RETURN' AND r.ev_class IN (SELECT oid FROM views), false)
        AND NOT COALESCE(c.oid IN (SELECT oid FROM views), false)
        AND NOT COALESCE(c.relkind IN ('i', 't'), false)
        AND NOT (d.classid = 'pg_catalog.pg_type'::regclass AND d.objid IN (
            SELECT reltype FROM views UNION SELECT typarray FROM views
        ))
)
SELECT CASE WHEN s.view IS NULL THEN pg_catalog.pg_describe_object(s.classid, s.objid, s.objsubid)
    ELSE pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, s.view, 0) END,
    pg_catalog.pg_get_userbyid(COALESCE(owning.relowner, o.proowner))::text
FROM strangers s
LEFT JOIN pg_catalog.pg_class owning ON owning.oid = s.relation
LEFT JOIN pg_catalog.pg_proc o ON s.classid = 'pg_catalog.pg_proc'::regclass AND o.oid = s.objid
ORDER BY 1
;

ALTER VIEW "analytics"."nps_summary" OWNER TO "owner"
;

SELECT given.attname, acl.privilege_type, COALESCE(r.rolname::text, 'public'), bool_or(acl.is_grantable)
FROM (
    SELECT '' AS attname, COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner)) AS acl
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
    UNION ALL SELECT a.attname::text, a.attacl FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
) AS given
CROSS JOIN LATERAL pg_catalog.aclexplode(given.acl) AS acl
LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
;

DROP VIEW "analytics"."nps_summary"
;

ALTER TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312" ALTER COLUMN "n" TYPE bigint, ALTER COLUMN "kind" TYPE text
;

DROP TABLE IF EXISTS "summary_tables"."wider__941f52972621e383e82ace11"
;

CREATE TABLE "summary_tables"."wider__941f52972621e383e82ace11" (LIKE "summary_tables"."nps_summary__20261122T030405_f97565be1312" INCLUDING ALL) WITH (fillfactor = 90) TABLESPACE "fast"
;

ALTER TABLE "summary_tables"."wider__941f52972621e383e82ace11" ALTER COLUMN "n" TYPE bigint, ALTER COLUMN "kind" TYPE text
;

INSERT INTO "summary_tables"."wider__941f52972621e383e82ace11" SELECT * FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;

ALTER TABLE "summary_tables"."wider__941f52972621e383e82ace11" RENAME TO "nps_summary__20261122T030405_f97565be1312"
;

CREATE OR REPLACE VIEW "analytics"."nps_summary" AS
SELECT "day", CAST("n" AS bigint) AS "n"
FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;

ALTER VIEW "analytics"."nps_summary" OWNER TO "owner"
;

REVOKE SELECT ON "analytics"."nps_summary" FROM PUBLIC
;

GRANT SELECT ("day") ON "analytics"."nps_summary" TO "analyst" WITH GRANT OPTION
;

GRANT SELECT ON "analytics"."nps_summary" TO "group analysts"
;
