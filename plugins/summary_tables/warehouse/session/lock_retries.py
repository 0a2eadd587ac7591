"""What waits for somebody else's lock: a whole transaction, done again until it gets through."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from summary_tables.warehouse.session.errors import DEADLOCK, LOCK_NOT_AVAILABLE, WarehouseError

T = TypeVar("T")


def with_lock_retries(work: Callable[[], T], patience: timedelta) -> T:
    """Repeat `work`, a whole transaction, while somebody else's lock stops it, for `patience` at most.

    Raises the last `WarehouseError`.
    """
    end = time.monotonic() + patience.total_seconds()
    while True:
        try:
            return work()
        except WarehouseError as error:
            if not _may_pass(error) or time.monotonic() >= end:
                raise
        # Readers get their turn, and two publishers do not meet again at the same moment.
        time.sleep(random.uniform(0.1, 0.4))


def _may_pass(error: WarehouseError) -> bool:
    return error.sqlstate in (LOCK_NOT_AVAILABLE, DEADLOCK) or "concurrently updated" in str(error)
