"""How long publishing waits for others: never so long that its step is stopped before it can say for whom. Pure."""

import time
from datetime import timedelta
from typing import Final

from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.session.limit_messages import minutes_text

_FOR_LOCKS: Final = 0.8
_FOR_SNAPSHOTS: Final = 0.1
"""Parts of the step's time; the rest is for the work itself."""


class Deadline:
    """The moment when a wait for locks is given up, however many waits it is made of."""

    def __init__(self, patience: timedelta) -> None:
        self._end = time.monotonic() + patience.total_seconds()

    def put_off(self, seconds: float) -> None:
        """Something else took this time."""
        self._end += seconds

    @property
    def left(self) -> timedelta:
        """What is left of the wait; nothing or less once it is over."""
        return timedelta(seconds=self._end - time.monotonic())


def lock_wait(table: SummaryTable) -> timedelta:
    """How long publishing waits for locks of others."""
    return timedelta(minutes=min(table.lock_timeout_minutes, _FOR_LOCKS * table.timeout_minutes))


def snapshot_wait(table: SummaryTable, longest: timedelta) -> timedelta:
    """How long it waits, `longest` at most, for transactions that would see an empty table."""
    return min(longest, timedelta(minutes=_FOR_SNAPSHOTS * table.timeout_minutes))


def longer_than_lock_wait(table: SummaryTable) -> str:
    """How long others kept the table locked, and which limit that is."""
    minutes = lock_wait(table) / timedelta(minutes=1)
    if minutes < table.lock_timeout_minutes:
        limit = f"most of the {minutes_text(table.timeout_minutes)} that the step may take, `timeout_minutes`"
    else:
        limit = "`lock_timeout_minutes`"
    return f"for longer than {minutes_text(minutes)} ({limit})"
