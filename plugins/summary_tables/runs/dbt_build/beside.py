"""What is asked of the warehouse beside dbt: that nothing of an earlier try still works there, and rows that failed."""

from typing import Final

from summary_tables.checks.messages import value_words
from summary_tables.text.columns import plain_table
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session

SAMPLES: Final = 5
LONGEST_NAME: Final = 63


def session_name(dag_id: str, run_id: str) -> str:
    """What the warehouse shows of dbt's sessions in this run: the same in each try of it."""
    return f"dbt {dag_id} {run_id}".encode("ascii", "replace").decode()[:LONGEST_NAME]


def end_earlier(session: Session, name: str) -> int:
    """Ends what a try that was killed has left at work; how many there were. Raises `WarehouseError`."""
    quoted = name.replace("'", "''")
    ended = session.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE application_name = '{quoted}' AND pid <> pg_backend_pid() AND usename = current_user"
    )
    return len(ended)


def failing_rows(session: Session, query: str) -> str:
    """The first rows of a test's query, as a table of plain text; empty where they cannot be had."""
    limited = f"SELECT * FROM (\n{query.strip().rstrip(';')}\n) AS failing_rows LIMIT {SAMPLES}"
    try:
        with session.transaction(read_only=True, keep=False):
            heads = [column.name for column in session.result_types(f"{limited} OFFSET 0", query=query)]
            rows = session.query_rows(limited, query)
    except WarehouseError:
        return ""
    return plain_table(heads, [[value_words(value) for value in row] for row in rows]) if rows else ""
