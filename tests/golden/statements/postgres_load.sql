CREATE TABLE "summary_tables"."nps_summary__20261122T030405_f97565be1312" ("day" date, "note" character varying(256), "n" numeric(12,2)) WITH (fillfactor = 90) TABLESPACE "fast"
;

INSERT INTO "summary_tables"."nps_summary__20261122T030405_f97565be1312" ("day", "note", "n") VALUES
('2026-11-21',  E'it''s \\ a	tab
and ''more''', NULL),
('2026-11-22', '韓 😀', '1.5')
;

COPY "summary_tables"."nps_summary__20261122T030405_f97565be1312" ("day", "note", "n") FROM STDIN
2026-11-21	it's \\ a\ttab\nand 'more'	\N
2026-11-22	韓 😀	1.5
;
