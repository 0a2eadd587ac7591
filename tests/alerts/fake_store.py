"""The two logs in memory, for a session whose statements are functions: what is asked of `record` and `deliver`.

A transaction that is not committed leaves nothing behind. `before` is called before each statement.
"""

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from summary_tables.model.incident import Incident, Message
from summary_tables.model.logs import INCIDENT_LOG, MESSAGE_LOG
from summary_tables.warehouse.session.session import Row, Session

Statement = Callable[["FakeStore"], list[Row]]


@dataclass(slots=True)
class StoredMessage:
    """A row of the message log."""

    message: Message
    not_before: datetime
    claimed_by: str = ""
    claimed_at: datetime | None = None
    tries: int = 0
    is_done: bool = False
    thread: str = ""

    @property
    def line(self) -> tuple[str, ...]:
        """Messages that wait for each other."""
        return (self.message.incident_id or self.message.message_id, *self.message.place.key)


@dataclass(slots=True)
class FakeStore:
    """What a warehouse holds."""

    incidents: dict[str, Incident] = field(default_factory=dict)
    messages: dict[str, StoredMessage] = field(default_factory=dict)

    def open_incident(self, incident: Incident) -> list[Row]:
        taken = [each for each in self.incidents.values() if each.is_open and _slot(each) == _slot(incident)]
        assert not taken, "the unique index"
        self.incidents[incident.incident_id] = incident
        return []

    def found(self, schema: str, table: str) -> list[Row]:
        return [
            _incident_row(each)
            for each in self.incidents.values()
            if each.is_open and (each.schema, each.table) == (schema, table)
        ]

    def log_message(self, message: Message) -> list[Row]:
        times = [each.message.recorded_at for each in self.messages.values()]
        recorded = max([message.recorded_at, *(time + timedelta(microseconds=1) for time in times)])
        stored = StoredMessage(replace(message, recorded_at=recorded), message.not_before or message.recorded_at)
        self.messages[message.message_id] = stored
        return []

    def claim(self, token: str, now: datetime, expired: datetime, most: int) -> list[Row]:
        waiting = [each for each in self._in_line() if not each.is_done]
        for each in waiting:
            incident = self.incidents.get(each.message.incident_id)
            is_over = incident is not None and not incident.is_open and each.message.kind != "recovery"
            each.is_done = is_over and _is_free(each, expired)
        first = {each.line: each for each in reversed(waiting) if not each.is_done}
        due = [each for each in first.values() if each.not_before <= now and _is_free(each, expired)]
        for each in sorted(due, key=lambda found: found.message.recorded_at)[:most]:
            each.claimed_by, each.claimed_at, each.tries = token, now, each.tries + 1
        return []

    def claimed(self, token: str) -> list[Row]:
        mine = [each for each in self._in_line() if each.claimed_by == token and not each.is_done]
        return [(*_message_row(each), self._thread(each)) for each in mine]

    def mark(self, message_id: str, token: str, **changes: Any) -> list[Row]:
        stored = self.messages[message_id]
        if stored.claimed_by == token:
            for name, value in changes.items():
                setattr(stored, name, value)
        return []

    def release(self, token: str) -> list[Row]:
        for each in self.messages.values():
            if each.claimed_by == token and not each.is_done:
                each.claimed_by, each.claimed_at = "", None
        return []

    def _in_line(self) -> list[StoredMessage]:
        return sorted(self.messages.values(), key=lambda each: each.message.recorded_at)

    def _thread(self, stored: StoredMessage) -> str:
        same = (each for each in self.messages.values() if each.line == stored.line)
        return next((each.thread for each in same if each.message.kind == "first"), "")


def _slot(incident: Incident) -> tuple[str, str, str]:
    return (incident.schema, incident.table, incident.about)


def _is_free(stored: StoredMessage, expired: datetime) -> bool:
    return stored.claimed_at is None or stored.claimed_at < expired


