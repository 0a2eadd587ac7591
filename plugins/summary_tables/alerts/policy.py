"""Who is told of a table, how often, and when."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from summary_tables.alerts.quiet_hours import next_time, told_at
from summary_tables.model.alerts import USUAL_ALERTS, QuietHours
from summary_tables.model.incident import Incident, MessageKind, Place
from summary_tables.text.moments import UTC_NAME, zone_of

_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`places` are told of incidents and warnings, in the time of `timezone`. `remind_after`: None reminds nobody.

    In `quiet` hours nothing is told but what is wrong with a table of high priority, and that it is over. Warnings wait
    for the next `digest_at`. Both are told by the clock of `zone`.
    """

    places: tuple[Place, ...] = ()
    remind_after: timedelta | None = USUAL_ALERTS.remind_after
    timezone: str = UTC_NAME
    quiet: tuple[QuietHours, ...] = ()
    digest_at: time = USUAL_ALERTS.digest_at
    zone: str = UTC_NAME
    is_high: bool = False

    def reminds(self, incident: Incident, now: datetime) -> bool:
        """Whether it has gone on for so long, since people heard of it last, that they hear of it again."""
        if incident.is_silent or self.remind_after is None:
            return False
        return now - (incident.reminded_at or incident.opened_at) >= self.remind_after

    def due_at(self, kind: MessageKind, now: datetime) -> datetime:
        """The earliest moment at which a message that is recorded `now` is told, wherever that is."""
        if kind == "warning":
            return self._digest_after(now)
        return now if self.is_high else told_at(now, self.quiet, zone_of(self.zone))

    def _digest_after(self, now: datetime) -> datetime:
        """The next digest that is not in quiet hours; where each of a week is, the end of the first of these."""
        zone = zone_of(self.zone)
        first = digest = next_time(now, self.digest_at, zone)
        for _ in range(_WEEK):
            if told_at(digest, self.quiet, zone) == digest:
                return digest
            digest = next_time(digest + timedelta(hours=1), self.digest_at, zone)
        return told_at(first, self.quiet, zone)
