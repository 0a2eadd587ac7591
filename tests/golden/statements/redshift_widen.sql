SELECT DISTINCT vn.nspname::text, v.relname::text, 'view', pg_catalog.pg_get_userbyid(v.relowner)::text,
    true
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid
JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary' AND v.oid <> c.oid
ORDER BY 1, 2
;

SELECT '', privilege_type, grantee, BOOL_OR(admin_option) FROM (
    SELECT privilege_type, admin_option, CASE identity_type WHEN 'user' THEN identity_name
        WHEN 'public' THEN 'public' ELSE identity_type || ' ' || identity_name END AS grantee
    FROM svv_relation_privileges
    WHERE namespace_name = 'analytics' AND relation_name = 'nps_summary'
) AS given
WHERE grantee <> current_user
GROUP BY privilege_type, grantee
ORDER BY 2, 3
;

DROP VIEW "analytics"."nps_summary"
;

CREATE OR REPLACE VIEW "analytics"."nps_summary" AS
SELECT "day", CAST("n" AS bigint) AS "n"
FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;

ALTER TABLE "analytics"."nps_summary" OWNER TO "owner"
;

REVOKE SELECT ON "analytics"."nps_summary" FROM PUBLIC
;

GRANT SELECT ON "analytics"."nps_summary" TO GROUP "analysts"
;
