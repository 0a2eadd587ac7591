SET application_name = 'summary_tables'
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

SELECT pg_catalog.set_config(name, '2s', false) FROM pg_catalog.pg_settings
WHERE name = 'client_connection_check_interval'
;
