"""Failures that were seen while the warehouse was away: kept elsewhere as a text, recorded when it is back."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any, Final

from summary_tables.alerts.policy import Policy
from summary_tables.alerts.record import record
from summary_tables.model.incident import Event, Place, ToldPlace
from summary_tables.warehouse.logs.build_log import last_published
from summary_tables.warehouse.logs.incident_log import recent_incidents
from summary_tables.warehouse.logs.message_log import notice_from
from summary_tables.warehouse.session.session import Session

MOST: Final = 50
"""Of one table: the first and the last. Those between them are left out, and the incident counts fewer runs."""

TOLD_AGAIN_AFTER: Final = timedelta(days=1)

_MOMENTS: Final = ("at", "live_at", "built_at")


def is_news(event: Event, kept: Sequence[Event]) -> bool:
    """Nobody was told of it when the events before it were kept, or that was long ago: then nobody else reminds."""
    told = [each for each in kept if each.told and event.at - each.at < TOLD_AGAIN_AFTER]
    return not told or not set(event.causes) <= {cause for each in told for cause in each.causes}


def with_told(kept: Sequence[Event], event: Event) -> tuple[Event, ...]:
    """`kept` and `event` behind them: who was told of that has heard of the same cause before it, too."""
    same = (replace(each, told=event.told) if _says_all(event, each) else each for each in kept)
    return (*same, event)


def _says_all(event: Event, earlier: Event) -> bool:
    return not earlier.told and set(earlier.causes) <= set(event.causes)


def as_text(events: Sequence[Event]) -> str:
    """The events as a JSON list."""
    kept = events if len(events) <= MOST else (*events[:1], *events[1 - MOST :])
    return json.dumps([_as_data(event) for event in kept], ensure_ascii=False)


def from_text(text: str) -> tuple[Event, ...]:
    """What `as_text` wrote; nothing where somebody else did."""
    try:
        return tuple(_from_data(each) for each in json.loads(text))
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()


def record_kept(session: Session, events: Sequence[Event], policy: Policy, now: datetime) -> None:
    """Record `events` of one table as if the warehouse had been there; once, also where that is tried again."""
    for event in events:
        if not _is_recorded(session, event):
            record(session, event, policy, now)
    if events:
        _close_what_is_over(session, events[-1], policy, now)


def _is_recorded(session: Session, event: Event) -> bool:
    """An incident that is over was open at that moment."""
    recent = recent_incidents(session, event.schema, event.table)
    return any(each.closed_at and each.opened_at <= event.at <= each.closed_at for each in recent)


def _close_what_is_over(session: Session, last: Event, policy: Policy, now: datetime) -> None:
    """Where the table was published since, nobody will say so any more."""
    build = last_published(session, last.schema, last.table)
    if build and build.published_at and build.published_at > last.at:
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
        record(session, event, policy, now)


def _as_data(event: Event) -> dict[str, Any]:
    moments = {name: moment.isoformat() for name in _MOMENTS if (moment := getattr(event, name))}
    return {**asdict(event), **dict.fromkeys(_MOMENTS), **moments}


def _from_data(data: dict[str, Any]) -> Event:
    known = {name: data[name] for name in Event.__dataclass_fields__ if name in data}
    moments = {name: datetime.fromisoformat(data[name]) for name in _MOMENTS if data.get(name)}
    told = tuple(ToldPlace(place=Place(**each["place"]), thread=each["thread"]) for each in data["told"])
    notice = notice_from(data["notice"]) if data.get("notice") else None
    event = Event(**{**known, **dict.fromkeys(_MOMENTS), **moments})
    return replace(event, told=told, notice=notice, causes=tuple(data["causes"]))
