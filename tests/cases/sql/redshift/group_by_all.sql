SELECT region, channel, COUNT(*) AS orders
FROM sales.orders
GROUP BY ALL
