"""What happened to a table is written down, with all that is to be said of it: one transaction."""

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from summary_tables.alerts.decide import Decision, decide
from summary_tables.alerts.length import short
from summary_tables.alerts.policy import Policy
from summary_tables.model.incident import Event, Incident, Message, Place
from summary_tables.model.logs import INCIDENT_LOG, MESSAGE_LOG
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.logs.incident_log import open_incidents_of, with_live_build
from summary_tables.warehouse.session.lock_retries import with_lock_retries
from summary_tables.warehouse.session.session import Session

_LOCK_WAIT: Final = timedelta(seconds=10)
_OPENING: Final = frozenset(("failed", "late", "waiting", "broken_file"))


def record(session: Session, event: Event, policy: Policy, now: datetime) -> tuple[Message, ...]:
    """Write down what happened; returns the messages that are to be told now or later: see `deliver`.

    Killed at any moment, all of it was written or nothing. Raises `WarehouseError`.
    """
    if event.kind not in {*_OPENING, "warned"} and not _is_open(session, event):
        return ()
    for log in (INCIDENT_LOG, MESSAGE_LOG):
        tables.ensure(session, log)
    return with_lock_retries(lambda: _record(session, event, policy, now), _LOCK_WAIT)


def _is_open(session: Session, event: Event) -> bool:
    """Most tables are well most of the time: then this is all that is asked."""
    return tables.exists(session, INCIDENT_LOG) and bool(_found(session, event))


def _found(session: Session, event: Event) -> tuple[Incident, ...]:
    open_now = open_incidents_of(session, event.schema, event.table)
    return tuple(incident for incident in open_now if event.concerns in {"", incident.about})


def _record(session: Session, event: Event, policy: Policy, now: datetime) -> tuple[Message, ...]:
    sql = session.sql
    with session.transaction(*sql.locks.limit_lock_waits()):
        session.execute(sql.incidents.lock_incidents(event.schema, event.table))
        told = with_live_build(session, event) if event.kind in _OPENING else event
        found: tuple[Incident | None, ...] = () if event.kind == "warned" else _found(session, event)
        if event.kind in {*_OPENING, "warned"}:
            found = found or (None,)
        decisions = [decide(incident, told, policy, now, _new_id) for incident in found]
        return tuple(message for each in decisions for message in _written(session, each, told, policy, now))


def _written(session: Session, decision: Decision, event: Event, policy: Policy, now: datetime) -> tuple[Message, ...]:
    sql, incident = session.sql.incidents, decision.incident
    if incident:
        session.execute(sql.open_incident(incident) if decision.is_new else sql.change_incident(incident))
    messages = _messages(decision, event, policy, now)
    for message in messages:
        session.execute(sql.log_message(message))
    return messages


def _messages(decision: Decision, event: Event, policy: Policy, now: datetime) -> tuple[Message, ...]:
    """One a place; the places of an incident are those that were told of its beginning, if any were."""
    if decision.kind is None or decision.notice is None:
        return ()
    places = (decision.incident.places if decision.incident else ()) or policy.places
    return tuple(_message(decision, event, place, policy, now) for place in places)


def _message(decision: Decision, event: Event, place: Place, policy: Policy, now: datetime) -> Message:
    assert decision.kind is not None
    assert decision.notice is not None
    told = next((each for each in event.told if each.place.key == place.key), None)
    return Message(
        message_id=_new_id(),
        kind=decision.kind,
        schema=event.schema,
        table=event.table,
        place=place,
        notice=short(decision.notice),
        recorded_at=now,
        incident_id=decision.incident.incident_id if decision.incident else "",
        owner=event.owner,
        not_before=policy.due_at(decision.kind, now),
        told_at=event.at if told else None,
        thread=told.thread if told else "",
    )


def _new_id() -> str:
    return uuid4().hex
