"""What one round of the watch has seen, and an event with all that it takes to record it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from summary_tables.alerts.lateness.facts import Outage
from summary_tables.alerts.lateness.lateness import Lateness
from summary_tables.alerts.policy import Policy
from summary_tables.alerts.routes import policy_of
from summary_tables.alerts.watch.folder import FolderLook
from summary_tables.configs.config import Config
from summary_tables.model.build import Build
from summary_tables.model.incident import About, Event, Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """`conn_id`: the Airflow connection of the warehouse in which the event is recorded."""

    event: Event
    policy: Policy
    conn_id: str


def no_page(dag_id: str) -> str:  # noqa: ARG001 - the shape of Seen.page
    """Used where nobody knows the address of Airflow."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`late`: the tables that somebody wants to hear of, by full name. `newest`: what was published last. `answered`:
    the connections whose warehouses were there, and `open` what is wrong in them already. `page`: the address of a DAG
    in Airflow."""

    look: FolderLook
    late: Mapping[str, Lateness]
    newest: Mapping[str, Build]
    answered: frozenset[str]
    open: Mapping[str, tuple[Incident, ...]]
    now: datetime
    outage: Outage | None = None
    page: Callable[[str], str] = field(default=no_page)

    def conn_id(self, name: str) -> str:
        """Where what happens to a table is recorded."""
        config = self.look.configs.get(name)
        return config.table.conn_id if config else self.default_conn_id

    @property
    def default_conn_id(self) -> str:
        """Of what belongs to no table that is known."""
        return self.look.conn_id

    def policy(self, name: str) -> Policy:
        """Of a table whose file can be used."""
        return policy_of(self.look.configs[name].table, self.look.settings)

    def incident(self, name: str, about: About) -> Incident | None:
        """What is wrong with a table already."""
        return self._by_name.get((name, about))

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, About], Incident]:
        return {(each.full_name, each.about): each for found in self.open.values() for each in found}


def file_url(config: Config) -> str:
    """Where the table's file can be read in a browser; empty where nobody says."""
    repository = config.settings.repository
    return f"{repository.rstrip('/')}/{config.file}" if repository else ""
