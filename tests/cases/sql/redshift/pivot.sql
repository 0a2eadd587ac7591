SELECT *
FROM (SELECT channel, day, amount FROM sales.orders)
PIVOT (SUM(amount) AS total, COUNT(*) AS n FOR channel IN ('web', 'app', 'shop' AS store)) AS p
