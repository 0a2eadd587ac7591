SELECT day::date AS day, COALESCE(s.visits, 0) AS visits
FROM generate_series('2026-01-01'::date, '{{ ds }}'::date, INTERVAL '1 day') AS day
LEFT JOIN (
    SELECT visited_on, COUNT(*) AS visits FROM raw_data.visits GROUP BY visited_on
) AS s ON s.visited_on = day::date
