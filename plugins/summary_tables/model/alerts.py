"""Who hears of a table, where and when: what `defaults.yaml` and the table's own file say of it."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final, Literal

Priority = Literal["high", "normal"]
"""`high`: an error of the table does not wait for the end of quiet hours."""

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A person or team that answers for tables. `slack` is a member's or a group's id; either may be empty."""

    name: str
    slack: str = ""
    email: str = ""

    @property
    def mention(self) -> str:
        """How Slack is told to call them; empty: it cannot."""
        if not self.slack:
            return ""
        return f"<!subteam^{self.slack}>" if self.slack.startswith("S") else f"<@{self.slack}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A place that messages go to: an Airflow connection, whose type says how it is told.

    `channel` is for a Slack bot, which can write to many; empty: the one that the connection names.
    """

    conn_id: str
    channel: str = ""

    def __str__(self) -> str:
        """As people know it, e.g. `slack_bot (#growth)`."""
        return f"{self.conn_id} ({self.channel})" if self.channel else self.conn_id


WHOLE_DAY: Final = time(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `start` to the next `end`, beginning on each of `days`; where the two are one, a whole day.

    Times are those of the deployment's clock (`Settings.zone`).
    """

    start: time = WHOLE_DAY
    end: time = WHOLE_DAY
    days: tuple[Day, ...] = DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where messages about some tables go: those of `owner`, with `tag`, in `schema`, as far as these are given.

    Without `to` they go where those of all others go; what it holds back in `quiet` is told when that is over.
    """

    owner: str = ""
    tag: str = ""
    schema: str = ""
    to: tuple[Destination, ...] = ()
    quiet: tuple[QuietHours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """What holds for all tables. The first of `routes` that is about a table says where its messages go.

    `default`: where all else goes; empty: where `slack` in `defaults.yaml` says. `remind_after`: a table that still
    fails is told again after that time, and each time it has passed; zero: never. `digest_at`: when the warnings of a
    day are told.
    """

    default: tuple[Destination, ...] = ()
    remind_after: timedelta = timedelta(days=3)
    digest_at: time = time(9)
    routes: tuple[Route, ...] = ()


USUAL_ALERTS: Final = AlertSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAlerts:
    """What a table's own file says. `to`: in place of where its route leads; `mention`: in place of its owner.

    None, and no place in `to`: as all others. An empty mention: nobody.
    """

    to: tuple[Destination, ...] = ()
    mention: str | None = None
    remind_after: timedelta | None = None


AS_OTHERS: Final = TableAlerts()
