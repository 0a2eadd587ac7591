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
