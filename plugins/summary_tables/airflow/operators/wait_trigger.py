"""A task that waits sleeps here, in Airflow's triggerer, and takes no worker's place meanwhile.

Tables that others fill are looked at from here: each time a connection is opened, each table is asked one short
question, and the connection is closed. What Airflow hears of publications only a task can ask: for that it is woken.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from airflow.triggers.base import BaseTrigger, TriggerEvent
from asgiref.sync import sync_to_async

from summary_tables.airflow.step_connection import StepConnection
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import Limits
from summary_tables.warehouse.newest_row import newest_row
from summary_tables.warehouse.session.clocks import cut_off_after
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session

_LONGEST_QUESTION = Limits(timeout_minutes=1)
# Of a warehouse that says nothing any more: the thread is wanted by others.
_CUT_OFF_SECONDS = 90.0


class WaitTrigger(BaseTrigger):
    """Wakes its task when that may go on, when its time is over, or when there is something only a task can ask.

    :param conn_id: the Airflow connection of the warehouse; what stands in it is asked for when it is needed.
    :param dialect: the warehouse's.
    :param sources: the tables to look at: `table`, `column` and `since`, the moment from which on a row counts.
    :param any_of: one of them is enough.
    :param until: when the task is to give up.
    :param poll_seconds: how often the tables are looked at.
    :param task_seconds: how often the task is woken to ask of publications; 0: there are none to ask of.
    """

    def __init__(
        self,
        *,
        conn_id: str,
        dialect: str,
        sources: Sequence[Mapping[str, str]],
        any_of: bool,
        until: str,
        poll_seconds: float,
        task_seconds: float,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Airflow has not typed it
        self.conn_id = conn_id
        self.dialect = dialect
        self.sources = tuple(dict(source) for source in sources)
        self.any_of = any_of
        self.until = until
        self.poll_seconds = poll_seconds
        self.task_seconds = task_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """All that stands in Airflow's database of it: no secret."""
        arguments = {
            "conn_id": self.conn_id,
            "dialect": self.dialect,
            "sources": list(self.sources),
            "any_of": self.any_of,
            "until": self.until,
            "poll_seconds": self.poll_seconds,
            "task_seconds": self.task_seconds,
        }
        return f"{WaitTrigger.__module__}.{WaitTrigger.__qualname__}", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """One event, when the task is to look for itself."""
        ends, started = datetime.fromisoformat(self.until), time.monotonic()
        # Before the first look never less: Airflow fails a task that is woken before it knows that its process ended.
        seconds = self._pause()
        while True:
            await asyncio.sleep(seconds)
            left = (ends - datetime.now(UTC)).total_seconds()
            if left <= 0 or await self._is_to_wake(time.monotonic() - started):
                yield TriggerEvent({"until": self.until})  # type: ignore[no-untyped-call]  # as above
                return
            seconds = min(self._pause(), left)

    def _pause(self) -> float:
        return min(self.poll_seconds, self.task_seconds) if self.task_seconds else self.poll_seconds

    async def _is_to_wake(self, slept: float) -> bool:
        found = await self._look() if self.sources else None
        if found and (any(found) if self.any_of else all(found)):
            return True
        # Where all is needed, there is nothing to ask while a table is not there.
        return bool(self.task_seconds) and slept >= self.task_seconds and (self.any_of or not self.sources)

    async def _look(self) -> Sequence[bool] | None:
        """Which of the tables are there; None: nobody knows, and it is asked again later."""
        try:
            # In a thread of its own: the triggerer has others to wake.
            return await sync_to_async(self._ask, thread_sensitive=False)()
        except WarehouseError as error:
            self.log.warning("The warehouse could not be asked, and is asked again later: %s", error)
            return None

    def _ask(self) -> list[bool]:
        warehouse = Warehouse(dialect=self.dialect)
        connection = StepConnection(self.conn_id, warehouse)
        try:
            with (
                connection.work() as line,
                cut_off_after(line, _CUT_OFF_SECONDS),
                open_session(line, warehouse, _LONGEST_QUESTION, shows_values=False) as session,
            ):
                found = [newest_row(session, source["table"], source["column"]) for source in self.sources]
        finally:
            connection.close()
        bars = (datetime.fromisoformat(source["since"]) for source in self.sources)
        return [row.came_at is not None and row.came_at >= bar for row, bar in zip(found, bars, strict=True)]
