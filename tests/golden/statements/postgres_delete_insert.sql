SELECT CAST("day" AS text), COUNT(*), SUM(COUNT(*)) OVER ()
FROM "summary_tables"."nps_summary__20261122T030405_0a7565be13ff"
WHERE NOT COALESCE("day" >= DATE '2026-11-21' AND "day" < DATE '2026-11-22', FALSE)
GROUP BY "day"
ORDER BY 1
LIMIT 5
;

DELETE FROM "summary_tables"."nps_summary__20261101T030405_f97565be1312"
WHERE "day" >= DATE '2026-11-21' AND "day" < DATE '2026-11-22'
;

INSERT INTO "summary_tables"."nps_summary__20261101T030405_f97565be1312" ("day", "größe ""1""", "_summary_tables_interval_end")
SELECT "day", "größe ""1""", TIMESTAMPTZ '2026-11-22 03:00:00.000000+00'
FROM "summary_tables"."nps_summary__20261122T030405_0a7565be13ff"
;
