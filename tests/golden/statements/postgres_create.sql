CREATE VIEW "summary_tables"."nps_summary__20261122T030405_f97565be1312" AS
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

WITH RECURSIVE reached(oid) AS (
    SELECT '"summary_tables"."nps_summary__20261122T030405_f97565be1312"'::pg_catalog.regclass::oid
    UNION
    SELECT d.refobjid
    FROM reached
    JOIN pg_catalog.pg_rewrite r ON r.ev_class = reached.oid
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
    WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
), rules AS (
    SELECT r.oid, r.ev_action::text AS tree
    FROM pg_catalog.pg_rewrite r JOIN reached ON r.ev_class = reached.oid
)
SELECT EXISTS (
    SELECT 1 FROM rules
    CROSS JOIN LATERAL pg_catalog.regexp_matches(tree, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)', 'g') AS called
    JOIN pg_catalog.pg_proc p ON p.oid = called[1]::oid
    WHERE p.oid >= 16384 OR (p.provolatile = 'v' AND p.proname NOT IN (
        'clock_timestamp', 'gen_random_uuid', 'random', 'random_normal', 'timeofday', 'uuidv4', 'uuidv7'
    ))
) OR EXISTS (
    SELECT 1 FROM pg_catalog.pg_class c JOIN reached USING (oid) WHERE c.relrowsecurity
) OR EXISTS (
    SELECT 1 FROM rules
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = rules.oid
    JOIN pg_catalog.pg_type t ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = d.refobjid
    WHERE t.typtype = 'd'
)
;

BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE
;

CREATE TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312" AS
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

CREATE TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312" WITH (fillfactor = 90) TABLESPACE "fast" AS
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

CREATE UNIQUE INDEX ON "summary_tables"."nps_summary__20261122T030405_f97565be1312" USING btree ("day", "n")
;

CREATE INDEX ON "summary_tables"."nps_summary__20261122T030405_f97565be1312" USING brin ("n")
;

ANALYZE "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;
