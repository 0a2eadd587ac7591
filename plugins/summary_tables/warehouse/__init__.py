"""Everything that happens in the warehouse: versions are created, checked, published and dropped here.

The statements are text, made in `sql`; `session` is the only place that calls a connection. No Airflow.
"""
