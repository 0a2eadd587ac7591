-- a column that is misspelt
SELECT custmer_id FROM shop.orders

-- a column that no table has
SELECT o.discount FROM shop.orders o

-- a column of a table behind an alias
SELECT c.emial FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id

-- a column that several tables have
SELECT id FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id

-- the table's name where an alias stands
SELECT orders.id FROM shop.orders o

-- an alias that is none
SELECT x.id FROM shop.orders o

-- a star of no table
SELECT x.* FROM shop.orders o

-- a name that SELECT gives, in WHERE
SELECT amount * 2 AS twice FROM shop.orders WHERE twice > 10

-- a name that SELECT gives, in JOIN
SELECT o.amount AS paid FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id AND paid > 1

-- a column of a WITH query
WITH paid AS (SELECT id, amount FROM shop.orders) SELECT p.amont FROM paid p

-- a column of a subquery
SELECT q.state FROM (SELECT id, amount FROM shop.orders) q

-- a column of a subquery in WHERE
SELECT id FROM shop.orders WHERE customer_id IN (SELECT c.idd FROM shop.customers c)

-- a column of a summary table
SELECT d.day, d.revenu FROM analytics.daily_orders d

-- a column of a UNION's second part
SELECT day FROM analytics.daily_orders UNION ALL SELECT dey FROM shop.orders

-- a column that ORDER BY names
SELECT id FROM shop.orders UNION SELECT id FROM shop.customers ORDER BY amount

-- a column that GROUP BY names
SELECT state, COUNT(1) AS n FROM shop.orders GROUP BY stat

-- a column of a window
SELECT id, ROW_NUMBER() OVER (PARTITION BY custmer_id ORDER BY day) AS n FROM shop.orders

-- a text in double quotes
SELECT id FROM shop.orders WHERE note = "gold"

-- a name in capitals and double quotes
SELECT "Amount" FROM shop.orders

-- two mistakes on two lines
SELECT
  custmer_id,
  amont
FROM shop.orders

-- a table that is misspelt
SELECT id FROM shop.order

-- a summary table that is misspelt
SELECT revenue FROM analytics.daily_order

-- a schema that is misspelt
SELECT id FROM shopp.orders

-- no GROUP BY
SELECT state, COUNT(1) AS n FROM shop.orders

-- a column that GROUP BY lacks
SELECT day, state, COUNT(1) AS n FROM shop.orders GROUP BY day

-- an expression that GROUP BY lacks
SELECT DATE_TRUNC('month', ordered_at) AS month, COUNT(1) AS n FROM shop.orders GROUP BY day

-- GROUP BY a place that is none
SELECT day, COUNT(1) AS n FROM shop.orders GROUP BY 3

-- an aggregate in WHERE
SELECT state FROM shop.orders WHERE COUNT(1) > 1 GROUP BY state

-- an aggregate in an aggregate
SELECT SUM(COUNT(1)) AS n FROM shop.orders

-- an aggregate in GROUP BY
SELECT COUNT(1) AS n FROM shop.orders GROUP BY COUNT(1)

-- a window in HAVING
SELECT state FROM shop.orders GROUP BY state HAVING ROW_NUMBER() OVER (ORDER BY state) = 1

-- a window in WHERE
SELECT id FROM shop.orders WHERE ROW_NUMBER() OVER (ORDER BY day) = 1

-- ROUND of a float
SELECT ROUND(AVG(weight), 2) AS mean FROM shop.orders

-- DATE_TRUNC of a text
SELECT DATE_TRUNC('month', created_at) AS month FROM shop.customers

-- SUM of a text
SELECT SUM(note) AS total FROM shop.orders

-- SUM of a truth
SELECT SUM(is_gift) AS gifts FROM shop.orders

-- LENGTH of a number
SELECT LENGTH(id) AS n FROM shop.orders

-- too many arguments
SELECT ROUND(amount, 2, 1) AS amount FROM shop.orders

-- a function that is misspelt
SELECT DATE_TRUN('month', ordered_at) AS month FROM shop.orders

-- UNION of two types
SELECT id FROM shop.orders UNION ALL SELECT email FROM shop.customers

-- UNION of two numbers of columns
SELECT id, day FROM shop.orders UNION ALL SELECT id FROM shop.customers

-- CASE of two types
SELECT CASE WHEN is_gift THEN amount ELSE note END AS x FROM shop.orders

-- COALESCE of two types
SELECT COALESCE(amount, note) AS x FROM shop.orders

-- a date minus a text
SELECT day - created_at AS age FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id

-- a time plus a number
SELECT ordered_at + 1 AS next_day FROM shop.orders

-- a number beside a text
SELECT o.id FROM shop.orders o JOIN shop.customers c ON c.email = o.customer_id

-- a date beside a text
SELECT id FROM shop.customers WHERE created_at >= DATE '2026-01-01'

-- an id beside a word
SELECT id FROM shop.orders WHERE customer_id = 'seven'

-- a value that an enum has not
SELECT id FROM shop.orders WHERE state = 'payed'

-- a date that no month has
SELECT id FROM shop.orders WHERE day = '2026-02-30'

-- a date in words
SELECT id FROM shop.orders WHERE day >= 'last week'

-- an interval that is none
SELECT ordered_at - INTERVAL '1 dya' AS before FROM shop.orders

-- a condition that is a number
SELECT id FROM shop.orders WHERE customer_id

-- NOT of a number
SELECT NOT amount AS x FROM shop.orders

-- a cast that there is not
SELECT day::integer AS x FROM shop.orders

-- a type that is misspelt
SELECT amount::numreic AS x FROM shop.orders

-- a type of another database
SELECT day::datetime AS x FROM shop.orders

-- two columns of a subquery that must have one
SELECT (SELECT id, day FROM shop.orders LIMIT 1) AS x

-- a key of a text
SELECT note ->> 'kind' AS kind FROM shop.orders

-- rows of a function in WHERE
SELECT id FROM shop.orders WHERE UNNEST(tags) = 'new'

-- a WITH query that reads a later one
WITH a AS (SELECT id FROM b), b AS (SELECT id FROM shop.orders) SELECT id FROM a

-- USING a column that one side lacks
SELECT day FROM shop.orders JOIN shop.customers USING (customer_id)

-- two tables under one alias
SELECT a.day FROM shop.orders a JOIN shop.customers a ON a.id = 1
