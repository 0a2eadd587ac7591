"""What still runs when its time is over is cancelled, and nothing that comes after it."""

from threading import Event, Thread
from typing import Any, cast

import psycopg
import pytest

from summary_tables.warehouse.session.clocks import CANCEL_SECONDS, cancelled_after
from tests.clocks import running_clocks

_LONG = 60


class Connection:
    """As much of a connection as the clock uses; it answers a request to cancel when it may."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked, self.may_answer = Event(), Event()
        self.answered: list[float] = []
        self._error = error

    def cancel_safe(self, *, timeout: float) -> None:
        self.asked.set()
        self.may_answer.wait(_LONG)
        self.answered.append(timeout)
        if self._error:
            raise self._error


def watched(connection: Connection, seconds: float | None) -> Any:
    return cancelled_after(cast("psycopg.Connection[Any]", connection), seconds)


@pytest.mark.parametrize(("seconds", "running"), [(_LONG, 1), (None, 0)])
def test_what_ends_in_time_is_not_cancelled_later(seconds: float | None, running: int) -> None:
    connection = Connection()
    with watched(connection, seconds):
        assert len(running_clocks()) == running
    assert running_clocks() == []
    assert not connection.asked.is_set()


def test_what_fails_in_time_is_not_cancelled_later() -> None:
    connection = Connection()
    with pytest.raises(ZeroDivisionError), watched(connection, _LONG):
        raise ZeroDivisionError
    assert running_clocks() == []
    assert not connection.asked.is_set()


def test_a_late_request_is_answered_before_the_next_statement() -> None:
    connection = Connection()
    with watched(connection, 0.001):
        assert connection.asked.wait(_LONG)
        answering = Thread(target=_answer_soon, args=(connection,))
        answering.start()
    assert connection.answered == [CANCEL_SECONDS]
    answering.join()


def _answer_soon(connection: Connection) -> None:
    Event().wait(0.05)
    connection.may_answer.set()


def test_a_server_that_does_not_answer_ends_nothing_else() -> None:
    connection = Connection(psycopg.OperationalError("gone"))
    connection.may_answer.set()
    with watched(connection, 0.001):
        assert connection.asked.wait(_LONG)
    assert connection.answered == [CANCEL_SECONDS]
