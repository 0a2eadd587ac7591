"""The demo: an embedded PostgreSQL with sample data, and Airflow on it. `python -m demo` runs it."""
