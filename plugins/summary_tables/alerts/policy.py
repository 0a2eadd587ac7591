"""Who is told of a table, and how often."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from summary_tables.model.incident import MessageKind, Place

REMIND_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`places` are told of incidents and warnings. `remind_after`: None reminds nobody."""

    places: tuple[Place, ...] = ()
    remind_after: timedelta | None = REMIND_AFTER

    def due_at(self, place: Place, kind: MessageKind, now: datetime) -> datetime:  # noqa: ARG002 - of routes
        """The earliest moment at which a message that is recorded `now` goes to `place`."""
        return now
