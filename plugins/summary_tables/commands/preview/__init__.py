"""A run of one table without Airflow, in a transaction that is rolled back: it publishes nothing and leaves nothing.

The steps are those of `runs`, which Airflow's operators call, too; the new table is a temporary one, and publishing is
only looked at. What came of it is a value, which `report` puts into words.
"""
