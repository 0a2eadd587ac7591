SET LOCAL search_path = pg_catalog, pg_temp
;

SET LOCAL timezone = 'UTC'
;

SET LOCAL datestyle = 'ISO, MDY'
;

SET LOCAL intervalstyle = 'postgres'
;

SET LOCAL bytea_output = 'hex'
;

SET LOCAL extra_float_digits = 1
;

SET LOCAL xmloption = 'content'
;

SET LOCAL standard_conforming_strings = on
;

SET LOCAL transform_null_equals = off
;

SET LOCAL quote_all_identifiers = off
;

SET LOCAL application_name = 'summary_tables'
;

SELECT current_user::text,
    EXTRACT(EPOCH FROM pg_catalog.current_setting('statement_timeout')::interval) * 1000,
    pg_catalog.current_setting('client_connection_check_interval', true) IS NOT NULL
;

SET LOCAL search_path TO DEFAULT
;

SELECT pg_catalog.clock_timestamp()
;

SELECT name::text FROM pg_catalog.pg_timezone_names WHERE name IN ('Asia/Seoul', 'o''zone')
;

BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY
;

DECLARE guard INSENSITIVE NO SCROLL CURSOR FOR
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

FETCH FORWARD 0 FROM guard
;

SELECT CAST(NULL AS numeric(10,2)), CAST(NULL AS timestamptz) WHERE FALSE
;

SELECT pg_catalog.format_type(1700, 655366)
;

CLOSE ALL
;

UNLISTEN *
;

RESET SESSION AUTHORIZATION
;

RESET ROLE
;

RESET ALL
;

SELECT pg_catalog.pg_advisory_unlock_all()
;
