CREATE TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312" ("day" date, "note" character varying(256), "n" numeric(12,2)) DISTSTYLE KEY DISTKEY ("day") COMPOUND SORTKEY ("day", "n")
;

INSERT INTO "summary_tables"."nps_summary__20261122T030405_f97565be1312" ("day", "note", "n") VALUES
('2026-11-21', 'it''s \\ a	tab
and ''more''', NULL),
('2026-11-22', '韓 😀', '1.5')
;
