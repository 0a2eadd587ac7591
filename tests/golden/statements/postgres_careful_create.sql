CREATE VIEW "summary_tables"."source__941f52972621e383e82ace11" AS
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

SELECT attname::text, atttypid::bigint FROM pg_catalog.pg_attribute
WHERE attrelid = '"summary_tables"."source__941f52972621e383e82ace11"'::pg_catalog.regclass AND attnum > 0 ORDER BY attnum
;

PREPARE summary_tables_filling AS SELECT * FROM "summary_tables"."source__941f52972621e383e82ace11"
;

SELECT EXTRACT(EPOCH FROM prepare_time)::text FROM pg_catalog.pg_prepared_statements
WHERE name = 'summary_tables_filling'
;

EXPLAIN EXECUTE summary_tables_filling
;

SET LOCAL restrict_nonsystem_relation_kind = 'view'
;

CREATE TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312" WITH (fillfactor = 90) TABLESPACE "fast" AS EXECUTE summary_tables_filling
;

DROP VIEW "summary_tables"."source__941f52972621e383e82ace11"
;

SELECT pg_catalog.pg_typeof("day")::pg_catalog.oid::pg_catalog.int8, pg_catalog.pg_typeof("n")::pg_catalog.oid::pg_catalog.int8
FROM (SELECT) AS one_row
LEFT JOIN (
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1
) AS source ("day", "n") ON FALSE
;

SELECT pg_catalog.format_type(t.oid, wanted.modifier), t.typcollation <> 0
FROM (VALUES (0, 25, -1), (1, 20, -1)) AS wanted (place, oid, modifier)
JOIN pg_catalog.pg_type t ON t.oid = wanted.oid ORDER BY wanted.place
;

SELECT pg_catalog.pg_collation_for("day")::pg_catalog.regcollation::pg_catalog.oid::pg_catalog.int8
FROM (SELECT) AS one_row
LEFT JOIN (
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1
) AS source ("day", "n") ON FALSE
;

SELECT c.oid::bigint, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.collname)
FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
WHERE c.oid IN (100)
;

CREATE TEMPORARY TABLE summary_tables_rows ("day" text COLLATE pg_catalog."C", "n" bigint) ON COMMIT DROP
;

INSERT INTO pg_temp.summary_tables_rows
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

SELECT * FROM pg_temp.summary_tables_rows
;
