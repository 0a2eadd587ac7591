SELECT
    o.order_date,
    o.region,
    SUM(o.amount) AS revenue,
    SUM(SUM(o.amount)) OVER (
        PARTITION BY o.region
        ORDER BY o.order_date
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS revenue_to_date,
    AVG(SUM(o.amount)) OVER seven_days AS revenue_7d
FROM sales.orders AS o
WHERE o.order_date >= DATE '2026-01-01'
  AND o.status <> 'cancelled'
GROUP BY o.order_date, o.region
WINDOW seven_days AS (
    PARTITION BY o.region ORDER BY o.order_date
    RANGE BETWEEN INTERVAL '6 days' PRECEDING AND CURRENT ROW
)
