"""One table of the catalogue, as every page, the API and the static site show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.configs.config import Config
from summary_tables.model.build import Build
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.problem import Problem
from summary_tables.model.table import SummaryTable
from summary_tables.model.table_history import TableHistory
from summary_tables.text.moments import UTC_NAME

State = Literal["failing", "late", "broken_file", "warning", "never_built", "orphaned", "paused", "fresh", "unknown"]

STATES: tuple[State, ...] = (
    "failing",
    "late",
    "broken_file",
    "warning",
    "never_built",
    "orphaned",
    "paused",
    "fresh",
    "unknown",
)
"""What needs somebody comes first; `unknown`: nobody was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Full names of tables, in order: what a table reads or waits for, and what reads it or waits for it."""

    reads: tuple[str, ...] = ()
    read_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What `dag_configs/` says of a table. `config` is None where its file cannot be read, for these `problems`.

    `file` is what messages call the file; `problems` are lint's, also those that do not keep it from being read.
    `is_stopped`: it can be read, and one of them keeps Airflow from building the table.
    """

    file: str
    config: Config | None
    problems: tuple[Problem, ...] = ()
    neighbours: Neighbours = Neighbours()
    is_stopped: bool = False

    @property
    def is_broken(self) -> bool:
        """No run builds the table until the file is mended."""
        return self.config is None or self.is_stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class TableState:
    """`since` is when it began (UTC), where that is known; `sentence` says all of it in plain words."""

    state: State
    sentence: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`declaration` is None for a table of which only the warehouse knows (orphaned); `dag` where Airflow was not
    asked or knows none; `history` where the warehouse was not asked or did not answer."""

    full_name: str
    state: TableState
    declaration: Declaration | None = None
    dag: DagFacts | None = None
    history: TableHistory | None = None

    @property
    def table(self) -> str:
        """The name without its schema: the id of its DAG."""
        return self.full_name.rpartition(".")[2]

    @property
    def schema(self) -> str:
        """Empty where it is not known: the file cannot be read, and the table was never built."""
        return self.full_name.rpartition(".")[0]

    @property
    def declared(self) -> SummaryTable | None:
        """What the file says; None where there is no file that can be read."""
        config = self.declaration.config if self.declaration else None
        return config.table if config else None

    @property
    def zone(self) -> str:
        """In which its times are told."""
        return self.declared.timezone if self.declared else UTC_NAME

    @property
    def live(self) -> Build | None:
        """The build that readers see; None where there is none, or nobody knows."""
        return self.history.live if self.history else None

    @property
    def newest(self) -> Build | None:
        """The build that was published last; of a table that grows, what it added."""
        return self.history.newest if self.history else None

    @property
    def last_build(self) -> Build | None:
        """The build that is spoken of: the one that was published last, else what readers see."""
        return self.newest or self.live

    @property
    def column_names(self) -> tuple[str, ...]:
        """Those that the file declares, else those of the build that readers see; in their order."""
        if self.declared and self.declared.columns:
            return tuple(column.name for column in self.declared.columns)
        return self.live.columns if self.live else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The tables that somebody may see, by full name. `read_at`: when (UTC).

    `warehouse_problem` says in plain words why the warehouse could not be asked; empty: it was, or nobody wanted it.
    """

    entries: Mapping[str, Entry]
    read_at: datetime
    warehouse_problem: str = ""
    folder_problems: tuple[Problem, ...] = field(default=())
    projects: tuple[ProjectEntry, ...] = ()
