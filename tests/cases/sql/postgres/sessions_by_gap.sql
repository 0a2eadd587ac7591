SELECT user_id, session_number, MIN(ts) AS started_at, MAX(ts) - MIN(ts) AS duration
FROM (
    SELECT user_id, ts,
           SUM(is_new) OVER (PARTITION BY user_id ORDER BY ts) AS session_number
    FROM (
        SELECT user_id, ts,
               CASE WHEN ts - LAG(ts, 1) OVER (PARTITION BY user_id ORDER BY ts) < INTERVAL '30 min'
                    THEN 0 ELSE 1 END AS is_new
        FROM raw_data.events
    ) AS marked
) AS numbered
GROUP BY user_id, session_number
