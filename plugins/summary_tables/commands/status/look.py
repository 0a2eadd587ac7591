"""Asks Airflow and the logs how everything stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from summary_tables.catalog.assemble import catalog
from summary_tables.catalog.entry import Entry, TableState
from summary_tables.catalog.folder import declarations
from summary_tables.commands.status.airflow_api import AirflowApi, ApiError, Login
from summary_tables.commands.status.standing import AirflowStanding
from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.lineage import lineage
from summary_tables.lint.facts.project_tables import projects_of_models
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.full_name import OF_PROJECTS, full_name
from summary_tables.model.incident import Incident
from summary_tables.model.table_history import TableHistory
from summary_tables.model.watcher import WATCHER, is_watcher
from summary_tables.text.english import listed, plural

if TYPE_CHECKING:
    from summary_tables.warehouse.session.session import Session

_GOING_ON = ("queued", "running")
_ENDED = ("success", "failed")

Dags = Mapping[str, DagFacts]


def asked_airflow(address: str, login: Login, folder: ConfigFolder) -> tuple[AirflowStanding, Dags]:
    """What Airflow says; without a login, only whether it is well."""
    api = AirflowApi(address, login)
    health: Mapping[str, str | None] = {}
    errors: tuple[tuple[str, str], ...] = ()
    waits = _waits(folder)
    try:
        health = api.health()
        if not login.is_given:
            return AirflowStanding(health=health, waits=waits), {}
        errors = api.import_errors()
        names = {file.config.table.table for file in folder.files}
        names |= {project.config.project.name for project in folder.projects}
        going_on: Counter[str] = Counter()
        all_states = api.run_states()
        for dag_id, states in all_states.items():
            going_on.update({state: states.get(state, 0) for state in _GOING_ON if dag_id in names})
        ran = {dag_id for dag_id, states in all_states.items() if any(map(states.get, _ENDED))}
        dags = {dag_id: replace(dag, has_run=dag_id in ran) for dag_id, dag in api.dags().items()}
    except ApiError as error:
        return AirflowStanding(health=health, import_errors=errors, problem=str(error), waits=waits), {}
    watch = _watch_problem(dags)
    return AirflowStanding(health=health, import_errors=errors, going_on=dict(going_on), watch=watch, waits=waits), dags


def _waits(folder: ConfigFolder) -> bool:
    schedules = (
        *(file.config.table.schedule for file in folder.files),
        *(project.config.project.schedule for project in folder.projects),
    )
    return any(schedule.awaited for schedule in schedules)


def _watch_problem(dags: Dags) -> str:
    watchers = {name: dag for name, dag in dags.items() if is_watcher(name) and not dag.is_stale}
    if not watchers:
        return f"there is no DAG {WATCHER}: nobody hears of tables that are late"
    paused = [name for name, dag in watchers.items() if dag.is_paused]
    failing = [name for name, dag in watchers.items() if dag.runs and dag.runs[0].state == "failed"]
    if paused:
        return f"{listed(paused)} {plural(len(paused), 'is', 'are')} paused: nobody hears of tables that are late"
    return f"the last run of {listed(failing)} failed; its log says why" if failing else ""


def asked_logs(session: "Session") -> tuple[Mapping[str, TableHistory], tuple[Incident, ...]]:
    """Of each table that the logs know the last builds and checks; and what is wrong at this moment."""
    from summary_tables.warehouse.history.table_histories import latest
    from summary_tables.warehouse.logs.incident_log import open_incidents

    return latest(session), open_incidents(session)


def entries(
    folder: ConfigFolder, histories: Mapping[str, TableHistory] | None, dags: Dags, now: datetime
) -> tuple[Entry, ...]:
    """Each table with its state, as the catalogue says it. What only the warehouse knows is not looked after."""
    declared = declarations(folder, folder.problems, lineage(folder))
    found = catalog(declared, histories, dags, now, projects=projects_of_models(folder))
    tables = tuple(entry for entry in found.entries.values() if entry.declaration)
    return (*tables, *(_project(project.config.project.name, dags) for project in folder.projects))


def _project(name: str, dags: Dags) -> Entry:
    return Entry(full_name=full_name(OF_PROJECTS, name), state=_project_state(dags.get(name)))


def _project_state(dag: DagFacts | None) -> TableState:
    """Of a dbt project, of which Airflow alone knows anything."""
    if dag is None:
        return TableState(state="unknown", sentence="Airflow was not asked, or has no DAG of it")
    if dag.runs and dag.runs[0].state == "failed":
        words = "Failing: the last run of the project failed, and its log says why"
        return TableState(state="failing", sentence=words, since=dag.runs[0].run_after)
    if dag.is_paused:
        return TableState(state="paused", sentence="Paused in Airflow: no run starts by itself")
    if not dag.has_run:
        return TableState(state="unknown", sentence="No run of the project has ended yet")
    return TableState(state="fresh", sentence="The last run of the project did not fail")
