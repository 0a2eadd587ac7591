{# seven days up to the run #}
SELECT '{{ ds }}'::date AS day, COUNT(*) AS n_{{ ds_nodash }}
FROM raw_data.events_{{ ds_nodash }}
WHERE ts >= '{{ macros.ds_add(ds, -7) }}'
  AND ts < '{{ data_interval_end }}'
  AND month = {{ data_interval_start.strftime('%Y%m') }}
  AND stamp = '{{ logical_date | ts_nodash }}'
