-- names that SELECT gives, where they mean something
SELECT DATE_TRUNC('month', day) AS month, COUNT(1) AS n FROM shop.orders GROUP BY month ORDER BY n

-- a join with USING, and its column once
SELECT id, o.id AS order_id, amount FROM shop.orders o JOIN shop.customers USING (id)

-- columns of a side that LATERAL sees
SELECT o.id, t.tag FROM shop.orders o, LATERAL (SELECT UNNEST(o.tags) AS tag) t

-- a function in FROM that sees what stands before it
SELECT o.id, tag FROM shop.orders o, UNNEST(o.tags) AS tag

-- days without gaps
SELECT d.day::date AS day, COUNT(o.id) AS n
FROM GENERATE_SERIES('2026-01-01'::date, '2026-01-31'::date, '1 day') AS d(day)
LEFT JOIN shop.orders o ON o.day = d.day::date
GROUP BY 1

-- rows and columns of the server's own
SELECT COUNT(DISTINCT o.ctid) AS n, COUNT(o) AS m, TO_JSONB(o) AS everything FROM shop.orders o GROUP BY o

-- a WITH query that reads itself
WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 9) SELECT n FROM numbers

-- the catalog
SELECT relname::text AS name, reltuples FROM pg_catalog.pg_class JOIN information_schema.tables ON table_name = relname

-- an enum, a list, a key, and names of Korean
SELECT state, tags[1] AS tag, details ->> 'kind' AS kind, c."가입일" AS joined
FROM shop.orders o JOIN shop.customers c ON c.id = customer_id
WHERE state = 'paid' AND 'new' = ANY (tags)

-- the dates of the run
SELECT COUNT(1) AS n FROM shop.orders WHERE day = '{{ ds }}' AND ordered_at < '{{ data_interval_end }}'

-- a column beside what may be the primary key
SELECT c.id, c.email, COUNT(1) AS orders
FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id
GROUP BY c.id

-- a function of an extension
SELECT id, ST_AREA(note) AS area FROM shop.orders

-- a function of somebody's own
SELECT id, tools.clean(note) AS note FROM shop.orders

-- a type of an extension
SELECT note::ltree AS path FROM shop.orders

-- an operator of an extension
SELECT id FROM shop.orders WHERE note % 'gift'

-- a column of a type that is not known here
SELECT id, place && place AS x FROM shop.customers

-- all columns, one of a type that is not known here
SELECT * FROM shop.customers

-- a search configuration of somebody's own
SELECT id FROM shop.orders WHERE TO_TSVECTOR('korean', note) @@ TO_TSQUERY('korean', 'x')

-- a sequence
SELECT COUNT(1) + NEXTVAL('shop.numbers') AS n FROM shop.orders

-- a table of which no columns are known
SELECT amount, state FROM shop.refunds

-- a table that nobody has described
SELECT anything FROM shop.parcels

-- one of another year
SELECT anything FROM shop.events_2026

-- one whose name is near, and that has other columns
SELECT reason FROM shop.customer

-- a schema that nobody has described
SELECT anything FROM crm.deals

-- a table without its schema
SELECT anything FROM orders

-- a summary table and its type
SELECT day + 1 AS next_day, ROUND(revenue, 1) AS revenue FROM analytics.daily_orders
