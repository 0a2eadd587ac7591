"""What is to be told is told, by whoever comes first, in the order in which it was written down.

A message is claimed, told and marked as told. Whoever dies in between leaves a claim, which expires, and then somebody
else tells it: also where the one who died had told it already. So each is told at least once, and twice only where a
process died, or lost the warehouse, between the answer of a place and the mark.

What has not been told when an incident is over is not told any more: the message that it is over says all of it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from summary_tables.alerts.digest import Bundle, bundles
from summary_tables.model.incident import Answer, Message, NotTold, Told
from summary_tables.model.logs import MESSAGE_LOG
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.logs.message_log import message_from_row
from summary_tables.warehouse.session.session import Session

Clock = Callable[[], datetime]
Tell = Callable[[Message], Answer]
"""Tells one message at its place; never raises for what a place does."""

CLAIM_LASTS: Final = timedelta(minutes=10)
TRY_AGAIN_AFTER: Final = timedelta(minutes=1)
GIVEN_UP_AFTER: Final = timedelta(days=3)
"""What was not told by then is old news: a reminder says it better."""

_AT_ONCE: Final = 100
_PATIENCE: Final = timedelta(seconds=60)


def deliver(session: Session, clock: Clock, tell: Tell, *, patience: timedelta = _PATIENCE) -> int:
    """Tell all that is due, for as long as `patience`; returns how many messages were told. Raises `WarehouseError`."""
    if not tables.exists(session, MESSAGE_LOG):
        return 0
    round_ = _Round(session, clock, tell, clock() + min(patience, CLAIM_LASTS / 2))
    while round_.tell_some():
        pass
    return round_.told


class _Round:
    """One round of telling. A place that does not answer is left alone until the next one."""

    def __init__(self, session: Session, clock: Clock, tell: Tell, end: datetime) -> None:
        self.told = 0
        self._session = session
        self._clock = clock
        self._tell = tell
        self._end = end
        self._away: dict[tuple[str, str, str], NotTold] = {}

    def tell_some(self) -> bool:
        """Tell what is due now; False: nothing is left, or no time."""
        token = uuid4().hex
        messages = self._claimed(token)
        for bundle in bundles(messages):
            if self._clock() >= self._end:
                self._session.execute(self._session.sql.incidents.release(token))
                return False
            self._told(bundle, token)
        return bool(messages)

    def _claimed(self, token: str) -> tuple[Message, ...]:
        sql, now = self._session.sql, self._clock()
        with self._session.transaction():
            self._session.execute_all(sql.incidents.claim(token, now, now - CLAIM_LASTS, _AT_ONCE))
        return tuple(map(message_from_row, self._session.rows(sql.incidents.claimed(token))))

    def _told(self, bundle: Bundle, token: str) -> None:
        answer = self._away.get(bundle.message.place.key) or self._tell(bundle.message)
        if isinstance(answer, Told):
            self.told += 1
            # What is said of one table later is no answer to a message about many.
            answer = answer if len(bundle.parts) == 1 else Told()
        now = self._clock()
        for message in bundle.parts:
            self._session.execute(self._mark(message, token, answer, now))

    def _mark(self, message: Message, token: str, answer: Answer, now: datetime) -> str:
        sql = self._session.sql.incidents
        if isinstance(answer, Told):
            return sql.mark_told(message.message_id, token, answer.thread, now)
        if answer.is_final or now - message.recorded_at > GIVEN_UP_AFTER:
            return sql.mark_given_up(message.message_id, token, answer.problem, now)
        self._away[message.place.key] = answer
        again = max(now + TRY_AGAIN_AFTER, answer.not_before or now)
        return sql.mark_problem(message.message_id, token, answer.problem, again)
