SELECT n.nspname::text, c.relname::text,
    pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND (pg_catalog.has_table_privilege(c.oid, 'SELECT')),
    COALESCE(d.description, '')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND (n.nspname, c.relname) IN (('raw_data', 'nps'), ('Raw Data', 'it''s'))
;

SELECT n.nspname::text, c.relname::text, a.attname::text, CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.pg_type'::regclass AND x.objid = CASE WHEN t.typtype = 'b' AND t.typcategory = 'A' THEN t.typelem ELSE t.oid END AND x.deptype = 'e')
    THEN pg_catalog.regexp_replace(pg_catalog.format_type(a.atttypid, a.atttypmod), '^("[^"]+"|[^.(]+)\.', '') ELSE pg_catalog.format_type(a.atttypid, a.atttypmod) END,
    COALESCE(d.description, '')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = a.attnum
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND (n.nspname, c.relname) IN (('raw_data', 'nps'), ('Raw Data', 'it''s'))
ORDER BY 1, 2, a.attnum
;

SELECT NULL, NULL, NULL, NULL WHERE false
;

SELECT n.nspname::text, c.relname::text,
    pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND (pg_catalog.has_table_privilege(c.oid, 'SELECT')),
    COALESCE(d.description, '')
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND (n.nspname, c.relname) IN ((NULL, NULL))
;
