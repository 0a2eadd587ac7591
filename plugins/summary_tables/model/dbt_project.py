"""A dbt project that runs beside the summary tables: what its file in `dag_configs/` says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from summary_tables.model.alerts import AS_OTHERS, Priority, TableAlerts
from summary_tables.model.table import DEFAULT_POOL, Schedule
from summary_tables.text.moments import UTC_NAME

DBT_KEY: Final = "dbt"
"""A file that has this key describes a project, and no table."""

BY_HAND: Final = Schedule()


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtSelection:
    """The value of `dbt`. `project` is a folder, from the one above `dag_configs/`; `schema` is empty where not said.

    `select` and `exclude` are dbt's words; without `select` it is all of the project.
    """

    project: str
    target: str = "prod"
    schema: str = ""
    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    threads: int = 4
    vars: Mapping[str, Any] = field(default_factory=dict)
    freshness: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtProject:
    """One file of `dag_configs/` with the values it inherits from `defaults.yaml` filled in. `name` is the file's."""

    name: str
    dbt: DbtSelection
    description: str = ""
    owner: str = "data"
    tags: tuple[str, ...] = ()
    priority: Priority = "normal"
    alerts: TableAlerts = AS_OTHERS
    schedule: Schedule = BY_HAND
    timezone: str = UTC_NAME
    conn_id: str = "warehouse"
    pool: str = DEFAULT_POOL
    max_active_runs: int = 1
    retries: int = 1
    retry_delay_minutes: float = 5
    timeout_minutes: float = 120
