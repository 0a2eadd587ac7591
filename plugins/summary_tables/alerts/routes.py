"""Where messages about a table go, as `defaults.yaml` and its file say. Pure."""

from dataclasses import replace

from summary_tables.alerts.policy import Policy
from summary_tables.model.alerts import Destination, Route
from summary_tables.model.incident import Place
from summary_tables.model.settings import NotifierSettings, Settings, Slack
from summary_tables.model.table import SummaryTable

_TO_ALL = Route()


def policy_of(table: SummaryTable, settings: Settings) -> Policy:
    """Who is told of `table`, how often and when.

    The first route that is about the table counts. A file's own `to` takes the place of where that leads: whom it is
    for changes, and the quiet hours of the route stay.
    """
    route = route_of(table, settings)
    remind_after = table.alerts.remind_after
    return Policy(
        places=_places(table, route, settings),
        remind_after=(settings.alerts.remind_after if remind_after is None else remind_after) or None,
        quiet=route.quiet,
        timezone=table.timezone,
        digest_at=settings.alerts.digest_at,
        zone=settings.zone,
        is_high=table.priority == "high",
    )


def route_of(table: SummaryTable, settings: Settings) -> Route:
    """The first route that is about the table; where none is, one that leads where all else goes."""
    return next((route for route in settings.alerts.routes if _is_about(route, table)), _TO_ALL)


def _is_about(route: Route, table: SummaryTable) -> bool:
    return (
        route.owner in ("", table.owner)
        and (not route.tag or route.tag in table.tags)
        and route.schema in ("", table.schema)
    )


def default_places(settings: Settings) -> tuple[Place, ...]:
    """Where messages go that no route is about, and those that could not be told where they should be."""
    if settings.alerts.default:
        return tuple(map(_place, settings.alerts.default))
    return tuple(map(_old_place, settings.notifiers))


def _old_place(notifier: NotifierSettings) -> Place:
    """`slack: {conn_id, mention}`: told as Slack whatever the connection is, or by the Variable where there is none."""
    return Place(conn_id=notifier.conn_id, notifier=notifier.NAME, mention=notifier.mention)


def _places(table: SummaryTable, route: Route, settings: Settings) -> tuple[Place, ...]:
    to = table.alerts.to or route.to
    places = tuple(map(_place, to)) if to else default_places(settings)
    return tuple({place.key: _calling(place, table, settings) for place in places}.values())


def _place(to: Destination) -> Place:
    return Place(conn_id=to.conn_id, channel=to.channel)


def _calling(place: Place, table: SummaryTable, settings: Settings) -> Place:
    """Whom the file says, else whom `slack` says, and the owner."""
    if table.alerts.mention is not None:
        return replace(place, mention=table.alerts.mention)
    everybody = place.mention if place.notifier else _mention_of_slack(settings)
    mentions = filter(None, (everybody, settings.owner(table.owner).mention))
    return replace(place, mention=" ".join(dict.fromkeys(mentions)))


def _mention_of_slack(settings: Settings) -> str:
    return next((each.mention for each in settings.notifiers if isinstance(each, Slack)), "")
