SET application_name = 'summary_tables'
;

SET datestyle = 'ISO'
;

SELECT pg_catalog.set_config(name, '2s', false) FROM pg_catalog.pg_settings
WHERE name = 'client_connection_check_interval'
;

SELECT pg_catalog.set_config(name, '7200000', false) FROM pg_catalog.pg_settings
WHERE name = 'statement_timeout' AND setting::bigint NOT BETWEEN 1 AND 7200000
;

SET application_name = 'summary_tables'
;

SET datestyle = 'ISO'
;

SELECT pg_catalog.set_config(name, '2s', false) FROM pg_catalog.pg_settings
WHERE name = 'client_connection_check_interval'
;

SET statement_timeout = 30000
;

SET work_mem = '256MB'
;

SELECT COUNT(*) FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;
