SELECT user_id, session_id, started_at
FROM raw_data.sessions
WHERE started_at >= DATEADD(day, -7, GETDATE())
QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY started_at DESC) = 1
