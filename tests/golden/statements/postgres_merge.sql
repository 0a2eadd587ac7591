SELECT CAST("day" AS text), CAST("größe ""1""" AS text), COUNT(*), SUM(COUNT(*)) OVER ()
FROM "summary_tables"."nps_summary__20261122T030405_0a7565be13ff"
WHERE "day" IS NULL OR "größe ""1""" IS NULL
GROUP BY "day", "größe ""1"""
ORDER BY COUNT(*) DESC, 1, 2
LIMIT 5
;

SELECT CAST("day" AS text), CAST("größe ""1""" AS text), COUNT(*), SUM(COUNT(*)) OVER ()
FROM "summary_tables"."nps_summary__20261122T030405_0a7565be13ff"
GROUP BY "day", "größe ""1"""
HAVING COUNT(*) > 1
ORDER BY COUNT(*) DESC, 1, 2
LIMIT 5
;

DELETE FROM "summary_tables"."nps_summary__20261101T030405_f97565be1312"
USING "summary_tables"."nps_summary__20261122T030405_0a7565be13ff"
WHERE "nps_summary__20261101T030405_f97565be1312"."day" = "nps_summary__20261122T030405_0a7565be13ff"."day" AND "nps_summary__20261101T030405_f97565be1312"."größe ""1""" = "nps_summary__20261122T030405_0a7565be13ff"."größe ""1"""
    AND COALESCE("nps_summary__20261101T030405_f97565be1312"."_summary_tables_interval_end", TIMESTAMPTZ '2026-11-01 03:00:00.000000+00') <= TIMESTAMPTZ '2026-11-22 03:00:00.000000+00'
;

INSERT INTO "summary_tables"."nps_summary__20261101T030405_f97565be1312" ("day", "größe ""1""", "_summary_tables_interval_end")
SELECT "day", "größe ""1""", TIMESTAMPTZ '2026-11-22 03:00:00.000000+00'
FROM "summary_tables"."nps_summary__20261122T030405_0a7565be13ff"
WHERE NOT EXISTS (
    SELECT 1 FROM "summary_tables"."nps_summary__20261101T030405_f97565be1312" WHERE "nps_summary__20261101T030405_f97565be1312"."day" = "nps_summary__20261122T030405_0a7565be13ff"."day" AND "nps_summary__20261101T030405_f97565be1312"."größe ""1""" = "nps_summary__20261122T030405_0a7565be13ff"."größe ""1"""
)
;
