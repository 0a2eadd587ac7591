"""What is asked of the warehouse beside dbt: that nothing of an earlier try still works there, and rows that failed."""

import hashlib
from typing import Final

from summary_tables.checks.messages import value_words
from summary_tables.text.columns import plain_table
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session

SAMPLES: Final = 5
LONGEST_NAME: Final = 63


def session_name(dag_id: str, run_id: str, number: int | None = None) -> str:
    """What the warehouse shows of dbt's sessions in this task: the same in each of its tries, and in no other task's.

    `number` is that of a mapped task; none and -1, as Airflow says it, of any other.
    """
    full = f"dbt {dag_id} {run_id}" + ("" if number in (None, -1) else f" {number}")
    name = full.encode("ascii", "replace").decode()
    if name == full and len(name) <= LONGEST_NAME:
        return name
    return f"{name[: LONGEST_NAME - 9]} {hashlib.sha256(full.encode()).hexdigest()[:8]}"


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
