"""One round of the watch: looks at files and warehouses, asks Airflow why, records what is new, tells what is due."""

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from airflow.sdk.configuration import conf

from summary_tables.airflow.incidents import catch_up, told
from summary_tables.airflow.metrics import send
from summary_tables.airflow.remembered import memory_of
from summary_tables.airflow.step_connection import StepConnection
from summary_tables.airflow.watch.ask_airflow import dag_facts
from summary_tables.alerts.record import record
from summary_tables.alerts.watch.folder import FolderLook, look, shared_connection
from summary_tables.alerts.watch.see import Answer, answer, events, see, told_there
from summary_tables.alerts.watch.seen import Recorded, Seen
from summary_tables.configs.config import DEFAULTS_FILE, Config, settings_from_data
from summary_tables.configs.file_content import NoContent, is_there, read_content
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import Limits
from summary_tables.runs.measures import of_watch
from summary_tables.warehouse.logs.watched_files import keep_files, watched_files
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session

_log = logging.getLogger(__name__)

_LIMITS: Final = Limits(statement_timeout_minutes=2)
_ON_TIME: Final = timedelta(0)

T = TypeVar("T")


def watch(folder: Path, now: datetime, last_round: datetime | None) -> str:
    """What was seen, in one line. Raises `WarehouseError` where no warehouse answers, and OSError without a folder."""
    with _Warehouses(folder) as warehouses:
        found = warehouses.folder(folder, now)
        warehouses.open_all(found)
        catch_up(found.configs, warehouses.sessions)
        answers = warehouses.answers()
        seen = see(found, answers, now, last_round=last_round, ask=_asked_at(now), page=dag_page)
        recorded = _record(seen, warehouses.sessions)
        for session in warehouses.sessions.values():
            told(session, found.settings)
        _measure(seen)
        return _words(seen, recorded)


def dag_page(dag_id: str) -> str:
    """The page of a DAG; empty where Airflow does not know its own address."""
    base_url = conf.get("api", "base_url", fallback="") or ""
    return f"{base_url.rstrip('/')}/dags/{dag_id}" if base_url and dag_id else ""


def _asked_at(now: datetime) -> Any:
    def ask(config: Config, due_at: datetime) -> DagFacts | None:
        return dag_facts(config.table, due_at, now)

    return ask


def _record(seen: Seen, sessions: Mapping[str, Session]) -> int:
    """How many events were recorded; one that cannot be is left for the next round."""
    count = 0
    for place, each in enumerate(events(seen, _told_there(seen, sessions))):
        # What is recorded at one moment is told in any order.
        count += _recorded(each, sessions.get(each.conn_id), seen.now + place * timedelta(microseconds=1))
    return count


def _told_there(seen: Seen, sessions: Mapping[str, Session]) -> Mapping[str, frozenset[tuple[str, str, str]]]:
    try:
        return told_there(sessions, seen)
    except WarehouseError as error:
        _log.warning("Who heard that tables are well again could not be asked: %s", error)
        return {}


def _recorded(each: Recorded, session: Session | None, now: datetime) -> bool:
    if session is None:
        return False
    try:
        record(session, each.event, each.policy, now)
    except WarehouseError as error:
        _log.warning("What happened to %s is left for the next round: %s", each.event.full_name, error)
        return False
    return True


def _measure(seen: Seen) -> None:
    late = {
        (config.table.schema, config.table.table): seen.now - seen.late[name].late_at if name in seen.late else _ON_TIME
        for name, config in seen.look.configs.items()
    }
    send(of_watch(late, (each for found in seen.open.values() for each in found), seen.now))


def _words(seen: Seen, recorded: int) -> str:
    return (
        f"Looked at {len(seen.look.configs):,} tables in {len(seen.answered)} warehouses: {len(seen.late):,} are late, "
        f"{len(seen.look.broken):,} files cannot be used; {recorded:,} events were recorded."
    )


class _Warehouses:
    """The warehouses of a folder; one that does not answer is left alone until the next round."""

    def __init__(self, folder: Path) -> None:
        self.sessions: dict[str, Session] = {}
        self._stack = ExitStack()
        data = _defaults_data(folder)
        self._shared = shared_connection(data)
        self._warehouse = _warehouse(data)
        self._away: set[str] = set()
        self._problem: WarehouseError | None = None

    def __enter__(self) -> "_Warehouses":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(None, None, None)

    def folder(self, folder: Path, now: datetime) -> FolderLook:
        """The files, as far as they are known in the shared warehouse; there is no news of them without it."""
        session = self._session(self._shared)
        known = self._asked(self._shared, session, watched_files) if session else None
        found = look(folder, known or {}, now, memory_of(folder))
        if session is None or known is None:
            return replace(found, is_news=False)
        try:
            keep_files(session, found.changed, found.gone)
        except WarehouseError as error:
            _log.warning("What is known of the files cannot be kept, so nobody hears of them: %s", error)
            return replace(found, is_news=False)
        return found

    def open_all(self, found: FolderLook) -> None:
        """Those of all tables, also of those whose files are broken. Raises `WarehouseError` where none answers."""
        configs = (*found.configs.values(), *(file.config for file in found.broken.values() if file.config))
        for conn_id in dict.fromkeys((self._shared, *(config.table.conn_id for config in configs))):
            self._session(conn_id)
        self._is_any_there()

    def answers(self) -> Mapping[str, Answer]:
        """Of those that answer. Raises `WarehouseError` where none does."""
        found = {conn_id: self._asked(conn_id, session, answer) for conn_id, session in list(self.sessions.items())}
        self._is_any_there()
        return {conn_id: each for conn_id, each in found.items() if each is not None}

    def _asked(self, conn_id: str, session: Session, ask: Callable[[Session], T]) -> T | None:
        """None: it was there a moment ago, and is not any more."""
        try:
            return ask(session)
        except WarehouseError as error:
            self._lost(conn_id, error)
            return None

    def _lost(self, conn_id: str, error: WarehouseError) -> None:
        _log.warning("The warehouse of the connection `%s` could not be asked: %s", conn_id, error)
        self._problem = error
        self._away.add(conn_id)
        self.sessions.pop(conn_id, None)

    def _is_any_there(self) -> None:
        if not self.sessions and self._problem:
            raise self._problem

    def _session(self, conn_id: str) -> Session | None:
        if conn_id not in self.sessions and conn_id not in self._away:
            connection = StepConnection(conn_id, self._warehouse)
            self._stack.callback(connection.close)
            try:
                self.sessions[conn_id] = self._stack.enter_context(connection.session(_LIMITS))
            except WarehouseError as error:
                self._lost(conn_id, error)
        return self.sessions.get(conn_id)


def _warehouse(defaults: dict[str, Any]) -> Warehouse:
    try:
        return settings_from_data(defaults).warehouse
    except (AttributeError, KeyError, TypeError, ValueError):
        return Warehouse()


def _defaults_data(folder: Path) -> dict[str, Any]:
    """What `defaults.yaml` says, unchecked; nothing where it cannot be read."""
    path = folder / DEFAULTS_FILE
    content = read_content(path) if is_there(path) else b""
    if isinstance(content, NoContent) or not content:
        return {}
    try:
        found = yaml_document.from_content(content)
    except Exception:  # whatever is wrong with it, lint says so
        return {}
    return found.data if not isinstance(found, tuple) and isinstance(found.data, dict) else {}
