SELECT
    COALESCE(region, 'all regions') AS region,
    COALESCE(to_char(day, 'YYYY-MM'), 'all months') AS month,
    GROUPING(region, day) AS level,
    COUNT(*) AS orders,
    SUM(amount) FILTER (WHERE refunded) AS refunded_amount
FROM sales.orders
GROUP BY GROUPING SETS ((region, day), (region), ())
HAVING COUNT(*) > 0
