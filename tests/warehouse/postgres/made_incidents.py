"""Events of one table, and a place that notes what it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from summary_tables.alerts.deliver import deliver
from summary_tables.alerts.policy import Policy
from summary_tables.alerts.record import record
from summary_tables.model.incident import Answer, Event, EventKind, Message, NotTold, Place, Told
from summary_tables.model.notice import Notice
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import WAREHOUSE

START = datetime(2026, 11, 20, 3, tzinfo=UTC)
DAY = timedelta(days=1)
HOOK = Place(notifier="slack", conn_id="hook", mention="<!here>")
POLICY = Policy(places=(HOOK,))


def event(kind: EventKind, number: int = 1, **more: Any) -> Event:
    """What happened on the `number`-th day."""
    notice = Notice(sign="❌", headline=f"{kind} {number}", words=f"{kind} {number}.", is_urgent=True)
    usual: dict[str, dict[str, Any]] = {
        "failed": {"notice": notice, "causes": ("create.1",), "reason": "It's 100 % wrong: C:\\dir."},
        "late": {"notice": notice, "causes": ("paused",), "reason": "Its DAG is paused."},
        "broken_file": {"notice": notice, "causes": ("file",), "reason": "The file is no YAML."},
        "warned": {"notice": notice},
        "published": {"built_at": START + (number - 1) * DAY, "rows": 92},
    }
    at = START + (number - 1) * DAY
    base = Event(kind=kind, schema="analytics", table="daily", at=at, run_id=f"run {number}", owner="growth")
    return replace(base, **{**usual.get(kind, {}), **more})


@dataclass(slots=True)
class Slack:
    """Answers as it is told to, and notes what it took."""

    told: list[Message] = field(default_factory=list)
    asked: list[Message] = field(default_factory=list)
    is_away: bool = False
    before_answer: Callable[[Message], None] | None = None

    def tell(self, message: Message) -> Answer:
        self.asked.append(message)
        if self.is_away:
            return NotTold(problem="HTTP 500")
        self.told.append(message)
        if self.before_answer:
            self.before_answer(message)
        return Told(thread=f"C1:{len(self.told)}")

    @property
    def words(self) -> list[tuple[str, str]]:
        return [(message.kind, message.notice.words) for message in self.told]


def recorded(connection: Connection, *events: Event, policy: Policy = POLICY) -> None:
    """Each in a session of its own, at its own time."""
    for each in events:
        with open_session(connection, WAREHOUSE) as session:
            record(session, each, policy, each.at)


def delivered(connection: Connection, slack: Slack, now: datetime) -> int:
    with open_session(connection, WAREHOUSE) as session:
        return deliver(session, lambda: now, slack.tell)
