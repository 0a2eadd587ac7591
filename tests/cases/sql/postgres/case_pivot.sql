SELECT
    day,
    SUM(CASE channel WHEN 'web' THEN amount ELSE 0 END) AS web,
    SUM(CASE WHEN channel IN ('ios', 'android') THEN amount END) AS app,
    COUNT(*) - COUNT(channel) AS without_channel,
    bool_or(amount IS DISTINCT FROM listed_amount) AS has_discount
FROM sales.orders
GROUP BY day
