CREATE TABLE raw_data.users (id integer, name text, email text, country varchar(2), joined date);
INSERT INTO raw_data.users VALUES
  (1, '김민지', 'minji@example.com', 'KR', '2026-11-17'),
  (2, 'Ana 🌱', 'ana@example.com', 'BR', '2026-11-18'),
  (3, 'O''Hara', NULL, 'IE', '2026-11-19'),
  (4, '100% {real}', 'real@example.com', NULL, '2026-11-20');
CREATE TABLE raw_data.orders (
  id integer, user_id integer, amount numeric(10, 2), status text, created_at timestamp, paid_at timestamptz
);
INSERT INTO raw_data.orders
SELECT n, 1 + n % 4, (n * 7 % 50)::numeric / 4, (ARRAY['paid', 'open', 'returned'])[1 + n % 3],
  timestamp '2026-11-18' + n * interval '50 minutes',
  CASE WHEN n % 3 = 0 THEN timestamptz '2026-11-18 00:00:00+00' + n * interval '50 minutes' END
FROM generate_series(0, 114) AS n;
CREATE TABLE raw_data."Odd Table" ("Weird Col" integer, "order" text);
INSERT INTO raw_data."Odd Table" VALUES (1, 'a'), (2, '{x}'), (NULL, 'it''s');
CREATE SCHEMA "Odd-Schema";
CREATE TABLE "Odd-Schema"."Ünï täble" ("a b" integer, "Sel""ect" text, "한국" numeric(5, 2));
INSERT INTO "Odd-Schema"."Ünï täble" VALUES (1, 'q', 1.5), (2, NULL, 2.25);
GRANT USAGE ON SCHEMA "Odd-Schema" TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA "Odd-Schema" TO PUBLIC;
CREATE TYPE raw_data.mood AS ENUM ('sad', 'happy');
CREATE TABLE raw_data.every_type (
  id integer, doc jsonb, plain_doc json, words text[], bytes bytea, span int4range, mood raw_data.mood, lasts interval,
  at time, uid uuid, host inet, flag boolean, part real, share double precision, code char(3), nested integer[]
);
INSERT INTO raw_data.every_type VALUES
  (1, '{"a": [1, null]}', '{"x":  1}', '{a,"b c",NULL}', '\xDEADBEEF', '[1,5)', 'happy', '1 day 02:00', '10:00',
   'c0ffee00-0000-0000-0000-000000000001', '10.0.0.1', TRUE, 1.5, 0.1, 'ab', '{{1,2},{3,4}}'),
  (2, NULL, NULL, '{}', NULL, 'empty', 'sad', NULL, NULL, NULL, NULL, NULL, NULL, 'Infinity', NULL, NULL);
DO $$ BEGIN CREATE ROLE "Report Team"; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
