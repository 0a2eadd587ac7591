"""The statements of one table's tasks for those who write them out: by hand and in dag-factory's files."""

from benchmarks.examples import SCHEMA, Example


def check_query(query: str, least: int) -> str:
    """A row with one value that is true when the check holds, as SQLCheckOperator wants it."""
    return f"SELECT ({query}) >= {least}"


def create_statements(table: Example) -> list[str]:
    new = f"{SCHEMA}.temp_{table.table}"
    return [f"DROP TABLE IF EXISTS {new}", f"CREATE TABLE {new} AS\n{table.query}"]


def publish_statements(table: Example) -> list[str]:
    return [
        f"DROP TABLE IF EXISTS {table.full_name}",
        f"ALTER TABLE {SCHEMA}.temp_{table.table} RENAME TO {table.table}",
    ]
