"""All tables, whoever asks: what the files, the warehouses and Airflow say, put together and kept for a few seconds."""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from threading import Thread
from typing import Final

from airflow.utils.session import create_session

from summary_tables.airflow.pages.configs_folder import configs_folder
from summary_tables.airflow.pages.dag_facts import facts_of_all, facts_of_one
from summary_tables.airflow.pages.folder_reading import FolderReader, FolderReading
from summary_tables.airflow.pages.kept_answer import KeptAnswer
from summary_tables.airflow.pages.warehouse_answers import Address, Histories, Unanswered, WarehouseAnswers
from summary_tables.airflow.pages.watch_problem import watch_problem
from summary_tables.alerts.lateness.facts import World
from summary_tables.alerts.lateness.lateness import Latecomers
from summary_tables.catalog import assemble
from summary_tables.catalog.dbt_projects import ProjectEntry
from summary_tables.catalog.entry import Catalog, Declaration, Entry
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.problem import Problem
from summary_tables.model.table_history import TableHistory
from summary_tables.warehouse.first_rows import FirstRows

_SECONDS: Final = 10.0


@dataclass(frozen=True, kw_only=True)
class WholeCatalog:
    """`answers` has what each warehouse said, and `known` the ids of the DAGs that Airflow knows."""

    catalog: Catalog
    folder: FolderReading
    answers: Mapping[Address, Histories | Unanswered]
    known: frozenset[str]

    def warehouse_problem(self, entries: Iterable[Entry]) -> str:
        """Why the warehouses of these tables could not be asked, in sentences; empty: they were."""
        addresses = dict.fromkeys(address for entry in entries if (address := self.address(entry)))
        answers = (self.answers.get(address) for address in addresses)
        return " ".join(answer.words for answer in answers if isinstance(answer, Unanswered))

    def with_recent_runs(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """With what a row of the list shows: one question to each warehouse."""
        shown = {entry.full_name: entry for entry in entries}
        of_address: dict[Address, dict[str, TableHistory]] = {}
        for name, entry in shown.items():
            if entry.history and (address := self.address(entry)):
                of_address.setdefault(address, {})[name] = entry.history
        for address, histories in of_address.items():
            for name, history in _answers(address).with_recent_runs(histories).items():
                shown[name] = replace(shown[name], history=history)
        return tuple(shown.values())

    def in_full(self, entry: Entry) -> tuple[Entry, str]:
        """With all that the table's own page shows, and why its warehouse could not be asked."""
        with create_session(scoped=False) as session:
            dag = facts_of_one(session, entry.table)
        address = self.address(entry)
        answer = _answers(address).of_table(entry.full_name) if address else None
        history = None if isinstance(answer, Unanswered) else answer
        facts = {
            name: assemble.table_facts(other.declaration, other.dag, other.history)
            for name, other in self.catalog.entries.items()
            if other.declaration
        }
        if entry.declaration:
            facts[entry.full_name] = assemble.table_facts(entry.declaration, dag, history)
        now = datetime.now(UTC)
        projects = self.folder.graph.projects
        runs = {each.name: DagFacts(runs=(each.last_run,)) for each in self.catalog.projects if each.last_run}
        facts |= assemble.facts_of_projects(projects, runs)
        late = Latecomers(World(tables=facts, now=now, projects=projects))
        full = assemble.entry(entry.full_name, entry.declaration, dag, history, now, late)
        return full, answer.words if isinstance(answer, Unanswered) else ""

    def first_rows(self, entry: Entry) -> FirstRows | Unanswered | None:
        """Of a table whose rows may be shown; None: no build is there to be read."""
        address, table = self.address(entry), entry.declared
        return _answers(address).first_rows(table) if address and table else None

    def address(self, entry: Entry) -> Address | None:
        """The table's warehouse: that of its file, else one whose log knows it; None: nobody knows."""
        if own := _address(entry.declaration):
            return own
        answers = self.answers.items()
        return next((address for address, found in answers if _knows(found, entry.full_name)), None)


def read_ahead() -> None:
    """Begin to read the folder of configs, which takes seconds where there are many, before anybody asks for a page."""
    Thread(target=_folder_reader().get, name="summary tables: read ahead", daemon=True).start()


def whole_catalog() -> WholeCatalog:
    """As of a few seconds ago at most."""
    return _kept().get()


@cache
def _kept() -> KeptAnswer[WholeCatalog]:
    return KeptAnswer(_put_together, _SECONDS)


@cache
def _folder_reader() -> FolderReader:
    return FolderReader()


@cache
def _answers(address: Address) -> WarehouseAnswers:
    return WarehouseAnswers(address)


def _put_together() -> WholeCatalog:
    folder = _folder_reader().get()
    addresses = dict.fromkeys(filter(None, map(_address, folder.declarations.values())))
    answers = _asked_at_once(addresses)
    histories = {
        address.conn_id: None if isinstance(found, Unanswered) else found for address, found in answers.items()
    }
    dags = _dags((*folder.declarations, *(project.name for project in folder.projects)), histories)
    problems = (*folder.problems, *_watch_problem())
    found = assemble.catalog_of_warehouses(
        folder.declarations,
        histories,
        dags,
        datetime.now(UTC),
        folder_problems=problems,
        projects=folder.graph.projects,
    )
    return WholeCatalog(
        catalog=replace(found, projects=tuple(_with_last_run(project, dags) for project in folder.projects)),
        folder=folder,
        answers=answers,
        known=frozenset(dags),
    )


def _with_last_run(project: ProjectEntry, dags: Mapping[str, DagFacts]) -> ProjectEntry:
    dag = dags.get(project.name)
    return replace(project, last_run=dag.runs[0]) if dag and dag.runs else project


def _asked_at_once(addresses: Collection[Address]) -> Mapping[Address, Histories | Unanswered]:
    """So that several silent warehouses are waited for as long as one."""
    with ThreadPoolExecutor(max(len(addresses), 1)) as pool:
        return dict(zip(addresses, pool.map(lambda address: _answers(address).latest(), addresses), strict=True))


def _dags(names: Collection[str], histories: Mapping[str, Histories | None]) -> Mapping[str, DagFacts]:
    logged = (name for found in histories.values() for name in found or ())
    with create_session(scoped=False) as session:
        return facts_of_all(session, {name.rpartition(".")[2] for name in (*names, *logged)})


def _watch_problem() -> tuple[Problem, ...]:
    with create_session(scoped=False) as session:
        return watch_problem(session, configs_folder())


def _address(declaration: Declaration | None) -> Address | None:
    config = declaration.config if declaration else None
    return Address(conn_id=config.table.conn_id, warehouse=config.settings.warehouse) if config else None


def _knows(found: Histories | Unanswered, full_name: str) -> bool:
    return not isinstance(found, Unanswered) and full_name in found
