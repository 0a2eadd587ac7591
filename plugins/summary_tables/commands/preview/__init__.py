"""A run of one table without Airflow, in a transaction that is rolled back: it publishes nothing and leaves nothing.

The queries are rendered, refused and run as a run would do it; the new table is a temporary one. What came of it is a
value, which `commands.preview_report` puts into words.
"""
