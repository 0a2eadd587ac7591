"""The tables that a log speaks of, as SQL for PostgreSQL."""


def with_tables_of(log: str) -> str:
    """The beginning of a query of them: `tables`, each found by the index of `log`, however many rows it has."""
    return f"""\
WITH RECURSIVE tables AS (
    (SELECT schema_name, table_name FROM {log} ORDER BY schema_name, table_name LIMIT 1)
    UNION ALL
    SELECT following.* FROM tables t CROSS JOIN LATERAL (
        SELECT schema_name, table_name FROM {log} l
        WHERE (l.schema_name, l.table_name) > (t.schema_name, t.table_name)
        ORDER BY schema_name, table_name LIMIT 1
    ) following
)"""
