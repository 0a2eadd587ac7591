SELECT date_trunc('month', ts) AS month,
       APPROXIMATE COUNT(DISTINCT user_id) AS users,
       APPROXIMATE PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY duration) AS median_duration,
       HLL(device_id) AS devices
FROM raw_data.events
GROUP BY 1
