"""Records in the warehouse what happened to a table, and tells what is to be told.

Where the warehouse cannot be reached, people are told directly, and what happened is kept in a Variable of Airflow
until it is back: whoever is the first to reach it then, a run of the table or the watcher, records it there.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import uuid4

from airflow.sdk import Variable

from summary_tables.airflow.notifiers.notifier import tell
from summary_tables.airflow.step_connection import StepConnection
from summary_tables.alerts.deliver import deliver
from summary_tables.alerts.kept_events import as_text, from_text, is_news, with_told
from summary_tables.alerts.policy import Policy
from summary_tables.alerts.record import record
from summary_tables.alerts.record_failures import record_failures
from summary_tables.alerts.routes import policy_of
from summary_tables.configs.config import Config
from summary_tables.model.incident import Event, Message, Place, Told, ToldPlace
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.session.clocks import cut_off_after
from summary_tables.warehouse.session.connect_options import ASIDE_CONNECT_SECONDS
from summary_tables.warehouse.session.driver import DriverError
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session, begin_session

KEPT_PREFIX: Final = "summary_tables.kept."
"""Variables whose names begin so hold what happened while the warehouse was away; the table's name is behind it."""

_KEPT_ABOUT: Final = "Failures that Summary Tables could not write into the warehouse yet; it deletes this itself."
_RECORD_SECONDS: Final = 10.0
_PATIENCE: Final = timedelta(seconds=15)
"""Airflow ends the process that calls a callback after 50 seconds, the reading of all files among them."""

_log = logging.getLogger(__name__)


def happened(config: Config, event: Event) -> None:
    """Record `event` and tell what is to be told, by a connection of its own. Never raises."""
    policy = policy_of(config.table, config.settings)
    try:
        with _session(config) as session:
            recorded(session, config.table, event, policy)
            told(session, config.settings)
    except WarehouseError as error:
        _log.warning("The incident log of %s cannot be written: %s", config.table.full_name, error)
        _without_warehouse(config, event, policy)
    except Exception as error:  # whatever it is, somebody must be told
        _log.exception("What happened to %s could not be recorded.", config.table.full_name, exc_info=error)
        _without_warehouse(config, event, policy)


def recorded(session: Session, table: SummaryTable, event: Event, policy: Policy) -> bool:
    """Record `event`, and before it what was kept while the warehouse was away; is there something to tell?

    Raises `WarehouseError`.
    """
    now = datetime.now(UTC)
    with cut_off_after(session.connection, _RECORD_SECONDS):
        kept, has_failed = _kept(table), event.kind == "failed"
        messages = record_failures(session, (*kept, event) if has_failed else kept, policy, now)
        if kept:
            _forget(table)
        if not has_failed:
            messages += record(session, event, policy, now)
        return bool(messages or kept)


def told(session: Session, settings: Settings) -> None:
    """Tell all that is due in this warehouse. What goes wrong is left to the next one who does."""
    try:
        deliver(session, lambda: datetime.now(UTC), partial(tell, settings=settings), patience=_PATIENCE)
    except WarehouseError as error:
        _log.warning("Messages are left for the next time: %s", error)


def catch_up(configs: Mapping[str, Config], sessions: Mapping[str, Session]) -> None:
    """Record what was kept of tables whose warehouses are there. `configs` by full name, `sessions` by connection."""
    for name in _names_kept():
        config = configs.get(name)
        session = sessions.get(config.table.conn_id) if config else None
        if config and session and (kept := _kept(config.table)):
            try:
                record_failures(session, kept, policy_of(config.table, config.settings), datetime.now(UTC))
            except WarehouseError as error:
                _log.warning("What was kept of %s is left for the next time: %s", name, error)
            else:
                _forget(config.table)


def _names_kept() -> list[str]:
    try:
        return [key.removeprefix(KEPT_PREFIX) for key in Variable.keys(prefix=KEPT_PREFIX)]
    except Exception as error:  # they are recorded when their tables run
        _log.warning("Airflow does not say what was kept (%s).", type(error).__name__)
        return []


@contextmanager
def _session(config: Config) -> Iterator[Session]:
    """Raises `WarehouseError`."""
    connection = StepConnection(config.table.conn_id, config.settings.warehouse).connect(ASIDE_CONNECT_SECONDS)
    try:
        with begin_session(connection, config.settings.warehouse).limited() as session:
            yield session
    finally:
        with suppress(DriverError):
            connection.close()


def _without_warehouse(config: Config, event: Event, policy: Policy) -> None:
    """Tell people now, and keep what happened."""
    if event.kind == "warned":
        _tell_all(event, policy, config.settings)
    elif event.kind == "failed":
        kept = _kept(config.table)
        news = _tell_all(event, policy, config.settings) if is_news(event, kept) else ()
        _keep(config.table, with_told(kept, replace(event, told=news)))


def _tell_all(event: Event, policy: Policy, settings: Settings) -> tuple[ToldPlace, ...]:
    """Tell each place, if it may be told now; those that took it."""
    now = datetime.now(UTC)
    places = policy.places if policy.due_at("first", now) <= now else ()
    answers = ((place, tell(_message(event, place), settings)) for place in places)
    return tuple(ToldPlace(place=place, thread=answer.thread) for place, answer in answers if isinstance(answer, Told))


def _message(event: Event, place: Place) -> Message:
    assert event.notice is not None
    return Message(
        message_id=uuid4().hex,
        kind="first",
        schema=event.schema,
        table=event.table,
        place=place,
        notice=event.notice,
        recorded_at=event.at,
        owner=event.owner,
    )


def _key(table: SummaryTable) -> str:
    return f"{KEPT_PREFIX}{table.full_name}"


def _kept(table: SummaryTable) -> tuple[Event, ...]:
    """Nothing where Airflow cannot be asked, either."""
    try:
        found: Any = Variable.get(_key(table), default=None)
    except Exception as error:  # whatever Airflow answers, the event itself must be told
        _log.warning("What was kept of %s could not be read (%s).", table.full_name, type(error).__name__)
        return ()
    return from_text(str(found)) if found else ()


def _keep(table: SummaryTable, events: tuple[Event, ...]) -> None:
    try:
        Variable.set(_key(table), as_text(events), description=_KEPT_ABOUT)
    except Exception as error:  # somebody was told; that it is over will not be
        _log.warning("What happened to %s could not be kept (%s).", table.full_name, type(error).__name__)


def _forget(table: SummaryTable) -> None:
    try:
        Variable.delete(_key(table))
    except Exception as error:  # it is recorded once all the same
        _log.warning("What was kept of %s could not be deleted (%s).", table.full_name, type(error).__name__)
