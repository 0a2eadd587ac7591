"""Failures may be heard of when the table has been published since: then they are over as soon as they are recorded."""

from collections.abc import Sequence
from datetime import datetime

from summary_tables.alerts.policy import Policy
from summary_tables.alerts.record import record
from summary_tables.model.incident import Event, Message
from summary_tables.warehouse.logs.build_log import last_published
from summary_tables.warehouse.logs.incident_log import recent_incidents
from summary_tables.warehouse.session.session import Session


def record_failures(session: Session, failures: Sequence[Event], policy: Policy, now: datetime) -> tuple[Message, ...]:
    """Write down `failures` of one table, the oldest first; returns the messages, see `record`.

    Each counts for the moment in which its run ended, whenever it is heard of. Raises `WarehouseError`.
    """
    news = [event for event in failures if not _is_over(session, event)]
    messages = [message for event in news for message in record(session, event, policy, now)]
    if news:
        messages += _close_what_is_over(session, news[-1], policy, now)
    return tuple(messages)


def _is_over(session: Session, event: Event) -> bool:
    """An incident that has ended was open at that moment."""
    recent = recent_incidents(session, event.schema, event.table)
    same = (each for each in recent if each.about == event.concerns)
    return any(each.closed_at and each.opened_at <= event.at <= each.closed_at for each in same)


def _close_what_is_over(session: Session, last: Event, policy: Policy, now: datetime) -> tuple[Message, ...]:
    """Where the table was published since, nobody will say so any more."""
    build = last_published(session, last.schema, last.table)
    if build is None or build.published_at is None or build.published_at <= last.at:
        return ()
    event = Event(
        kind="published",
        schema=last.schema,
        table=last.table,
        at=build.published_at,
        run_id=build.run_id,
        owner=last.owner,
        built_at=build.built_at,
        rows=build.rows,
    )
    return record(session, event, policy, now)
