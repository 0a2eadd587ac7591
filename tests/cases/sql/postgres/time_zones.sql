SELECT
    date_trunc('week', created_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Seoul')::date AS week,
    EXTRACT(ISODOW FROM created_at) AS weekday,
    EXTRACT(EPOCH FROM (closed_at - created_at)) / 3600 AS hours_open,
    created_at + INTERVAL '1' DAY * priority AS due_at,
    (created_at, closed_at) OVERLAPS (TIMESTAMP '2026-01-01', INTERVAL '30 days') AS in_january,
    age(closed_at, created_at) AS lifetime
FROM support.tickets
