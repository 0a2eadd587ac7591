"""The task of the watch."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from airflow.sdk import BaseOperator, Context


class WatchOperator(BaseOperator):
    """One look at all tables.

    :param folder: the folder of configs.
    """

    def __init__(self, *, folder: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = folder

    def execute(self, context: Context) -> None:
        """Fails where no warehouse answers: its log then says why, and the next round tries again."""
        # Imported here because whoever reads the DAG file has no use for it.
        from summary_tables.airflow.watch.ask_airflow import last_round
        from summary_tables.airflow.watch.round import watch

        now = datetime.now(UTC)
        before = context["dag_run"].logical_date or now
        self.log.info("%s", watch(Path(self.folder), now, last_round(self.dag_id, before)))
