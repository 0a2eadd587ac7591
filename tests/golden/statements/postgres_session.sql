SET application_name = 'summary_tables'
;

SET datestyle = 'ISO'
;

SELECT pg_catalog.set_config(name, '2s', false) FROM pg_catalog.pg_settings
WHERE name = 'client_connection_check_interval'
;

SELECT clock_timestamp()
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

SET LOCAL timezone = 'UTC'
;

RESET SESSION AUTHORIZATION
;

RESET ROLE
;

RESET ALL
;

SELECT pg_catalog.pg_advisory_unlock_all()
;

SET application_name = 'summary_tables'
;

SET datestyle = 'ISO'
;

SELECT pg_catalog.set_config(name, '2s', false) FROM pg_catalog.pg_settings
WHERE name = 'client_connection_check_interval'
;
