"""Failures that were seen while the warehouse was away: kept elsewhere as a text, see `record_failures`."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any, Final

from summary_tables.model.incident import Event, Place, ToldPlace
from summary_tables.warehouse.logs.message_log import notice_from

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
