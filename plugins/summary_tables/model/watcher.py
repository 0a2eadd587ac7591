"""The DAG that looks for tables that are late, as others know it."""

from typing import Final

WATCHER: Final = "summary_tables_watch"
"""Where several repositories lie beside each other, the name of one stands behind it: `summary_tables_watch.growth`."""


def is_watcher(dag_id: str) -> bool:
    """It is the one of this or of another repository."""
    return dag_id == WATCHER or dag_id.startswith(f"{WATCHER}.")
