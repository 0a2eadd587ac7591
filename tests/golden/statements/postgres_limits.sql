SET LOCAL statement_timeout = 7200000
;

SET LOCAL client_connection_check_interval = '2s'
;

SET LOCAL client_connection_check_interval = '2s'
;

SET LOCAL statement_timeout = 30000
;

SET LOCAL work_mem = '256MB'
;

SELECT COUNT(*) FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;
