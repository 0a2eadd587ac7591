"""Everything that happens in the warehouse: versions are created, checked, published and dropped here.

`statements` and its like are text; `session` is the only place that calls a connection. No Airflow.
"""
