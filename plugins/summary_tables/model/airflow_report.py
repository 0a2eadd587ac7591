"""What an Airflow says of itself, to somebody who looks whether it is set up well: see `airflow.self_report`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class AirflowConnection:
    """One of Airflow's connections."""

    type: str
    host: str = ""
    port: int | None = None
    login: str = ""
    password: str = field(default="", repr=False)
    schema: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AirflowDatabase:
    """`now` is its clock, read between the two moments of this machine's. `kind`: such as `postgresql`.

    `alive`: by kind of service, whether one has given a sign of life lately; None: none was ever there. `paused` and
    `stale` are DAGs among those that were asked for and the watchers, `known` all of these that it has.
    `without_plugins`: roles that see DAGs and none of the plugins' pages. `pools` are all that it has.
    """

    kind: str
    began: datetime
    now: datetime
    ended: datetime
    alive: Mapping[str, bool | None] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    without_plugins: tuple[str, ...] = ()
    pools: tuple[str, ...] = ()

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Of what `asdict` and JSON made of one."""
        began, now, ended = (datetime.fromisoformat(document[name]) for name in ("began", "now", "ended"))
        return cls(
            kind=document["kind"],
            began=began,
            now=now,
            ended=ended,
            alive=document["alive"],
            known=tuple(document["known"]),
            paused=tuple(document["paused"]),
            stale=tuple(document["stale"]),
            without_plugins=tuple(document["without_plugins"]),
            pools=tuple(document["pools"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AirflowReport:
    """`settings` are texts by `section.key`. `connections`: None where there is none of that id.

    `unreadable`: why a connection could not be looked up. `slack_variable` is the Variable `slack_url`.
    `database_problem`: why its database could not be asked.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    connections: Mapping[str, AirflowConnection | None] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)
    slack_variable: str = field(default="", repr=False)
    plugins: tuple[str, ...] = ()
    plugin_errors: Mapping[str, str] = field(default_factory=dict)
    database: AirflowDatabase | None = None
    database_problem: str = ""

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Of what `asdict` and JSON made of one."""
        found, database = document["connections"], document["database"]
        return cls(
            settings=document["settings"],
            connections={name: AirflowConnection(**it) if it else None for name, it in found.items()},
            unreadable=document["unreadable"],
            slack_variable=document["slack_variable"],
            plugins=tuple(document["plugins"]),
            plugin_errors=document["plugin_errors"],
            database=AirflowDatabase.from_document(database) if database else None,
            database_problem=document["database_problem"],
        )


SETTINGS: tuple[tuple[str, str], ...] = (
    ("api", "base_url"),
    ("api", "instance_name"),
    ("core", "dagbag_import_error_tracebacks"),
    ("core", "dags_are_paused_at_creation"),
    ("core", "dags_folder"),
    ("core", "load_examples"),
    ("core", "parallelism"),
    ("dag_processor", "dag_bundle_config_list"),
    ("dag_processor", "dag_file_processor_timeout"),
    ("dag_processor", "min_file_process_interval"),
    ("dag_processor", "stale_dag_threshold"),
)
"""Those that decide how soon, and whether at all, a file becomes a DAG and people hear of what is wrong."""

SERVICES = ("SchedulerJob", "DagProcessorJob", "TriggererJob")
