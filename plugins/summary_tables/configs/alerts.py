"""Who hears of what: `owners` and `alerts` of `defaults.yaml`, `alerts` of a table's file -> records.

A running task reads `defaults.yaml` unchecked: a part that is not what it should be is left out, and what it would have
said goes where all else does.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfoNotFoundError

from summary_tables.model.alerts import (
    DAYS,
    WHOLE_DAY,
    AlertSettings,
    Destination,
    Owner,
    QuietHours,
    Route,
    TableAlerts,
)
from summary_tables.text import durations, moments

T = TypeVar("T")


def owners(data: object) -> tuple[Owner, ...]:
    """A list of names, or names with how they are reached."""
    named = dict.fromkeys(data) if isinstance(data, list) and _are_texts(data) else data
    if not isinstance(named, Mapping):
        return ()
    return tuple(_owner(name, reached) for name, reached in named.items() if isinstance(name, str))


def _owner(name: str, reached: object) -> Owner:
    found = reached if isinstance(reached, Mapping) else {}
    slack, email = (found.get(key) for key in ("slack", "email"))
    return Owner(
        name=name, slack=slack if isinstance(slack, str) else "", email=email if isinstance(email, str) else ""
    )


def _are_texts(data: list[Any]) -> bool:
    return all(isinstance(each, str) for each in data)


def alert_settings(data: object) -> AlertSettings:
    """`alerts` of `defaults.yaml`."""
    found = data if isinstance(data, Mapping) else {}
    usual = AlertSettings()
    routes = found.get("routes")
    return AlertSettings(
        default=_usable(destinations, found.get("default"), ()),
        remind_after=_usable(span, found.get("remind_after"), usual.remind_after),
        digest_at=_usable(_time, found.get("digest_at"), usual.digest_at),
        routes=tuple(_routes(routes)) if isinstance(routes, list) else (),
    )


def table_alerts(data: Mapping[str, Any] | None) -> TableAlerts:
    """`alerts` of a table's file, which the schema has been asked about."""
    if data is None:
        return TableAlerts()
    return TableAlerts(
        to=destinations(data["to"]) if "to" in data else (),
        mention=data.get("mention"),
        remind_after=span(data["remind_after"]) if "remind_after" in data else None,
    )


def zone(name: object) -> str:
    """`timezone` of `defaults.yaml`; UTC for what is no zone's name."""
    if not isinstance(name, str):
        return moments.UTC_NAME
    try:
        moments.zone_of(name)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return moments.UTC_NAME
    return name


def destinations(data: Any) -> tuple[Destination, ...]:
    """A connection, one with its channel, or a list of these. Raises for anything else, as all below."""
    return tuple(map(_destination, data if isinstance(data, list) else [data]))


def _destination(data: str | Mapping[str, str]) -> Destination:
    if isinstance(data, str):
        return Destination(conn_id=data)
    return Destination(conn_id=_text(data["conn_id"]), channel=_text(data.get("channel", "")))


def span(text: str) -> timedelta:
    """`12h`, `3d`; zero for `never`."""
    return timedelta() if text == "never" else durations.span(text)


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _routes(data: list[Any]) -> Iterator[Route]:
    for each in data:
        if found := _usable(_route, each, None):
            yield found


def _route(data: Mapping[str, Any]) -> Route:
    quiet = data.get("quiet", [])
    return Route(
        owner=_text(data.get("owner", "")),
        tag=_text(data.get("tag", "")),
        schema=_text(data.get("schema", "")),
        to=destinations(data["to"]) if "to" in data else (),
        quiet=tuple(map(_quiet_hours, quiet if isinstance(quiet, list) else [quiet])),
    )


def _quiet_hours(data: Mapping[str, Any]) -> QuietHours:
    return QuietHours(
        start=_time(data["from"]) if "from" in data else WHOLE_DAY,
        end=_time(data["to"]) if "to" in data else WHOLE_DAY,
        days=tuple(DAYS[DAYS.index(day)] for day in data.get("days", DAYS)),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _usable(read: Callable[[Any], T], data: object, otherwise: T) -> T:
    try:
        return otherwise if data is None else read(data)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return otherwise
