"""A table that grows by a day a run."""

GROWING = {
    "table": "grows",
    "schema": "analytics",
    "schedule": "0 3 * * *",
    "refresh": {"append": {"start": "2026-11-18"}},
    "main_sql": (
        "SELECT day::date AS day, '{{ ds }}' AS ds FROM generate_series("
        "'{{ data_interval_start | ds }}'::timestamp, '{{ data_interval_end | ds }}'::timestamp - INTERVAL '1 second', "
        "INTERVAL '1 day') AS day"
    ),
}
