"""Clocks in this process: a query can switch the server's off, but not these."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from summary_tables.warehouse.session.driver import Connection, DriverError

CANCEL_SECONDS = 5
"""How long a request to cancel may take."""

OBEY_SECONDS = 30
"""How long the warehouse may take to end what it was asked to end. A large sort takes its time, even then."""


@contextmanager
def cancelled_after(connection: Connection, seconds: float | None) -> Iterator[None]:
    """What the connection still runs after `seconds` is cancelled in the warehouse; None: never.

    Where that does not end it, either, the connection is cut off.
    """
    if seconds is None:
        yield
        return
    ended = threading.Event()
    # Joined at its end: a late request would hit the next statement.
    with _timer(threading.Timer(seconds, _end, (connection, ended))):
        try:
            yield
        finally:
            ended.set()


@contextmanager
def cut_off_after(connection: Connection, seconds: float) -> Iterator[None]:
    """The connection breaks after `seconds`, even where the warehouse does not take a request to cancel any more."""
    # A descriptor of its own: that of the connection may belong to another one as soon as it is closed.
    with (
        closing(socket.socket(fileno=os.dup(connection.fileno()))) as line,
        _timer(threading.Timer(seconds, _cut_off, (line,))),
    ):
        yield


@contextmanager
def _timer(timer: threading.Timer) -> Iterator[None]:
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _cut_off(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _end(connection: Connection, ended: threading.Event) -> None:
    with suppress(DriverError):
        connection.cancel_safe(timeout=CANCEL_SECONDS)
    if ended.wait(OBEY_SECONDS):
        return
    # The connection is still ours: whoever waits for its answer waits for this clock, too.
    with suppress(DriverError, OSError), closing(socket.socket(fileno=os.dup(connection.fileno()))) as line:
        _cut_off(line)
