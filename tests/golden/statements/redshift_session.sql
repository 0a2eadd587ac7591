SET LOCAL search_path = pg_catalog, pg_temp
;

SET LOCAL timezone = 'UTC'
;

SET LOCAL datestyle = 'ISO, MDY'
;

SET LOCAL application_name = 'summary_tables'
;

SELECT current_user::text, 0, FALSE
;

SET LOCAL search_path TO DEFAULT
;

SELECT SYSDATE
;

BEGIN READ ONLY
;

DECLARE guard CURSOR FOR
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

SELECT * FROM (
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1
) AS described LIMIT 0
;

SELECT CAST(NULL AS numeric(10,2)), CAST(NULL AS timestamptz) WHERE FALSE
;

SELECT pg_catalog.format_type(1700, 655366)
;

RESET ALL
;
