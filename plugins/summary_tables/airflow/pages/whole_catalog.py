"""All tables, whoever asks: what the files, the warehouses and Airflow say, put together and kept for a few seconds."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Final

from airflow.utils.session import create_session

from summary_tables.airflow.pages.dag_facts import facts_of_all, facts_of_one
from summary_tables.airflow.pages.folder_reading import FolderReader, FolderReading
from summary_tables.airflow.pages.kept_answer import KeptAnswer
from summary_tables.airflow.pages.warehouse_answers import Address, Unanswered, WarehouseAnswers
from summary_tables.catalog.assemble import catalog_of_warehouses
from summary_tables.catalog.entry import Catalog, Entry
from summary_tables.catalog.shown_values import without_values
from summary_tables.configs.config import Config
from summary_tables.model.table_history import TableHistory

_SECONDS: Final = 3.0


@dataclass(frozen=True, kw_only=True)
class WholeCatalog:
    """`unanswered` has the warehouses that could not be asked, by connection; `known` the DAGs that Airflow knows."""

    catalog: Catalog
    folder: FolderReading
    known: frozenset[str]
    unanswered: Mapping[str, Unanswered]

    def warehouse_problem(self, entries: Iterable[Entry]) -> str:
        """Why the warehouses of these tables could not be asked, in sentences; empty: they were."""
        conn_ids = dict.fromkeys(conn_id for entry in entries if (conn_id := conn_id_of(entry)))
        return " ".join(self.unanswered[conn_id].words for conn_id in conn_ids if conn_id in self.unanswered)


@cache
def _folder_reader() -> FolderReader:
    return FolderReader()


@cache
def _answers(address: Address) -> WarehouseAnswers:
    return WarehouseAnswers(address)


@cache
def _kept() -> KeptAnswer[WholeCatalog]:
    return KeptAnswer(_put_together, _SECONDS)


def whole_catalog() -> WholeCatalog:
    """As of a few seconds ago at most."""
    return _kept().get()


def _put_together() -> WholeCatalog:
    folder = _folder_reader().get()
    addresses = {config.table.conn_id: _address(config) for config in _configs(folder)}
    answers = {conn_id: _answers(address).latest() for conn_id, address in addresses.items()}
    found = {conn_id: answer for conn_id, answer in answers.items() if not isinstance(answer, Unanswered)}
    dag_ids = {name.rpartition(".")[2] for name in (*folder.declarations, *(n for h in found.values() for n in h))}
    with create_session(scoped=False) as session:
        dags = facts_of_all(session, dag_ids)
    return WholeCatalog(
        catalog=catalog_of_warehouses(
            folder.declarations, found, dags, datetime.now(UTC), folder_problems=folder.problems
        ),
        folder=folder,
        known=frozenset(dags),
        unanswered={conn_id: answer for conn_id, answer in answers.items() if isinstance(answer, Unanswered)},
    )


def _configs(folder: FolderReading) -> Iterable[Config]:
    return (declaration.config for declaration in folder.declarations.values() if declaration.config)


def _address(config: Config) -> Address:
    return Address(conn_id=config.table.conn_id, warehouse=config.settings.warehouse)


def conn_id_of(entry: Entry) -> str:
    """The connection to the table's warehouse; empty where no file says it."""
    return entry.declared.conn_id if entry.declared else ""


def with_recent_runs(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries of one page of the list, with their last runs: one question to each warehouse."""
    recent: dict[str, TableHistory] = {}
    by_conn: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.history is not None and entry.declaration and entry.declaration.config:
            by_conn.setdefault(conn_id_of(entry), []).append(entry)
    for some in by_conn.values():
        histories = {entry.full_name: entry.history for entry in some if entry.history is not None}
        config = some[0].declaration.config if some[0].declaration else None
        if config:
            recent |= _answers(_address(config)).with_recent_runs(histories, tuple(histories))
    return tuple(replace(entry, history=recent.get(entry.full_name, entry.history)) for entry in entries)


def in_full(entry: Entry) -> tuple[Entry, str]:
    """`entry` with all that its own page shows, and why the warehouse could not be asked for it."""
    with create_session(scoped=False) as session:
        dag = facts_of_one(session, entry.table) if entry.dag else None
    address = _address_of(entry)
    answer = _answers(address).of_table(entry.full_name) if address else None
    if isinstance(answer, TableHistory):
        return replace(entry, dag=dag, history=without_values(answer, entry.declaration)), ""
    return replace(entry, dag=dag), answer.words if answer else ""


def _address_of(entry: Entry) -> Address | None:
    """Where the table stands: where its file says, or, if none can be read, where it is known."""
    config = entry.declaration.config if entry.declaration else None
    if config:
        return _address(config)
    known = dict.fromkeys(map(_address, _configs(_folder_reader().get())))
    return next((address for address in known if entry.full_name in _latest(address)), None)


def _latest(address: Address) -> Collection[str]:
    answer = _answers(address).latest()
    return () if isinstance(answer, Unanswered) else answer.keys()
