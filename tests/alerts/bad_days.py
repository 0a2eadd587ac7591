"""Days on which tables fail, Slack is away, processes die and several tell at once, and what must be true at their end.

A day is a list of moves and a list of fates. Whoever works in the warehouse meets a fate before each statement, and
before and after each message: nothing, death, or another process that does its whole work just then.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from hypothesis import strategies as st

from summary_tables.alerts.deliver import CLAIM_LASTS, TRY_AGAIN_AFTER, deliver
from summary_tables.alerts.policy import Policy
from summary_tables.alerts.record import record
from summary_tables.model.incident import Answer, Event, EventKind, Incident, Message, NotTold, Place, Told
from summary_tables.model.notice import Notice
from summary_tables.warehouse.session.session import Session

START: Final = datetime(2026, 11, 20, 3, tzinfo=UTC)
PLACES: Final = (Place(notifier="slack", conn_id="a"), Place(notifier="slack", conn_id="b"))
POLICY: Final = Policy(places=PLACES, remind_after=timedelta(hours=2))
TABLES: Final = ("one", "two")

Fate = Literal["nothing", "death", "another"]
OpenSession = Callable[[Callable[[bool], None]], AbstractContextManager[Session]]
"""Opens a session that calls what it is given before each statement, with: is a transaction open?"""


@dataclass(frozen=True, slots=True)
class Move:
    """Something that happens: an event, somebody who tells, time that passes, or a place that goes away or comes back.

    `number` says which table, cause, place or how many minutes.
    """

    what: EventKind | Literal["tell", "wait", "slack"]
    number: int


EVENTS: Final[tuple[EventKind, ...]] = ("failed", "late", "published", "broken_file", "mended", "unchanged", "over")
moves = st.builds(
    Move, st.sampled_from((*EVENTS, "failed", "published", "tell", "tell", "wait", "slack")), st.integers(0, 5)
)
fates = st.lists(st.sampled_from(("nothing", "nothing", "nothing", "nothing", "death", "another")), max_size=60)
days = st.tuples(st.lists(moves, max_size=25), fates)


class Died(BaseException):
    """A process is killed."""


@dataclass(slots=True)
class World:
    """`recorded` are the events that were written down, in order; `unsure` the messages after whose answer one died."""

    open_session: OpenSession
    fates: Iterator[Fate]
    now: datetime = START
    away: set[str] = field(default_factory=set)
    told: list[Message] = field(default_factory=list)
    unsure: Counter[str] = field(default_factory=Counter)
    recorded: list[Event] = field(default_factory=list)
    runs: int = 0
    depth: int = 0

    def play(self, played: list[Move]) -> None:
        for move in played:
            self._move(move)
        self.away.clear()
        self.fates = iter(())
        for _ in range(3):
            self.now += CLAIM_LASTS + TRY_AGAIN_AFTER + timedelta(seconds=1)
            self._tell()

    def _move(self, move: Move) -> None:
        match move.what:
            case "tell":
                self._tell()
            case "wait":
                self.now += timedelta(minutes=(1, 2, 11, 30, 70, 130)[move.number])
            case "slack":
                self.away ^= {PLACES[move.number % 2].conn_id}
            case kind:
                self._happen(self._event(kind, move.number))

    def _event(self, kind: EventKind, number: int) -> Event:
        self.runs += 1
        return Event(
            kind=kind,
            schema="s",
            table=TABLES[number % 2],
            at=self.now,
            notice=Notice(sign="!", headline=kind, words=kind) if kind in ("failed", "late", "broken_file") else None,
            causes=(f"cause {number // 2}",),
            reason="It is wrong.",
            run_id=f"run {self.runs}",
        )

    def _happen(self, event: Event) -> None:
        """An event, and whoever saw it tells. Two may see the same: it is one."""
        with suppress(Died), self.open_session(self._meet) as session:
            record(session, event, POLICY, self.now)
            self.recorded.append(event)
            deliver(session, lambda: self.now, self._answer)

    def _tell(self) -> None:
        with suppress(Died), self.open_session(self._meet) as session:
            deliver(session, lambda: self.now, self._answer)

    def _meet(self, is_inside: bool) -> None:
        """The next fate. While a transaction is open nobody else gets in: the lock."""
        fate = next(self.fates, "nothing")
        if fate == "death":
            raise Died
        if fate == "another" and not is_inside and self.depth < 2:
            self.depth += 1
            self._tell()
            self.depth -= 1

    def _answer(self, message: Message) -> Answer:
        self._meet(False)
        if message.place.conn_id in self.away:
            return NotTold(problem="HTTP 500")
        self.told.append(message)
        try:
            self._meet(False)
        except Died:
            self.unsure[message.message_id] += 1
            raise
        return Told(thread=f"{message.place.conn_id} {len(self.told)}")

    def check(self, incidents: list[Incident], pending: int) -> None:
        assert pending == 0
        self._each_is_told_once()
        for incident in incidents:
            for place in PLACES:
                self._is_one_conversation(incident, place)

    def _each_is_told_once(self) -> None:
        """Twice only after a death that nobody can see through."""
        for message_id, times in Counter(message.message_id for message in self.told).items():
            assert times <= 1 + self.unsure[message_id]

    def _is_one_conversation(self, incident: Incident, place: Place) -> None:
        said = [each for each in self.told if (each.incident_id, each.place) == (incident.incident_id, place)]
        once = list({each.message_id: each for each in said}.values())
        assert once == sorted(once, key=lambda each: each.recorded_at)
        kinds = [each.kind for each in once]
        assert kinds.count("first") <= 1
        assert "first" not in kinds[1:]
        assert "recovery" not in kinds[:-1]
        if incident.is_open:
            assert kinds[:1] == ["first"]
            assert kinds[-1] != "recovery"
        elif not any(event.kind == "over" and event.run_id == incident.closed_by for event in self.recorded):
            assert kinds[-1:] == ["recovery"]
        if kinds[1:] and kinds[0] == "first" and not self.unsure[once[0].message_id]:
            assert {each.thread for each in once[1:]} == {f"{place.conn_id} {self.told.index(once[0]) + 1}"}


def spelled(incident: Incident) -> tuple[str, str, str, str]:
    return (incident.table, incident.about, incident.opened_by, incident.closed_by)


def expected(events: list[Event]) -> list[tuple[str, str, str, str]]:
    """The incidents that the events come to, told without any of the code."""
    found: list[list[str]] = []
    opening = {"failed": "build", "late": "build", "broken_file": "file"}
    closing = {"published": ["build"], "mended": ["file"], "over": ["build", "file"]}
    for event in events:
        open_now = [each for each in found if each[0] == event.table and not each[3]]
        if (about := opening.get(event.kind)) and about not in [each[1] for each in open_now]:
            found.append([event.table, about, event.run_id, ""])
        for each in open_now:
            if each[1] in closing.get(event.kind, []):
                each[3] = event.run_id
    return [(table, about, opened, closed) for table, about, opened, closed in found]
