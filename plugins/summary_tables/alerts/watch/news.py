"""Which late tables are news: those of which nobody has heard, or not of what they are late because of now."""

from typing import Final

from summary_tables.alerts.lateness.lateness import Lateness
from summary_tables.alerts.lateness.missing import GRACE
from summary_tables.alerts.watch.seen import Seen
from summary_tables.model.incident import Incident

ALL: Final = "*"
"""Stands in place of the table where one reason holds for many: `*paused`."""

_BECAUSE: Final = "waits for "


def news(seen: Seen) -> tuple[str, ...]:
    """The late tables of which nobody has heard yet, or not of what they are late because of now, by full name."""
    return tuple(name for name in seen.late if _is_news(name, seen) and _can_be_recorded(name, seen))


def _is_news(name: str, seen: Seen) -> bool:
    incident = seen.incident(name, "build")
    return incident is None or _is_left_behind(incident, seen)


def _is_left_behind(incident: Incident, seen: Seen) -> bool:
    """A message about others has said of it why it is late. That is over for long enough, and it has not come."""
    if not incident.is_silent or because(incident.full_name, seen.late[incident.full_name]) in incident.causes:
        return False
    root = root_of(incident)
    if root.startswith(ALL):
        return root == f"{ALL}outage" and seen.now - incident.opened_at >= GRACE
    came = seen.newest.get(root)
    return seen.now - max(incident.opened_at, (came and came.published_at) or incident.opened_at) >= GRACE


def root_of(incident: Incident) -> str:
    """What a late table was told to be late because of, the last time."""
    return next((each.removeprefix(_BECAUSE) for each in incident.causes[::-1] if each.startswith(_BECAUSE)), "")


def because(name: str, late: Lateness) -> str:
    """The cause of its incident that says what it is late because of."""
    return f"{_BECAUSE}{late.cause.table if late.cause.table not in ('', name) else f'{ALL}{late.cause.kind}'}"


def _can_be_recorded(name: str, seen: Seen) -> bool:
    return name in seen.look.configs and seen.look.configs[name].table.conn_id in seen.answered