def _incident_row(each: Incident) -> Row:
    causes, places = json.dumps(each.causes), json.dumps([asdict(place) for place in each.places])
    return (
        *(each.incident_id, each.schema, each.table, each.kind, each.about, each.opened_at, each.opened_by),
        *(causes, each.reason, each.failed_runs, each.last_run_id, each.seen_at, each.reminded_at, each.live_at),
        *(places, each.is_silent, each.closed_at, each.closed_by),
    )


def _message_row(each: StoredMessage) -> Row:
    message, place = each.message, each.message.place
    return (
        *(message.message_id, message.incident_id, message.schema, message.table, message.owner, message.kind),
        *(place.notifier, place.conn_id, place.channel, place.mention, json.dumps(asdict(message.notice))),
        *(message.recorded_at, each.not_before, each.tries),
    )


class FakeIncidents:
    """The statements about the two logs, as functions."""

    def lock_incidents(self, _schema: str, _table: str) -> Statement:
        return lambda _store: []

    def open_incidents_of(self, schema: str, table: str) -> Statement:
        return lambda store: store.found(schema, table)

    def open_incident(self, incident: Incident) -> Statement:
        return lambda store: store.open_incident(incident)

    def change_incident(self, incident: Incident) -> Statement:
        def change(store: FakeStore) -> list[Row]:
            store.incidents[incident.incident_id] = incident
            return []

        return change

    def log_message(self, message: Message) -> Statement:
        return lambda store: store.log_message(message)

    def claim(self, token: str, now: datetime, expired: datetime, most: int) -> tuple[Statement, ...]:
        return (lambda store: store.claim(token, now, expired, most),)

    def claimed(self, token: str) -> Statement:
        return lambda store: store.claimed(token)

    def mark_told(self, message_id: str, token: str, thread: str, _now: datetime) -> Statement:
        return lambda store: store.mark(message_id, token, is_done=True, thread=thread)

    def mark_problem(self, message_id: str, token: str, _problem: str, not_before: datetime) -> Statement:
        changes = {"claimed_by": "", "claimed_at": None, "not_before": not_before}
        return lambda store: store.mark(message_id, token, **changes)

    def mark_given_up(self, message_id: str, token: str, _problem: str, _now: datetime) -> Statement:
        return lambda store: store.mark(message_id, token, is_done=True)

    def release(self, token: str) -> Statement:
        return lambda store: store.release(token)


_COLUMNS = {log.name: [(name, "text") for name in log.columns] for log in (INCIDENT_LOG, MESSAGE_LOG)}


class FakeSession:
    """As much of a session as the alerts need. There is no build log."""

    def __init__(self, store: FakeStore, before: Callable[[bool], None]) -> None:
        self.store = store
        self.warehouse = SimpleNamespace(versions_schema="summary_tables")
        self.sql = SimpleNamespace(
            incidents=FakeIncidents(),
            locks=SimpleNamespace(limit_lock_waits=lambda: ()),
            catalog=SimpleNamespace(
                relation=lambda _schema, name: lambda _store: [(name,)] if name in _COLUMNS else [],
                columns=lambda _schema, name: lambda _store: _COLUMNS.get(name, []),
            ),
        )
        self._before = before
        self._is_inside = False

    def rows(self, statement: Statement) -> list[Row]:
        self._before(self._is_inside)
        return statement(self.store)

    def execute(self, statement: Statement) -> int:
        self.rows(statement)
        return 0

    def execute_all(self, statements: tuple[Statement, ...]) -> None:
        for statement in statements:
            self.execute(statement)

    @contextmanager
    def transaction(self, *_first: Statement) -> Iterator[None]:
        self._before(False)
        kept = copy.deepcopy((self.store.incidents, self.store.messages))
        self._is_inside = True
        try:
            yield
            self._before(True)
        except BaseException:
            self.store.incidents, self.store.messages = kept
            raise
        finally:
            self._is_inside = False


def fake_session(store: FakeStore, before: Callable[[bool], None]) -> Session:
    """`before` is told whether a transaction is open."""
    return cast("Session", FakeSession(store, before))
