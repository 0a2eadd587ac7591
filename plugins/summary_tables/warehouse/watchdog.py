"""A second clock for a query, in this process: a query can switch the server's off, but not this one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

CANCEL_SECONDS = 10
"""How long a request to cancel may take."""


@contextmanager
def cancelled_after(connection: psycopg.Connection[Any], seconds: float | None) -> Iterator[None]:
    """What the connection still runs after `seconds` is cancelled in the warehouse; None: never."""
    if seconds is None:
        yield
        return
    timer = threading.Timer(seconds, _cancel, (connection,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        # A late request would hit the next statement.
        timer.join()


def _cancel(connection: psycopg.Connection[Any]) -> None:
    with suppress(psycopg.Error):
        connection.cancel_safe(timeout=CANCEL_SECONDS)
