SELECT user_id, ts,
       LAST_VALUE(plan IGNORE NULLS) OVER (PARTITION BY user_id ORDER BY ts
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS plan,
       LAG(price, 1) IGNORE NULLS OVER (PARTITION BY user_id ORDER BY ts) AS price_before,
       FIRST_VALUE(channel) RESPECT NULLS OVER (PARTITION BY user_id ORDER BY ts
           ROWS UNBOUNDED PRECEDING) AS first_channel
FROM raw_data.changes
