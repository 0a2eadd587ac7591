SET LOCAL statement_timeout = 7200000
;

SET LOCAL statement_timeout = 30000
;

SELECT COUNT(*) FROM "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;
