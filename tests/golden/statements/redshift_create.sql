BEGIN READ WRITE
;

CREATE TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312" AS
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

CREATE TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312" DISTSTYLE KEY DISTKEY ("day") COMPOUND SORTKEY ("day", "n") AS
SELECT day, count(*) AS n -- it's 100%
FROM raw_data.events GROUP BY 1;
;

ANALYZE "summary_tables"."nps_summary__20261122T030405_f97565be1312"
;
