"""Who is told of a table, and how often."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from summary_tables.model.alerts import USUAL_ALERTS
from summary_tables.model.incident import MessageKind, Place
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import UTC_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`places` are told of incidents and warnings, in the time of `timezone`. `remind_after`: None reminds nobody."""

    places: tuple[Place, ...] = ()
    remind_after: timedelta | None = USUAL_ALERTS.remind_after
    timezone: str = UTC_NAME

    def due_at(self, place: Place, kind: MessageKind, now: datetime) -> datetime:  # noqa: ARG002 - of routes
        """The earliest moment at which a message that is recorded `now` goes to `place`."""
        return now


def policy_of(table: SummaryTable, settings: Settings) -> Policy:
    """Who is told of `table`, as its file and `defaults.yaml` say."""
    places = (Place(notifier=each.NAME, conn_id=each.conn_id, mention=each.mention) for each in settings.notifiers)
    return Policy(places=tuple(places), timezone=table.timezone)
