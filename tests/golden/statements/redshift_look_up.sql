SELECT pg_catalog.has_schema_privilege(n.oid, 'CREATE')
FROM pg_catalog.pg_namespace n WHERE n.nspname = 'analytics'
;

SELECT c.relkind::text, pg_catalog.pg_get_userbyid(c.relowner)::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary'
;

SELECT DISTINCT sn.nspname::text, s.relname::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid
JOIN pg_catalog.pg_depend d ON d.objid = r.oid
JOIN pg_catalog.pg_class rule_class ON rule_class.oid = d.classid AND rule_class.relname = 'pg_rewrite'
JOIN pg_catalog.pg_class ref_class ON ref_class.oid = d.refclassid AND ref_class.relname = 'pg_class'
JOIN pg_catalog.pg_class s ON s.oid = d.refobjid
JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
WHERE n.nspname = 'analytics' AND c.relname = 'nps_summary' AND s.oid <> c.oid
;

SELECT pg_catalog.has_schema_privilege('owner', 'summary_tables', 'USAGE')
;

SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'summary_tables' AND c.relname = 'build_log'
;
