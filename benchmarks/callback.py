"""The callback of tables that are written by hand: that of the product, of facts that a YAML file can hold."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summary_tables.airflow.callbacks import FailureCallback
from summary_tables.configs.config import Config
from summary_tables.model.settings import Settings
from summary_tables.model.table import Schedule, SummaryTable


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCallback:
    """Costs nothing to build, as the product's."""

    schema: str
    table: str
    owner: str
    cron: str

    def __call__(self, context: Any) -> None:
        """Airflow calls it with the context of the run."""
        self.notify(context)

    def notify(self, context: Any) -> None:
        """The same, under the name by which dag-factory knows classes of callbacks."""
        schedule = Schedule(cron=self.cron)
        told = SummaryTable(schema=self.schema, table=self.table, owner=self.owner, schedule=schedule)
        FailureCallback(config=Config(table=told, settings=Settings(), path=Path(f"{self.table}.yaml")))(context)
