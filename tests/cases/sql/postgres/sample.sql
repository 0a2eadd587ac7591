SELECT country, AVG(amount) AS average_amount
FROM sales.orders TABLESAMPLE BERNOULLI (5) REPEATABLE (42)
GROUP BY country
