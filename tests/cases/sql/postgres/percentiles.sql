SELECT
    service,
    percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY latency_ms) AS latency,
    mode() WITHIN GROUP (ORDER BY status) AS usual_status,
    rank(100) WITHIN GROUP (ORDER BY latency_ms) AS rank_of_100,
    string_agg(DISTINCT host, ', ' ORDER BY host) AS hosts
FROM logs.requests
WHERE logged_at >= '{{ data_interval_start }}' AND logged_at < '{{ data_interval_end }}'
GROUP BY service
