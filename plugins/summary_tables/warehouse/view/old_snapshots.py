"""Transactions that began before a version was filled.

A REPEATABLE READ transaction finds the newest view but sees the rows of its own moment: through a view on a version
that was filled later it would see an empty table. So publishing waits for such transactions, as
CREATE INDEX CONCURRENTLY does.
"""

import logging
import time
from datetime import timedelta

from summary_tables.warehouse.session.session import Session

_log = logging.getLogger(__name__)

_POLL_SECONDS = 0.02


def await_old_snapshots(session: Session, version: str, patience: timedelta) -> None:
    """Return when every transaction that cannot see the rows of `version` has ended, or after `patience`.

    Transactions that begin meanwhile do not count: they see the rows.
    """
    end = time.monotonic() + patience.total_seconds()
    waiting = _old_transactions(session, version)
    while waiting and time.monotonic() < end:
        time.sleep(_POLL_SECONDS)
        waiting &= _old_transactions(session, version)
    if waiting:
        _log.info("Transactions that may see %s empty until they end: %d.", version, len(waiting))


def _old_transactions(session: Session, version: str) -> set[str]:
    statements = session.sql.locks.old_snapshots(version)
    return {row[0] for statement in statements for row in session.rows(statement)}
