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
