SELECT DISTINCT ON (device_id)
    device_id,
    measured_at,
    temperature
FROM iot.measurements
ORDER BY device_id, measured_at DESC NULLS LAST
