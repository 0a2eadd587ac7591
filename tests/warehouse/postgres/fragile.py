"""Sessions whose backend is killed, or whose line is cut, at a moment that a test chooses.

A killed backend makes the server end every session and recover from its log, as after a crash of the machine.
"""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any, Self

import psycopg

from summary_tables.warehouse.session.errors import WarehouseError
from tests.warehouse.postgres.database import Database

_CHANGES_NOTHING = ("SELECT", "WITH", "SET", "RESET", "DECLARE", "FETCH", "BEGIN", "ROLLBACK")


class FragileCursor(psycopg.Cursor[Any]):
    """Tells its connection of each statement."""

    def execute(self, query: Any, *args: Any, **options: Any) -> Self:
        connection = self.connection
        assert isinstance(connection, FragileConnection)
        connection.before(query)
        super().execute(query, *args, **options)
        connection.after(query)
        return self


class FragileConnection(psycopg.Connection[Any]):
    """Its backend is killed at its `fatal`-th moment, or its line is cut once a `COMMIT` has been done.

    A moment is that before a change and that after a commit: between two of them the server knows nothing that a crash
    could break.
    """

    fatal = 0
    cut_at_commit = False
    statements = 0
    committed = False

    def before(self, query: str) -> None:
        if query.startswith(_CHANGES_NOTHING) and not self.committed:
            return
        self.statements += 1
        if self.statements == self.fatal:
            self.kill()

    def after(self, query: str) -> None:
        self.committed = query == "COMMIT"
        if self.cut_at_commit and query == "COMMIT":
            self.close()
            raise psycopg.OperationalError("the reply is lost")

    def kill(self) -> None:
        """Ends its backend; what is sent from now on is not executed."""
        with suppress(ProcessLookupError):
            os.kill(self.info.backend_pid, signal.SIGKILL)
        # The kernel has closed the backend's socket only when there is no such process any more.
        with suppress(ProcessLookupError):
            while True:
                os.kill(self.info.backend_pid, 0)
                time.sleep(0.001)


class CutConnection(FragileConnection):
    """Its line is cut before its `fatal`-th statement, also one that only reads; the server lives on."""

    def before(self, query: str) -> None:  # noqa: ARG002 - every statement is one
        self.statements += 1
        if self.statements == self.fatal:
            with socket.socket(fileno=os.dup(self.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)


def fragile(database: Database) -> FragileConnection:
    """A session of the build role."""
    return database.connect_as(FragileConnection, cursor_factory=FragileCursor)


Work = Callable[[FragileConnection], object]


def killed_at_every_change(database: Database, prepare: Callable[[], Work]) -> Iterator[int]:
    """Kill `prepare()`'s work at its first, second, ... moment, until it gets through alive."""
    for number in count(1):
        work = prepare()
        with fragile(database) as connection:
            connection.fatal = number
            with suppress(WarehouseError):
                work(connection)
            if connection.statements < number:
                assert number > 1, "nothing was changed"
                return
        database.await_recovery()
        yield number
