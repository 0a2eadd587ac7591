WITH first_visit AS (
    SELECT user_id, MIN(visited_on) AS first_day
    FROM raw_data.visits
    GROUP BY 1
), activity AS (
    SELECT v.user_id, f.first_day, (v.visited_on - f.first_day) AS day_number
    FROM raw_data.visits v
    JOIN first_visit f USING (user_id)
)
SELECT
    first_day AS cohort,
    COUNT(DISTINCT user_id) AS users,
    COUNT(DISTINCT user_id) FILTER (WHERE day_number = 1) AS day_1,
    COUNT(DISTINCT user_id) FILTER (WHERE day_number BETWEEN 7 AND 13) AS week_1,
    ROUND(100.0 * COUNT(DISTINCT user_id) FILTER (WHERE day_number = 1)
        / NULLIF(COUNT(DISTINCT user_id), 0), 2) AS day_1_percent
FROM activity
GROUP BY first_day
