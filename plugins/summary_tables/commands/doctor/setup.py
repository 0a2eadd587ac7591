"""What the checks look at: the files, this Python, Airflow, and the warehouses. Nothing of it is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summary_tables.commands.doctor.built import built_in
from summary_tables.configs.folder import ConfigFolder
from summary_tables.model.airflow_report import AirflowReport
from summary_tables.model.settings import Settings
from summary_tables.model.source_table import TableKey
from summary_tables.text.english import listed
from summary_tables.warehouse.diagnosis import Diagnosis


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Why a warehouse could not be asked, without a full stop."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Warehouse:
    """`called`: what its connection is called in sentences. `tables`: full names of those that it holds.

    `left_behind`: tables that nothing builds
    any more, as their file is gone.
    """

    called: str
    tables: tuple[str, ...]
    answer: Diagnosis | Unreachable
    left_behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackConnection:
    """Of one that was looked at: what is wrong with it, and what mends it; both empty: nothing is."""

    what: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """`airflow`: None where there is none here; a text says why it does not start. `warehouses` are by connection.

    `versions` are those of packages that are installed. `files`: names of files
    below Airflow's folder of DAGs; None: there is no such folder here. `slack`: connections that are set up.
    `readers`: by table of others, the full names of the tables that read it, or wait for it.
    """

    folder: ConfigFolder
    settings: Settings
    airflow: AirflowReport | str | None = None
    warehouses: Mapping[str, Warehouse] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    files: frozenset[str] | None = None
    slack: Mapping[str, SlackConnection] = field(default_factory=dict)
    readers: Mapping[TableKey, tuple[str, ...]] = field(default_factory=dict)
    has_dbt: bool = True

    @property
    def report(self) -> AirflowReport | None:
        """Of an Airflow that answered."""
        return self.airflow if isinstance(self.airflow, AirflowReport) else None

    @property
    def waits_in_triggerer(self) -> bool:
        """Some table does, for what must be there before it is built."""
        return any(each.table.schedule.awaited for each in built_in(self.folder))

    @property
    def answers(self) -> Mapping[str, tuple[Warehouse, Diagnosis]]:
        """Of the warehouses that could be asked."""
        return {
            conn_id: (found, found.answer)
            for conn_id, found in self.warehouses.items()
            if isinstance(found.answer, Diagnosis)
        }

    def setting(self, name: str) -> str:
        """One of Airflow's, as `section.key`; empty where Airflow does not say."""
        return self.report.settings.get(name, "") if self.report else ""


_SHOWN = 3


def counted_names(names: Sequence[str]) -> str:
    """`a`, `a, b and c`, `a, b, c and 4 more`."""
    return listed(names, _SHOWN)


def tables_by_connection(setup: Setup) -> Mapping[str, Sequence[str]]:
    """The full names of the tables that each connection is for."""
    found: dict[str, list[str]] = {}
    for each in built_in(setup.folder):
        found.setdefault(each.table.conn_id, []).append(each.name)
    return found


def by_tables(tables: Sequence[str]) -> str:
    """What a connection is for."""
    return f"by which {counted_names(tables)} {'is' if len(tables) == 1 else 'are'} built"


def variable(setting: str) -> str:
    """The environment variable of one of Airflow's settings: `core.parallelism` is AIRFLOW__CORE__PARALLELISM."""
    section, _, key = setting.partition(".")
    return f"AIRFLOW__{section.upper()}__{key.upper()}"
