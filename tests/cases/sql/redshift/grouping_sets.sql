SELECT region, channel, GROUPING(region) AS is_total, SUM(amount) AS amount
FROM sales.orders
GROUP BY GROUPING SETS ((region, channel), ROLLUP (region))
