"""`summary-tables import`: configs from what others wrote, Python dicts or a dbt project."""
