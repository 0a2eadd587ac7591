WITH daily AS MATERIALIZED (
    SELECT date_trunc('day', ts) AS day, user_id FROM raw_data.events
), weekly AS NOT MATERIALIZED (
    SELECT date_trunc('week', day) AS week, user_id FROM daily
)
SELECT d.day, COUNT(DISTINCT d.user_id) AS dau, COUNT(DISTINCT w.user_id) AS wau
FROM daily d
JOIN weekly w ON w.week = date_trunc('week', d.day)
GROUP BY d.day
